package import Compression
package import NeuralNetwork
import Synchronization

/// From a recipe to what its network says of the test images.
extension Laboratory {
  /// The uncompressed network's predictions for the whole test set.
  ///
  /// - Throws: `LabError.cancelled`.
  package func baselinePredictions(
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [UInt8] {
    if let known = memory.withLock({ $0.baseline }) { return known }
    let baseline = try predictions(of: Recipe(), images: test.count, isCancelled: isCancelled)
    memory.withLock { $0.baseline = baseline }
    return baseline
  }

  /// The predictions for at least so many of the first images.
  ///
  /// What was predicted before, even by a measurement that was cancelled, is not predicted again.
  ///
  /// - Throws: `LabError.cancelled`, or what compressing throws (see `compressed`).
  func predictions(
    of recipe: Recipe, images: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [UInt8] {
    let key = recipe.canonical
    var predictions = memory.withLock { $0.predictions.value(for: key) } ?? []
    guard predictions.count < images else { return predictions }
    if isCancelled() { throw LabError.cancelled }
    let engine = try engine(for: key, isCancelled: isCancelled)
    var wasCancelled = false
    while predictions.count < images, !wasCancelled {
      let end = min(predictions.count + Laboratory.imagesAtOnce, images)
      predictions += engine.predictions(
        of: test, in: predictions.count..<end, threads: threads, cache: stageCache)
      wasCancelled = isCancelled()
    }
    let found = predictions
    memory.withLock { $0.predictions.keep(found, for: key) }
    if found.count < images { throw LabError.cancelled }
    return found
  }

  /// What runs the images of a recipe.
  private func engine(
    for recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> CompressedRunner {
    if let known = memory.withLock({ $0.engines.value(for: recipe) }) { return known }
    let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let engine = CompressedRunner(
      compressed, weights: grids.isEmpty ? nil : integerWeights(of: compressed, recipe),
      grids: grids, fault: recipe.injection.fault)
    memory.withLock { $0.engines.keep(engine, for: recipe) }
    return engine
  }

  /// The grids that activations are rounded on; empty while they are float.
  ///
  /// - Throws: What compressing throws (see `compressed`); calibration loads the training set too.
  package func activationGrids(
    for recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ActivationGrids {
    guard recipe.activations.bits < 32 else { return [:] }
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    return try calibrator.grids(
      recipe, compressed: compressed, weights: integerWeights(of: compressed, recipe),
      training: training, isCancelled: isCancelled)
  }

  /// The kernels of a recipe as packed codes, if they are codes of a byte.
  private func integerWeights(
    of compressed: CompressedNetwork, _ recipe: Recipe
  ) -> IntegerWeights? {
    let key = recipe.weightsKey
    if let known = memory.withLock({ $0.packed.value(for: key) }) { return known }
    guard let kernels = compressed.integerKernels,
      let packed = IntegerWeights(compressed.network, kernels: kernels)
    else { return nil }
    memory.withLock { $0.packed.keep(packed, for: key) }
    return packed
  }

  /// A recipe applied to the network, with what runs its images.
  ///
  /// - Throws: What compressing throws (see `compressed`).
  package func prepare(_ recipe: Recipe) throws -> PreparedVariant {
    try recipe.checkCombination()
    return PreparedVariant(
      compressed: try compressed(recipe),
      engine: try engine(for: recipe.canonical, isCancelled: { false }))
  }

  /// The classes that a variant predicts for a range of the test images, computed anew but for what
  /// layers in front of a change gave before.
  package func predictions(of variant: PreparedVariant, in range: Range<Int>) -> [UInt8] {
    variant.engine.predictions(of: test, in: range, threads: threads, cache: stageCache)
  }
}

extension Fault {
  /// What holds the sums of the integer network.
  var accumulator: AccumulatorWidth { self == .int16Accumulator ? .int16 : .int32 }
}
