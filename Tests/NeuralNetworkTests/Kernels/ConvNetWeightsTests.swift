import Testing

@testable import NeuralNetwork

@Suite struct ConvNetWeightsTests {
  @Test(arguments: [[32, 128, 10], [1, 1, 1], [17, 5, 16], [16, 16, 3], [5, 33, 19]])
  func packingLosesNothing(_ size: [Int]) throws {
    let network = randomConvNet(
      height: 9, width: 8, filters: size[0], hidden: size[1], classes: size[2], seed: 51)
    let shape = try #require(ConvNetShape(network))
    #expect(ConvNetWeights(network, shape: shape).unpacked(into: network) == network)
  }

  @Test func onlyTheFastOrderOfLayersIsTaken() {
    let network = randomConvNet(height: 8, width: 8, filters: 2, hidden: 3, classes: 2, seed: 52)
    #expect(ConvNetShape(network) != nil)
    var deeper = network
    deeper.layers.append(
      .dense(
        Dense(
          name: "more", kernel: Tensor(zeros: [2, 2]), bias: Tensor(zeros: [2]),
          activation: .linear)))
    #expect(ConvNetShape(deeper) == nil)
    var linear = network
    guard case .conv2d(let conv) = network.layers[0] else {
      Issue.record("the first layer is no convolution")
      return
    }
    linear.layers[0] = .conv2d(
      Conv2D(name: conv.name, kernel: conv.kernel, bias: conv.bias, activation: .linear))
    #expect(ConvNetShape(linear) == nil)
  }
}
