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
  let memory = Mutex(Memory())
  // What the layers in front of a changed one gave, for recipes that run in integers.
  let stageCache = IntegerStageCache()
  let calibrator: RangeCalibrator

  /// What was computed for recipes before, the most recent of each kind.
  struct Memory: Sendable {
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

  /// The training set, read once.
  func training() throws -> ImageDataset {
    if let known = memory.withLock({ $0.training }) { return known }
    let training = try loadTraining()
    memory.withLock { $0.training = training }
    return training
  }
}

extension Network {
  /// The outputs of the last layer with a bias.
  fileprivate var classCount: Int { parameters.last?.tensor.count ?? 0 }
}
