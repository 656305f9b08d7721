import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct GenericRunnerTests {
  @Test(arguments: [(12, 5, 19), (13, 16, 32), (14, 17, 7), (11, 1, 1)])
  func logitsAreThoseOfTheReference(side: Int, filters: Int, points: Int) {
    let network = randomChannelNetwork(side: side, filters: filters, points: points, seed: 51)
    let dataset = randomDataset(height: side, width: side, count: 9, classes: 4, seed: 52)
    let logits = InferencePlan(network).logits(of: dataset, in: 0..<9, threads: 2)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 2e-5)
    let runner = InferencePlan(network).makeSession(images: 1)
    let predictions = InferencePlan(network).predictions(of: dataset, in: 0..<9, threads: 1)
    #expect((0..<9).map { runner.run(dataset, $0) } == predictions)
  }

  @Test func foldingChangesNothingButRounding() {
    let network = randomChannelNetwork(seed: 53)
    let folded = network.foldingBatchNormalization
    let dataset = randomDataset(height: 12, width: 12, count: 20, classes: 4, seed: 54)
    #expect(network.hasBatchNormalization && !folded.hasBatchNormalization)
    #expect(folded.layers.count == network.layers.count - 3)
    let difference =
      zip(referenceLogits(network, dataset), referenceLogits(folded, dataset))
      .map { abs($0 - $1) }.max() ?? 1
    #expect(difference < 1e-6)
    #expect(network.parameterCount == folded.parameterCount + 2 * (5 + 5 + 19))
  }

  @Test func valuesAreRoundedAtTheirSites() {
    let network = randomChannelNetwork(seed: 55).foldingBatchNormalization
    let grids: ActivationGrids = [
      "input": QuantizationParameters(scale: 1 / 15, levels: 15),
      "conv2d": QuantizationParameters(scale: 0.1, levels: 15),
      "depthwise_conv2d": QuantizationParameters(scale: 0.15, levels: 15),
      "conv2d_1": QuantizationParameters(scale: 0.2, levels: 15),
    ]
    let dataset = randomDataset(height: 12, width: 12, count: 6, classes: 4, seed: 56)
    let plan = InferencePlan(network, activationGrids: grids)
    var sites: Set<String> = []
    plan.visitActivations(of: dataset, in: 0..<6) { site, values in
      sites.insert(site)
      let scale = grids[site]?.scale ?? 0
      #expect(values.allSatisfy { abs($0 / scale - ($0 / scale).rounded()) < 1e-4 })
    }
    #expect(sites == Set(grids.keys))
  }

  /// A bias that is not there is neither stored nor counted, and counts as zero.
  @Test func aProductHasNoBias() {
    var generator = SplitMix64(seed: 57)
    let thin = Dense(
      name: "u", product: Tensor(shape: [36, 3], elements: randomFloats(108, from: &generator)))
    let wide = Dense(
      name: "v", kernel: Tensor(shape: [3, 4], elements: randomFloats(12, from: &generator)),
      bias: Tensor(shape: [4], elements: randomFloats(4, from: &generator)), activation: .linear)
    let network = Network(
      inputShape: [6, 6, 1], layers: [Flatten(), thin, wide])
    #expect(network.parameters.map(\.name) == ["u/kernel", "v/kernel", "v/bias"])
    #expect(network.parameterCount == 124 && network.macs == 120)
    let dataset = randomDataset(height: 6, width: 6, count: 5, classes: 4, seed: 58)
    let logits = InferencePlan(network).logits(of: dataset, in: 0..<5, threads: 1)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 1e-5)
  }
}
