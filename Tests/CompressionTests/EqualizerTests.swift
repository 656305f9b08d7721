import NeuralNetwork
import Testing

@testable import Compression

@Suite struct EqualizerTests {
  private func images(_ count: Int) -> ImageDataset {
    var random = TestRandom(6)
    return ImageDataset(
      height: 28, width: 28,
      pixels: (0..<count * 784).map { _ in UInt8.random(in: 0...255, using: &random) },
      labels: [UInt8](repeating: 0, count: count))
  }

  /// A depthwise network whose normalizations, once folded, set channels far apart.
  private func uneven() -> Network {
    var network = DepthwiseNetwork.make(seed: 5)
    var random = TestRandom(7)
    for name in DepthwiseNetwork.normalizationNames {
      for parameter in network.parameters where parameter.name == "\(name)/gamma" {
        network.setParameter(
          parameter.name,
          to: Tensor(
            shape: parameter.tensor.shape,
            elements: parameter.tensor.elements.map { _ in
              Float.random(in: 0.05...4, using: &random)
            }))
      }
    }
    return network.foldingBatchNormalization
  }

  @Test func theNetworkComputesTheSame() {
    for network in [uneven(), TestNetworks.seedShaped(filters: 5, units: 12)] {
      let equalized = Equalizer.equalize(network)
      #expect(equalized != network)
      let dataset = images(6)
      let before = InferencePlan(network).logits(of: dataset, in: 0..<6, threads: 1)
      let after = InferencePlan(equalized).logits(of: dataset, in: 0..<6, threads: 1)
      let largest = before.map(\.magnitude).max() ?? 0
      for (a, b) in zip(before, after) { #expect((a - b).magnitude < 1e-5 * (1 + largest)) }
    }
  }

  /// Both layers of a pair have the same range in every channel that has weights.
  @Test func rangesAreLevelled() throws {
    let equalized = Equalizer.equalize(uneven())
    let kernels = equalized.kernels.map(\.tensor)
    for channel in 0..<32 {
      let first = (0..<9).map { kernels[0].elements[$0 * 32 + channel].magnitude }.max() ?? 0
      let second = (0..<9).map { kernels[1].elements[$0 * 32 + channel].magnitude }.max() ?? 0
      let third = (0..<64).map { kernels[2].elements[channel * 64 + $0].magnitude }.max() ?? 0
      #expect((first / second - 1).magnitude < 0.01)
      #expect((second / third - 1).magnitude < 0.01)
    }
  }

  @Test func itIsARecipeKeyThatCountsOnlyWithRoundedWeights() throws {
    let recipe = try Recipe(line: "weights.bits=4 weights.equalize=on")
    #expect(recipe.essence.weights.equalize == .on)
    #expect(try Recipe(line: "weights.equalize=on").essence == Recipe())
    let qat = try Recipe(
      line: "weights.bits=4 weights.equalize=on finetune.epochs=1 finetune.mode=qat")
    #expect(throws: RecipeError.self) { try qat.checkCombination() }
  }
}
