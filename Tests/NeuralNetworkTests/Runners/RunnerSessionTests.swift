import Testing

@testable import NeuralNetwork

@Suite struct RunnerSessionTests {
  @Test(arguments: [false, true])
  func predictionsAreThoseOfThePlan(isSparse: Bool) {
    var network = BaselineCNN.make(seed: 3, imageSide: 28, filters: 4, hidden: 20, classes: 10)
    if isSparse {
      var kernel = network.kernels[1].tensor
      kernel = Tensor(
        shape: kernel.shape,
        elements: kernel.elements.enumerated().map { $0.offset % 20 == 0 ? $0.element : 0 })
      network.setParameter("dense/kernel", to: kernel)
    }
    // A bright square that wanders over a dim ground.
    var pixels: [UInt8] = []
    for image in 0..<150 {
      for place in 0..<784 {
        let (row, column) = place.quotientAndRemainder(dividingBy: 28)
        let isLit =
          (image * 5 % 20..<image * 5 % 20 + 8).contains(row)
          && (image * 3 % 20..<image * 3 % 20 + 8).contains(column)
        pixels.append(isLit ? 220 : UInt8(row * column % 40))
      }
    }
    let images = ImageDataset(
      height: 28, width: 28, pixels: pixels, labels: [UInt8](repeating: 0, count: 150))
    let plan = InferencePlan(network)
    #expect(plan.skipsZeros == isSparse)
    var predictions: [UInt8] = []
    plan.makeSession().run(images, in: 3..<140) { predictions.append($0) }
    #expect(predictions == plan.predictions(of: images, in: 3..<140, threads: 1))
    #expect(predictions.count == 137 && (isSparse || Set(predictions).count > 1))
  }

  // Of the text that Linux gives for a virtual machine with two processors.
  @Test func theProcessorsNameIsRead() {
    let text = "processor\t: 0\nmodel name\t: AMD EPYC  9R14\nflags\t: a: b\nmodel name\t: other\n"
    #expect(Processor.modelName(in: text) == "AMD EPYC 9R14")
    #expect(Processor.modelName(in: "processor : 0\nmodel name :\nBogoMIPS : 50\n") == nil)
  }
}
