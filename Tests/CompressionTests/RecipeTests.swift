import Foundation
import Localization
import Testing

@testable import Compression

@Suite struct RecipeTests {
  @Test func theDefaultChangesNothingAndHasAnEmptyLine() {
    let recipe = Recipe()
    #expect(recipe.line.isEmpty)
    #expect(recipe.prune.isIdentity)
    #expect(recipe.weights.bits == 32 && recipe.activations.bits == 32)
    // The defaults of the table of keys in the design.
    #expect(
      recipe.settings.map { "\($0.key)=\($0.value)" } == [
        "prune.pattern=unstructured", "prune.criterion=magnitude", "prune.scope=global",
        "prune.sparsity=0", "factorize.rank=off", "weights.bits=32", "weights.granularity=channel",
        "weights.scheme=symmetric", "weights.range=minmax", "weights.rounding=nearest",
        "weights.codebook=uniform", "weights.equalize=off", "weights.layers=all",
        "weights.outlier=1", "activations.bits=32",
        "activations.range=minmax", "activations.samples=1024", "activations.smooth=off",
        "activations.outlier=1",
        "finetune.epochs=0", "finetune.mode=float", "finetune.schedule=constant",
        "finetune.rate=0.001", "finetune.distill=off", "finetune.mix=0.9", "order=prune-first",
        "seed=1", "fault=none",
      ])
  }

  @Test(arguments: [
    ("prune.pattern", "2:4"), ("prune.pattern", "filter"), ("prune.criterion", "random"),
    ("prune.scope", "dense_1"), ("prune.sparsity", "0.905"), ("weights.bits", "1"),
    ("weights.granularity", "group:48"), ("weights.scheme", "asymmetric"),
    ("weights.range", "percentile:99.9"), ("weights.range", "mse"),
    ("weights.layers", "conv2d,dense_1"), ("activations.bits", "16"),
    ("activations.range", "percentile:99"), ("activations.samples", "10000"),
    ("prune.pattern", "block"), ("prune.criterion", "obs"), ("weights.rounding", "gptq"),
    ("weights.codebook", "kmeans"), ("activations.range", "entropy"),
    ("activations.smooth", "0.5"), ("finetune.epochs", "3"), ("finetune.mode", "qat"),
    ("finetune.schedule", "polynomial"), ("order", "quantize-first"),
    ("finetune.distill", "4"), ("finetune.distill", "2.5"), ("finetune.mix", "0.35"),
    ("weights.equalize", "on"), ("factorize.rank", "16"), ("factorize.rank", "1"),
    ("seed", "99"), ("weights.outlier", "64"), ("activations.outlier", "256"),
    ("finetune.rate", "0.0003"), ("finetune.rate", "0.00003"), ("fault", "no-gradient"),
  ])
  func aValueReadsBackAsItWasWritten(key: String, value: String) throws {
    var recipe = Recipe()
    try recipe.set(key, value)
    #expect(try recipe.value(of: key) == value)
    #expect(recipe.line == "\(key)=\(value)")
    #expect(try Recipe(line: recipe.line) == recipe)
    #expect(try Recipe(settings: recipe.settings) == recipe)
    #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe)) == recipe)
  }

  @Test(arguments: [
    ("weights.bits", "9", "weights.bits must be one of 1 … 8, 16, 32, not 9"),
    ("weights.bits", "-1", "weights.bits must be one of 1 … 8, 16, 32, not -1"),
    ("activations.bits", "1", "activations.bits must be one of 2 … 8, 16, 32, not 1"),
    ("prune.sparsity", "1", "prune.sparsity must be a number from 0 to 0.99, not 1"),
    ("prune.sparsity", "nan", "prune.sparsity must be a number from 0 to 0.99, not nan"),
    ("prune.sparsity", "0x0p0", "prune.sparsity must be a number from 0 to 0.99, not 0x0p0"),
    (
      "prune.pattern", "3:4",
      "prune.pattern must be one of unstructured, 2:4, 1:4, 4:8, block, filter, neuron, not 3:4"
    ),
    (
      "prune.criterion", "taylor",
      "prune.criterion must be one of magnitude, random, largest, wanda, obs, not taylor"
    ),
    (
      "prune.scope", "conv",
      "prune.scope must be one of global, layer, conv2d, dense, dense_1, not conv"
    ),
    (
      "weights.range", "percentile:200",
      "weights.range must be one of minmax, percentile:P with P from 50 to 100, mse, "
        + "not percentile:200"
    ),
    (
      "weights.granularity", "group:1",
      "weights.granularity must be one of tensor, channel, group:N with N from 2 to 65536, "
        + "not group:1"
    ),
    (
      "weights.layers", "dense,dense",
      "weights.layers must be all, or names out of conv2d, depthwise_conv2d, conv2d_1, dense, "
        + "dense_1 joined by commas, "
        + "not dense,dense"
    ),
    (
      "activations.samples", "0",
      "activations.samples must be a whole number from 1 to 10000, not 0"
    ),
    ("seed", "0", "seed must be a whole number from 1 to 99, not 0"),
    ("weights.outlier", "512", "weights.outlier must be a whole number from 1 to 256, not 512"),
    ("finetune.rate", "1", "finetune.rate must be a number from 0.000001 to 0.1, not 1"),
    ("weights.bits", "", "weights.bits must be one of 1 … 8, 16, 32, not an empty text"),
    (
      "weights.bits", "4\u{1B}[31m",
      "weights.bits must be one of 1 … 8, 16, 32, not 4\u{FFFD}[31m"
    ),
  ])
  func aValueOutOfRangeIsRefusedWithTheAllowedOnes(key: String, value: String, message: String) {
    var recipe = Recipe()
    let error = #expect(throws: RecipeError.self) { try recipe.set(key, value) }
    #expect(error?.description == message)
    #expect(recipe == Recipe())
  }

  @Test func anUnknownKeyNamesTheNearestAndAllOfThem() {
    var recipe = Recipe()
    let error = #expect(throws: RecipeError.self) { try recipe.set("wieghts.bits", "4") }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("there is no recipe key wieghts.bits; did you mean weights.bits?"))
    #expect(Knob.all.allSatisfy { message.contains($0.name) })
    let other = #expect(throws: RecipeError.self) { try recipe.set("distillation", "1") }
    #expect(other?.description.contains("did you mean") == false)
  }

  @Test func aWordWithoutEqualsIsRefused() {
    #expect(throws: RecipeError.notASetting("weights.bits")) {
      try Recipe(line: "prune.sparsity=0.5 weights.bits")
    }
  }

  @Test func decodingRefusesUnknownKeysAndValues() {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Recipe.self, from: Data(#"{"weights.bits":"9"}"#.utf8))
    }
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Recipe.self, from: Data(#"{"weights.bit":"8"}"#.utf8))
    }
  }

  @Test(arguments: [
    ("2:4", "conv2d", false), ("2:4", "dense", true), ("filter", "dense", false),
    ("filter", "conv2d", true), ("neuron", "dense_1", false), ("neuron", "layer", true),
    ("unstructured", "conv2d", true),
  ])
  func contradictionsAreRefused(pattern: String, scope: String, isAllowed: Bool) throws {
    let recipe = try Recipe(line: "prune.pattern=\(pattern) prune.scope=\(scope)")
    if isAllowed {
      try recipe.checkCombination()
    } else {
      #expect(throws: RecipeError.self) { try recipe.checkCombination() }
    }
  }

  @Test(arguments: [
    "prune.pattern=filter prune.sparsity=0.5 order=quantize-first",
    "prune.pattern=filter prune.criterion=obs",
    "prune.pattern=2:4 finetune.epochs=1 finetune.schedule=polynomial",
    "prune.sparsity=0.5 prune.criterion=wanda finetune.epochs=1 finetune.schedule=polynomial",
    "prune.sparsity=0.5 order=quantize-first finetune.epochs=1 finetune.schedule=polynomial",
    "weights.bits=4 weights.rounding=gptq finetune.epochs=1 finetune.mode=qat",
    "weights.bits=4 weights.codebook=kmeans finetune.epochs=1 finetune.mode=qat",
    "weights.bits=16 weights.codebook=kmeans",
    "weights.bits=4 weights.codebook=kmeans weights.granularity=group:64",
    "weights.bits=4 weights.codebook=quantile weights.rounding=stochastic",
    "activations.smooth=0.5 finetune.epochs=1 finetune.mode=qat",
  ])
  func settingsThatContradictOneAnotherAreRefused(line: String) throws {
    let recipe = try Recipe(line: line)
    #expect(throws: RecipeError.self) { try recipe.checkCombination() }
  }

  @Test func whatHasNoEffectIsNotEssential() throws {
    #expect(
      try Recipe(line: "prune.criterion=wanda activations.samples=9 finetune.mode=qat").canonical
        == Recipe())
    let tuned = try Recipe(line: "finetune.epochs=1 weights.bits=4 activations.bits=4")
    #expect(tuned.preparationKey == (try Recipe(line: "finetune.epochs=1")))
    #expect(tuned.weightsKey == (try Recipe(line: "finetune.epochs=1 weights.bits=4")))
    let aware = try Recipe(line: tuned.line + " finetune.mode=qat")
    #expect(aware.preparationKey == aware)
    let calibrated = try Recipe(
      line: "prune.sparsity=0.5 prune.criterion=obs activations.samples=7")
    #expect(calibrated.preparationKey == calibrated)
  }

  @Test func everyPositionOfEveryKeyIsAllowed() {
    for key in Knob.all {
      for position in key.positions {
        var recipe = Recipe()
        #expect(key.write(&recipe, position), "\(key.name)=\(position)")
        #expect(key.read(recipe) == position)
      }
      #expect(key.positions.isEmpty || key.positions.contains(key.defaultValue))
    }
  }
}
