import NeuralNetwork
import Testing

@testable import Compression

@Suite struct OutlierTests {
  private let network = TestNetworks.seedShaped(filters: 4, units: 6)
  private let images = ImageDataset(
    height: 28, width: 28, pixels: (0..<8 * 784).map { UInt8($0 * 31 % 253) },
    labels: [UInt8](repeating: 0, count: 8))

  private func planted(_ line: String) throws -> Network {
    try Compressor.compress(network, Recipe(line: line)).network
  }

  private func logits(_ network: Network) -> [Float] {
    InferencePlan(network).logits(of: images, in: 0..<8, threads: 1)
  }

  @Test func oneWeightOfTheFirstDenseLayerIsMultiplied() throws {
    let changed = try planted("weights.outlier=64")
    let (before, after) = (network.kernels[1].tensor.elements, changed.kernels[1].tensor.elements)
    let places = before.indices.filter { before[$0] != after[$0] }
    #expect(places.count == 1)
    let place = try #require(places.first)
    #expect(before[place] == before.min() && after[place] == before[place] * 64)
    #expect(changed.kernels[0] == network.kernels[0] && changed.kernels[2] == network.kernels[2])
  }

  /// By powers of two to the last bit, by other factors within the rounding of floats.
  @Test(arguments: [2, 3, 100, 256])
  func aLoudChannelChangesNoLogit(factor: Int) throws {
    let changed = try planted("activations.outlier=\(factor)")
    #expect(changed != network)
    let (before, after) = (logits(network), logits(changed))
    if factor & (factor - 1) == 0 {
      #expect(before == after)
    } else {
      #expect(zip(before, after).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($0)) })
    }
  }

  @Test func theLoudChannelWidensTheGridThatAllShare() throws {
    func reach(_ network: Network) throws -> Float {
      try #require(
        ActivationCalibrator.statistics(
          of: network, on: images, count: 8, hasDistribution: false, threads: 1)?
          .greatest(at: "conv2d"))
    }
    let (before, after) = (
      try reach(network), try reach(planted("activations.outlier=64"))
    )
    #expect(after > 10 * before)
  }

  @Test func outliersAreThereBeforePruningRanks() throws {
    // The enlarged weight is the greatest of all, so that the harshest pruning keeps it.
    let changed = try planted("weights.outlier=256 prune.sparsity=0.99 prune.scope=layer")
    let least = (network.kernels[1].tensor.elements.min() ?? 0) * 256
    #expect(changed.kernels[1].tensor.elements.contains(least))
  }
}
