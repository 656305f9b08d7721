import Localization
import NeuralNetwork
import Testing

@testable import Compression

@Suite struct LayerOverrideTests {
  private let network = TestNetworks.seedShaped(filters: 3, units: 7)

  @Test func aLayerOverrulesTheRecipeAndTheOthersFollowIt() throws {
    let recipe = try Recipe(
      line: "weights.bits=4 weights.bits@conv2d=8 weights.granularity@dense_1=tensor "
        + "weights.scheme@dense_1=asymmetric")
    let compressed = try Compressor.compress(network, recipe)
    #expect(compressed.kernels.map(\.bits) == [8, 4, 4])
    // Each kernel is what the recipe of its own settings makes of it.
    for (index, line) in [
      "weights.bits=8", "weights.bits=4",
      "weights.bits=4 weights.granularity=tensor weights.scheme=asymmetric",
    ].enumerated() {
      let alone = try Compressor.compress(network, Recipe(line: line))
      #expect(compressed.tensors[2 * index] == alone.tensors[2 * index], "\(line)")
    }
  }

  @Test func aLayerCanBeTheOnlyOneThatIsRounded() throws {
    let one = try Compressor.compress(network, Recipe(line: "weights.bits@dense=3"))
    #expect(one.kernels.map(\.bits) == [32, 3, 32])
    let rest = try Compressor.compress(
      network, Recipe(line: "weights.bits=3 weights.bits@dense=32"))
    #expect(rest.kernels.map(\.bits) == [3, 32, 3])
    #expect(rest.network.kernels[1] == network.kernels[1])
  }

  /// The recipe's line, its JSON and its value agree whatever the order in which it was written.
  @Test func overridesAreWrittenInOneOrderAndReadBack() throws {
    let first = try Recipe(line: "weights.bits@dense=3 weights.bits@conv2d=8 weights.bits=4")
    let second = try Recipe(
      line: "weights.bits=4 weights.bits@conv2d=2 weights.bits@conv2d=8 weights.bits@dense=3")
    #expect(first == second)
    #expect(first.line == "weights.bits=4 weights.bits@conv2d=8 weights.bits@dense=3")
    #expect(try Recipe(line: first.line) == first)
    #expect(first.weights(of: "dense").bits == 3)
    #expect(first.weights(of: "dense_1").bits == 4)
  }

  @Test(arguments: [
    ("prune.sparsity@dense=0.5", "a layer can overrule weights.bits"),
    (
      "weights.bits@dense_2=4",
      "weights.bits@ must name one of conv2d, depthwise_conv2d, conv2d_1, dense, dense_1, not dense_2"
    ),
    ("weights.bits@dense=9", "weights.bits must be one of 1 … 8, 16, 32, not 9"),
    (
      "weights.bits@=4",
      "weights.bits@ must name one of conv2d, depthwise_conv2d, conv2d_1, dense, dense_1, not an empty text"
    ),
    ("weights.layers@dense=all", "a layer can overrule weights.bits"),
  ])
  func whatNoLayerCanOverruleIsRefused(word: String, message: String) {
    let error = #expect(throws: RecipeError.self) { try Recipe(line: word) }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test func contradictionsWithinALayerAreFound() throws {
    let recipe = try Recipe(
      line: "weights.bits=4 weights.codebook@dense=kmeans weights.rounding@dense=gptq")
    #expect(throws: RecipeError.self) { try recipe.checkCombination() }
    // The same two settings of different layers do not meet.
    try Recipe(line: "weights.bits=4 weights.codebook@dense=kmeans weights.rounding@conv2d=gptq")
      .checkCombination()
  }
}
