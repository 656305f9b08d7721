import Testing

@testable import NeuralNetwork

@Suite struct ConvNetWeightsTests {
  @Test(arguments: [[32, 128, 10], [1, 1, 1], [17, 5, 16], [16, 16, 3], [5, 33, 19]])
  func packingLosesNothing(_ size: [Int]) throws {
    let network = randomConvNet(
      height: 9, width: 8, filters: size[0], hidden: size[1], classes: size[2], seed: 51)
    let layers = try #require(ConvNetLayers(network))
    #expect(ConvNetWeights(layers).unpacked(into: network, layers) == network)
  }

  @Test func onlyTheFastOrderOfLayersIsTaken() throws {
    let network = randomConvNet(height: 8, width: 8, filters: 2, hidden: 3, classes: 2, seed: 52)
    #expect(ConvNetLayers(network) != nil)
    var deeper = network
    deeper.layers.append(
      Dense(
        name: "more", kernel: Tensor(zeros: [2, 2]), bias: Tensor(zeros: [2]),
        activation: .linear))
    #expect(ConvNetLayers(deeper) == nil)
    var linear = network
    var conv = try #require(network.layers[0] as? Conv2D)
    conv.activation = .linear
    linear.layers[0] = conv
    #expect(ConvNetLayers(linear) == nil)
  }
}
