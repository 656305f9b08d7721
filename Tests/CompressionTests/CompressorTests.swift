import Localization
import NeuralNetwork
import Testing

@testable import Compression

@Suite struct CompressorTests {
  private let network = TestNetworks.seedShaped(filters: 4, units: 6)

  @Test func theDefaultRecipeGivesTheSameNetwork() throws {
    let compressed = try Compressor.compress(network, Recipe())
    #expect(compressed.network == network)
    #expect(compressed.kernels.allSatisfy { $0.bits == 32 && $0.signalToNoise == .infinity })
    #expect(compressed.tensors.map(\.name) == network.parameters.map(\.name))
  }

  @Test func onlyTheNamedLayersAreRounded() throws {
    let compressed = try Compressor.compress(
      network, Recipe(line: "weights.bits=3 weights.layers=conv2d,dense_1"))
    #expect(compressed.kernels.map(\.bits) == [3, 32, 3])
    #expect(compressed.network.kernels[1] == network.kernels[1])
    #expect(compressed.network.kernels[0] != network.kernels[0])
    #expect(compressed.kernels[0].signalToNoise.isFinite)
  }

  @Test func prunedWeightsStayZeroWhenRounded() throws {
    for scheme in ["symmetric", "asymmetric"] {
      for bits in WeightQuantization.allowedBits {
        let recipe = try Recipe(
          line: "prune.sparsity=0.6 weights.bits=\(bits) weights.scheme=\(scheme)")
        let pruned = Pruner.prune(network, recipe.prune)
        let compressed = try Compressor.compress(network, recipe)
        for (before, after) in zip(pruned.kernels, compressed.network.kernels) {
          #expect(
            zip(before.tensor.elements, after.tensor.elements).allSatisfy { $0 != 0 || $1 == 0 })
        }
        #expect(compressed.sparsity >= 0.5999)
      }
    }
  }

  @Test func theStoredTensorsStandForTheNetworkThatRuns() throws {
    let compressed = try Compressor.compress(
      network, Recipe(line: "prune.pattern=filter prune.sparsity=0.5 weights.bits=4"))
    #expect(compressed.tensors.map(\.tensor) == compressed.network.parameters.map(\.tensor))
    let file = try TensorFile.encode(compressed.tensors, as: .gzip)
    let read = try TensorFile.decode(file, as: .gzip)
    let again = try NetworkAssembly.network(
      of: read.map { NamedParameter(name: $0.name, tensor: $0.tensor) })
    #expect(again == compressed.network)
  }

  @Test func contradictionsAreRefused() throws {
    let recipe = try Recipe(line: "prune.pattern=2:4 prune.scope=conv2d")
    let error = #expect(throws: RecipeError.self) { try Compressor.compress(network, recipe) }
    #expect(
      error?.description
        == "prune.pattern=2:4 needs prune.scope to be one of global, layer, dense, dense_1, "
        + "not conv2d")
  }
}
