import NeuralNetwork
import RandomNumbers
import Testing

@Suite struct ReferenceNetworkTests {
  /// The baseline CNN in small, and an order of layers that no fast kernel knows.
  private static func networks() -> [Network] {
    var generator = SplitMix64(seed: 8)
    func tensor(_ shape: [Int]) -> Tensor {
      Tensor(shape: shape, elements: randomFloats(shape.reduce(1, *), from: &generator))
    }
    let small = BaselineCNN.make(seed: 3, imageSide: 8, filters: 2, hidden: 5, classes: 3)
    let unusual = Network(
      inputShape: [7, 6, 1],
      layers: [
        MaxPooling2D(),
        Conv2D(
          name: "a", kernel: tensor([2, 1, 1, 2]), bias: tensor([2]), activation: .relu),
        Conv2D(
          name: "b", kernel: tensor([1, 2, 2, 3]), bias: tensor([3]), activation: .linear),
        Flatten(),
        Dense(name: "c", kernel: tensor([12, 4]), bias: tensor([4]), activation: .linear),
      ])
    return [small, unusual]
  }

  /// The gradients of the whole network against central differences of its loss.
  ///
  /// The step is small enough for no ReLU or pooling to change its mind at this seed.
  @Test func gradientsOfWholeNetworks() {
    for network in Self.networks() {
      var generator = SplitMix64(seed: 9)
      let input = randomDoubles(network.inputShape.reduce(1, *), from: &generator)
      let reference = ReferenceNetwork<Double>(network)
      let gradients = reference.backward(reference.forward(input), label: 1).gradients
      #expect(gradients.keys == reference.parameters.keys)
      for (name, parameter) in reference.parameters {
        let error = gradientError(
          of: { moved in
            var other = reference
            other.parameters[name] = moved
            return Reference.softmaxCrossEntropyForward(
              logits: other.forward(input).logits, label: 1
            ).loss
          }, at: parameter, gradient: gradients[name] ?? [], step: 1e-6)
        #expect(error < 1e-7, "\(name)")
      }
    }
  }

  @Test func shapesAreThoseOfTheLayers() {
    #expect(
      BaselineCNN.make(seed: 1).outputShapes == [
        [26, 26, 32], [13, 13, 32], [5408], [128], [10],
      ])
    #expect(BaselineCNN.make(seed: 1).outputCount == 10)
  }

  @Test func sitesFollowThePooling() {
    #expect(
      BaselineCNN.make(seed: 1).activationSites == [nil, "conv2d", nil, "dense", nil])
    #expect(Self.networks()[1].activationSites == [nil, "a", nil, nil, nil])
  }

  @Test func valuesAreRoundedToTheirGrids() {
    let network = Self.networks()[0]
    var generator = SplitMix64(seed: 10)
    let input = randomFloats(64, from: &generator)
    let grids = [
      "input": QuantizationParameters(scale: 0.25, levels: 3),
      "conv2d": QuantizationParameters(scale: 0.5, levels: 2),
      "dense": QuantizationParameters(scale: 0.125, levels: 15),
    ]
    let reference = ReferenceNetwork<Float>(network, activationGrids: grids)
    var visited: [String] = []
    reference.visitSites(of: reference.forward(input)) { site, values in
      visited.append(site)
      #expect(values.allSatisfy { grids[site]?.rounded($0) == $0 }, "\(site)")
    }
    #expect(visited == ["input", "conv2d", "dense"])
  }

  @Test func gridsRoundHalfToEvenAndClamp() {
    let grid = QuantizationParameters(scale: 2, levels: 3)
    #expect([-9, -1, 1, 3, 3.1, 5, 99].map { grid.rounded($0) } == [0, 0, 0, 4, 4, 4, 6])
  }
}
