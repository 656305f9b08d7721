package import Compression
package import NeuralNetwork
import Synchronization

/// Measures recipes on one network and one test set.
///
/// What does not change from one recipe to the next is kept: pruned and rounded networks, ranges of
/// activations, file sizes, finished measurements. All methods may be called from any thread.
package final class Laboratory: Sendable {
  /// The uncompressed network.
  package let network: Network
  /// The images that accuracy is measured on.
  package let test: ImageDataset
  /// The number of threads that a measurement uses.
  package let threads: Int

  /// The most images that run between two looks at whether to stop.
  package static let imagesAtOnce = 500

  private let loadTraining: @Sendable () throws -> ImageDataset
  private let memory = Mutex(Memory())
  // What the layers in front of a changed one gave, for recipes that run in integers.
  private let stageCache = IntegerStageCache()
  private let calibrator: RangeCalibrator

  private struct Memory: Sendable {
    var baseline: [UInt8]?
    var baselinePlan: InferencePlan?
    var training: ImageDataset?
    var prepared = RecentValues<Recipe, Network>(capacity: 2)
    // Fine-tuning takes seconds, so what it gave is kept longer.
    var tuned = RecentValues<Recipe, Network>(capacity: 8)
    var compressed = RecentValues<Recipe, CompressedNetwork>(capacity: 4)
    var packed = RecentValues<Recipe, IntegerWeights>(capacity: 2)
    var sizes = RecentValues<Recipe, [StorageFormat: Int]>(capacity: 64)
    var engines = RecentValues<Recipe, CompressedRunner>(capacity: 2)
    var predictions = RecentValues<Recipe, [UInt8]>(capacity: 64)
  }

  /// Makes a laboratory.
  ///
  /// - Parameters:
  ///   - training: loads the training set; called once, when activations are first calibrated.
  ///   - threads: how many threads a measurement uses.
  package init(
    network: Network, test: ImageDataset, threads: Int = Parallel.processorCount,
    training: @escaping @Sendable () throws -> ImageDataset
  ) {
    precondition(test.count > 0, "Accuracy needs images.")
    self.network = network
    self.test = test
    self.threads = threads
    calibrator = RangeCalibrator(threads: threads)
    loadTraining = training
  }

  /// Measures a recipe on the first images of the test set, or on all of them.
  ///
  /// - Parameters:
  ///   - images: how many images; nil for all.
  ///   - measuresLatency: whether the time of an image is measured too.
  ///   - isCancelled: asked between chunks of at most 500 images, and between steps of fine-tuning.
  ///   - progress: told how far fine-tuning is.
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  package func measure(
    _ recipe: Recipe, images: Int? = nil, measuresLatency: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> Measurement {
    let start = ContinuousClock.now
    _ = try compressed(recipe, isCancelled: isCancelled, progress: progress)
    let evaluation = try evaluation(
      of: recipe, images: images ?? test.count, isCancelled: isCancelled)
    var measurement = Measurement(
      recipe: recipe, evaluation: evaluation, size: try size(of: recipe, isCancelled: isCancelled),
      latency: [:], seconds: 0)
    if measuresLatency {
      measurement.add(try latency(of: recipe, isCancelled: isCancelled))
    }
    measurement.seconds = (ContinuousClock.now - start) / .seconds(1)
    return measurement
  }

  /// What the compressed network says of the first images.
  ///
  /// - Throws: `LabError.imagesOutOfRange` for a number of images that the test set does not have,
  ///   `LabError.cancelled`, or what compressing throws (see `compressed`).
  package func evaluation(
    of recipe: Recipe, images: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Evaluation {
    guard 1...test.count ~= images else {
      throw LabError.imagesOutOfRange(images, available: test.count)
    }
    try recipe.checkCombination()
    let baseline = try baselinePredictions(isCancelled: isCancelled)
    let predictions =
      recipe.canonical == Recipe()
      ? baseline : try predictions(of: recipe, images: images, isCancelled: isCancelled)
    return Evaluation(
      predictions: predictions[..<images], baseline: baseline[..<images],
      labels: test.labels[..<images], classes: network.classCount)
  }

  /// What the compressed network is: parameters, operations, bytes, errors of its weights.
  ///
  /// A format that cannot hold the network, such as `csr16` for very long rows, is left out.
  ///
  /// - Throws: What compressing throws (see `compressed`).
  package func size(
    of recipe: Recipe, formats: [StorageFormat] = StorageFormat.allCases,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> NetworkSize {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let key = recipe.weightsKey
    var bytes = memory.withLock { $0.sizes.value(for: key) } ?? [:]
    for format in formats where bytes[format] == nil {
      if isCancelled() { throw LabError.cancelled }
      bytes[format] = try Laboratory.length(of: compressed.tensors, as: format)
    }
    memory.withLock { $0.sizes.keep(bytes, for: key) }
    return NetworkSize(
      sparsity: compressed.sparsity, parameters: compressed.network.parameterCount,
      macs: compressed.network.macs, bytes: bytes.filter { formats.contains($0.key) },
      layers: compressed.kernels)
  }

  /// The compressed network; fine-tuning and calibration load the training set.
  ///
  /// - Throws: `RecipeError` for a recipe that the network does not support, `LabError.cancelled`, or what
  ///   loading the training set throws.
  package func compressed(
    _ recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> CompressedNetwork {
    try recipe.checkCombination()
    let key = recipe.weightsKey
    if let known = memory.withLock({ $0.compressed.value(for: key) }) { return known }
    let context = CompressionContext(
      threads: threads, training: { [self] in try training() }, isCancelled: isCancelled,
      progress: progress)
    do {
      let compressed = try Compressor.quantize(
        prepared(key, context: context), key, context: context)
      memory.withLock { $0.compressed.keep(compressed, for: key) }
      return compressed
    } catch CompressionError.cancelled {
      throw LabError.cancelled
    }
  }

  /// The network before its weights are rounded.
  private func prepared(_ recipe: Recipe, context: CompressionContext) throws -> Network {
    let key = recipe.preparationKey
    let known = memory.withLock { $0.prepared.value(for: key) ?? $0.tuned.value(for: key) }
    if let known { return known }
    let prepared = try Compressor.pruneAndTune(network, key, context: context)
    memory.withLock { memory in
      if key.finetune.epochs > 0 {
        memory.tuned.keep(prepared, for: key)
      } else {
        memory.prepared.keep(prepared, for: key)
      }
    }
    return prepared
  }

  /// Whether a recipe trains when it is measured next: it fine-tunes and has not done so yet.
  package func willTrain(_ recipe: Recipe) -> Bool {
    guard recipe.finetune.epochs > 0 else { return false }
    return memory.withLock { $0.tuned.value(for: recipe.weightsKey.preparationKey) } == nil
  }

  /// Fine-tunes a recipe's network while somebody looks on.
  ///
  /// A training that comes to its end is kept, so that measuring the recipe begins with it; one that
  /// the observer ends is not.
  ///
  /// - Returns: what was learnt by a training that the observer ended, nil after a whole one.
  /// - Throws: `RecipeError`, `LabError.cancelled`, or what loading the training set throws.
  func train(
    _ recipe: Recipe, observer: TrainingObserver, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Network? {
    try recipe.checkCombination()
    let wasEnded = Mutex(false)
    let key = recipe.weightsKey.preparationKey
    var context = CompressionContext(
      threads: threads, training: { [self] in try training() }, isCancelled: isCancelled)
    context.observer = observer
    context.observer.isEnded = {
      let isEnded = observer.isEnded()
      if isEnded { wasEnded.withLock { $0 = true } }
      return isEnded
    }
    do {
      let tuned = try Compressor.pruneAndTune(network, key, context: context)
      if wasEnded.withLock({ $0 }) { return tuned }
      memory.withLock { $0.tuned.keep(tuned, for: key) }
      return nil
    } catch CompressionError.cancelled {
      throw LabError.cancelled
    }
  }

  /// A laboratory of its own that takes a network for what a recipe's training gives.
  ///
  /// What it measures is not found by this one.
  func holding(_ tuned: Network, for recipe: Recipe) -> Laboratory {
    let other = Laboratory(network: network, test: test, threads: threads) { [self] in
      try training()
    }
    let baseline = memory.withLock { $0.baseline }
    other.memory.withLock { memory in
      memory.baseline = baseline
      memory.tuned.keep(tuned, for: recipe.weightsKey.preparationKey)
    }
    return other
  }

  /// The uncompressed network's predictions for the whole test set.
  package func baselinePredictions(
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [UInt8] {
    if let known = memory.withLock({ $0.baseline }) { return known }
    let baseline = try predictions(of: Recipe(), images: test.count, isCancelled: isCancelled)
    memory.withLock { $0.baseline = baseline }
    return baseline
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

  /// The spread of the time of an image through the compressed network and the uncompressed one.
  ///
  /// See `LatencyMeter` for the kernels and the conditions.
  ///
  /// - Parameters:
  ///   - activity: what else the program does meanwhile.
  ///   - isCancelled: asked between rounds, some milliseconds apart.
  package func latency(
    of recipe: Recipe, activity: ForegroundActivity = ForegroundActivity(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> LatencyReport {
    try LatencyMeter.measure(
      try prepare(recipe), beside: baselinePlan, on: test, activity: activity,
      isCancelled: isCancelled)
  }

  /// The uncompressed network in float arithmetic, which every measurement of time is held against.
  private var baselinePlan: InferencePlan {
    memory.withLock { memory in
      if let plan = memory.baselinePlan { return plan }
      let plan = InferencePlan(network)
      memory.baselinePlan = plan
      return plan
    }
  }

  /// A recipe applied to the network, with what runs its images.
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

  /// The length of the file that a format writes, or nil if the format cannot hold the tensors.
  private static func length(
    of tensors: [StoredTensor], as format: StorageFormat
  ) throws(StorageError) -> Int? {
    do {
      return try TensorFile.encode(tensors, as: format).count
    } catch {
      if case .unsupported = error { return nil }
      throw error
    }
  }

  /// The predictions for at least so many of the first images.
  ///
  /// What was predicted before, even by a measurement that was cancelled, is not predicted again.
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

  private func training() throws -> ImageDataset {
    if let known = memory.withLock({ $0.training }) { return known }
    let training = try loadTraining()
    memory.withLock { $0.training = training }
    return training
  }
}

extension Fault {
  /// What holds the sums of the integer network.
  var accumulator: AccumulatorWidth { self == .int16Accumulator ? .int16 : .int32 }
}

extension Network {
  /// The outputs of the last layer with a bias.
  fileprivate var classCount: Int { parameters.last?.tensor.count ?? 0 }
}
