package import Compression
package import NeuralNetwork
import Synchronization

/// A network with its data, on which recipes are measured.
///
/// Everything that every measurement needs is computed once: the uncompressed network's
/// predictions and its length. The training set, which only calibration reads, is loaded when it is
/// first needed. Calls from several threads are safe.
package final class Laboratory: Sendable {
  /// The uncompressed network.
  package let network: Sequential
  /// The test images.
  package let testSet: ImageDataset
  /// The uncompressed network's predictions.
  package let baseline: [UInt8]
  /// The test images that the uncompressed network classifies right.
  package let baselineCorrect: Int
  /// The length of the uncompressed network as float32, in the format `dense`.
  package let baselineBytes: Int

  private let threads: Int
  private let loadTrainingSet: @Sendable () throws -> ImageDataset
  private let trainingSet = Mutex<ImageDataset?>(nil)
  private let stageCache = IntegerStageCache()
  private let calibrations = Mutex<CalibrationCache>(CalibrationCache())

  /// Makes a laboratory; runs the uncompressed network on all test images.
  ///
  /// - Parameters:
  ///   - network: The network to compress.
  ///   - testSet: The images to measure on.
  ///   - threads: How many threads a measurement uses.
  ///   - trainingSet: Reads the training set; called at most once, when calibration needs it.
  package init(
    network: Sequential, testSet: ImageDataset, threads: Int = Parallel.processorCount,
    trainingSet: @escaping @Sendable () throws -> ImageDataset
  ) throws {
    self.network = network
    self.testSet = testSet
    self.threads = threads
    loadTrainingSet = trainingSet
    let plan = InferencePlan(network)
    baseline = plan.predictions(of: testSet, in: 0..<testSet.count, threads: threads)
    baselineCorrect = zip(baseline, testSet.labels).count { $0 == $1 }
    let tensors = network.parameters.map {
      StoredTensor(name: $0.name, values: .float($0.tensor))
    }
    baselineBytes = try TensorFile.encode(tensors, as: .dense).count
  }

  /// The share of test images that the uncompressed network classifies right.
  package var baselineAccuracy: Double {
    Double(baselineCorrect) / Double(max(1, testSet.count))
  }

  /// Prepares a recipe: compresses the weights and calibrates the activations.
  ///
  /// Returns nil when it was cancelled.
  package func prepare(
    _ recipe: Recipe, isCancelled: @Sendable () -> Bool = { false }
  ) throws -> PreparedVariant? {
    let compressed = try Compressor.compress(network, recipe)
    var grids: ActivationGrids = [:]
    if recipe.activations.bits < 32 {
      guard let statistics = try calibrate(compressed, recipe, isCancelled: isCancelled) else {
        return nil
      }
      grids = statistics.grids(bits: recipe.activations.bits, range: recipe.activations.range)
    }
    return PreparedVariant(
      recipe: recipe, compressed: compressed,
      engine: VariantEngine(compressed, grids: grids))
  }

  /// The classes that a variant predicts for a range of the test images.
  package func predictions(of variant: PreparedVariant, in range: Range<Int>) -> [UInt8] {
    variant.engine.predictions(
      of: testSet, in: range, threads: threads, cache: stageCache)
  }

  /// Measures a recipe on the first images of the test set, or on all of them.
  package func measure(_ recipe: Recipe, images: Int? = nil, latency: Bool = true) throws
    -> Measurement
  {
    let start = ContinuousClock.now
    let count = min(images ?? testSet.count, testSet.count)
    guard let variant = try prepare(recipe) else {
      preconditionFailure("A measurement that nobody can cancel is finished.")
    }
    var measurement = try self.measurement(
      of: variant, predictions: predictions(of: variant, in: 0..<count))
    if latency { measurement.latency = LatencyMeter.measure(variant, on: testSet) }
    measurement.seconds = (ContinuousClock.now - start) / .seconds(1)
    return measurement
  }

  /// Puts together what is known of a variant from its predictions for the first test images.
  package func measurement(
    of variant: PreparedVariant, predictions: [UInt8]
  ) throws -> Measurement {
    let compressed = variant.compressed
    var flipped: [FlippedImage] = []
    let classes = compressed.network.outputCount
    var confusion = [Int](repeating: 0, count: classes * classes)
    var correct = 0
    var baselineCorrect = 0
    for (index, predicted) in predictions.enumerated() {
      let label = testSet.labels[index]
      if predicted == label { correct += 1 }
      if baseline[index] == label { baselineCorrect += 1 }
      if Int(label) < classes { confusion[Int(label) * classes + Int(predicted)] += 1 }
      if predicted != baseline[index] {
        flipped.append(FlippedImage(index: index, before: baseline[index], after: predicted))
      }
    }
    return Measurement(
      recipe: variant.recipe, correct: correct, images: predictions.count,
      baselineCorrect: baselineCorrect, flippedImages: flipped, confusion: confusion,
      sparsity: compressed.sparsity, parameters: compressed.network.parameterCount,
      macs: compressed.network.macs, bytes: try storedBytes(of: compressed),
      baselineBytes: baselineBytes,
      layers: compressed.kernels.map {
        LayerMeasurement(
          name: $0.name, shape: $0.shape, bits: $0.bits, sparsity: $0.sparsity,
          sqnr: $0.signalToNoise, zeros: $0.zeros)
      }, latency: [:], seconds: 0)
  }

  /// The length of a network in every storage format, each written by its encoder.
  private func storedBytes(of compressed: CompressedNetwork) throws -> [String: Int] {
    let formats = StorageFormat.allCases
    let lengths = Parallel.map(count: formats.count, threads: threads) { index in
      Result { try TensorFile.encode(compressed.tensors, as: formats[index]).count }
    }
    var bytes: [String: Int] = [:]
    for (format, length) in zip(formats, lengths) { bytes[format.rawValue] = try length.get() }
    return bytes
  }

  // MARK: Calibration

  /// The training set, read on first use.
  private func trainingImages() throws -> ImageDataset {
    try trainingSet.withLock { known in
      if let known { return known }
      let loaded = try loadTrainingSet()
      known = loaded
      return loaded
    }
  }

  private func calibrate(
    _ compressed: CompressedNetwork, _ recipe: Recipe, isCancelled: @Sendable () -> Bool
  ) throws -> ActivationStatistics? {
    let key = CalibrationCache.Key(
      prune: recipe.prune, weights: recipe.weights, samples: recipe.activations.samples,
      hasDistribution: recipe.activations.range != .minimumToMaximum)
    if let known = calibrations.withLock({ $0.statistics(for: key) }) { return known }
    let statistics = ActivationCalibrator.statistics(
      of: compressed.network, on: try trainingImages(), count: recipe.activations.samples,
      hasDistribution: key.hasDistribution, threads: threads, isCancelled: isCancelled)
    if let statistics { calibrations.withLock { $0.keep(statistics, for: key) } }
    return statistics
  }
}

/// A recipe applied to the network, ready to run.
package struct PreparedVariant: Sendable {
  /// The recipe.
  package let recipe: Recipe
  /// The network with its codes.
  package let compressed: CompressedNetwork
  /// What runs images.
  package let engine: VariantEngine
}

/// The last few calibrations, so that a knob that does not touch them need not repeat them.
private struct CalibrationCache {
  /// What a calibration depends on.
  struct Key: Hashable {
    let prune: Pruning
    let weights: WeightQuantization
    let samples: Int
    let hasDistribution: Bool
  }

  private static let capacity = 8
  private var entries: [(key: Key, statistics: ActivationStatistics)] = []

  func statistics(for key: Key) -> ActivationStatistics? {
    entries.first { $0.key == key }?.statistics
  }

  mutating func keep(_ statistics: ActivationStatistics, for key: Key) {
    entries.append((key, statistics))
    if entries.count > Self.capacity { entries.removeFirst() }
  }
}
