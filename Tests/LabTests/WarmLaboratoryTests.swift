import Compression
import NeuralNetwork
import RandomNumbers
import Testing

@testable import Lab

/// Whatever a laboratory was asked before, its answer is that of a fresh one, and of the recipe carried
/// out without keys and caches.
@Suite struct WarmLaboratoryTests {
  /// Pairs of unrelated recipes, and pairs that differ in one setting only, which have most of their
  /// work in common.
  @Test(arguments: 0..<8)
  func aWarmLaboratoryAnswersAsAFreshOne(run: UInt64) throws {
    var random = SplitMix64(seed: 100 + run)
    let warm = Self.laboratory()
    for pair in 0..<300 {
      let first = try random.recipe()
      let second = pair.isMultiple(of: 3) ? try random.recipe() : try random.neighbour(of: first)
      _ = try warm.measure(first, measuresLatency: false)
      let found = try warm.measure(second, measuresLatency: false)
      let fresh = try Self.laboratory().measure(second, measuresLatency: false)
      let words: Comment = "\(first.line) | \(second.line)"
      #expect(found.evaluation == fresh.evaluation, words)
      #expect(found.size == fresh.size, words)
      let reference = try Reference(second)
      #expect(
        try warm.predictions(of: second, images: Self.test.count, isCancelled: { false })
          == reference.predictions, words)
      #expect(try warm.compressed(second).kernels == reference.compressed.kernels, words)
      #expect(found.size.bytes[.dense] == reference.denseBytes, words)
    }
  }

  private static let network = LabSupport.network()
  private static let test = LabSupport.images(40)
  private static let training = LabSupport.images(24, seed: 9)

  private static func laboratory() -> Laboratory {
    Laboratory(network: network, test: test, threads: 1) { training }
  }

  /// A recipe carried out as a whole, stage after stage.
  private struct Reference {
    let compressed: CompressedNetwork
    let predictions: [UInt8]
    let denseBytes: Int

    init(_ recipe: Recipe) throws {
      let compressed = try Compressor.compress(
        network, recipe, context: CompressionContext(threads: 1) { training })
      denseBytes = try TensorFile.encode(compressed.tensors, as: .dense).count
      let fault = recipe.injection.fault
      let grids =
        recipe.activations.bits == 32
        ? [:]
        : try RangeCalibrator(threads: 1).grids(
          recipe, compressed: compressed, weights: nil, training: { training },
          isCancelled: { false })
      let kernels = grids.isEmpty ? nil : compressed.integerKernels
      let engine = CompressedRunner(
        compressed,
        weights: kernels.flatMap { IntegerWeights(compressed.network, kernels: $0) },
        grids: grids, fault: fault)
      self.compressed = compressed
      predictions = engine.predictions(
        of: test, in: 0..<test.count, threads: 1, cache: IntegerStageCache())
    }
  }
}

extension SplitMix64 {
  /// A recipe of some random settings that do not contradict one another.
  fileprivate mutating func recipe() throws -> Recipe {
    while true {
      var recipe = Recipe()
      for _ in 0..<Int.random(in: 1...9, using: &self) { try turn(&recipe) }
      if (try? recipe.checkCombination()) != nil { return recipe }
    }
  }

  /// A recipe that differs from another in one setting, or in few where one contradicts the rest.
  fileprivate mutating func neighbour(of recipe: Recipe) throws -> Recipe {
    while true {
      var changed = recipe
      for _ in 0..<Int.random(in: 1...2, using: &self) { try turn(&changed) }
      if changed != recipe, (try? changed.checkCombination()) != nil { return changed }
    }
  }

  /// Sets a random knob, more often one that other knobs wait for.
  private mutating func turn(_ recipe: inout Recipe) throws {
    let gates = [
      "prune.sparsity", "weights.bits", "activations.bits", "finetune.epochs", "finetune.mode",
      "fault",
    ]
    let names = Knob.all.map(\.name) + gates + gates
    let name = names[Int.random(in: names.indices, using: &self)]
    let knob = try #require(Knob.named(name))
    let values = knob.positions.isEmpty ? ["0", "0.3", "0.5", "0.9"] : knob.positions
    var value = values[Int.random(in: values.indices, using: &self)]
    // Learning a rounding takes longer than all else together.
    if value == "adaround", Int.random(in: 0..<10, using: &self) > 0 { value = "nearest" }
    let isOverride = knob.isPerLayer && Int.random(in: 0..<4, using: &self) == 0
    let layer = Recipe.layerNames[Int.random(in: 0..<3, using: &self)]
    try recipe.set(isOverride ? "\(name)@\(layer)" : name, value)
  }
}
