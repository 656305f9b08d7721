import Compression
import NeuralNetwork
import Synchronization

/// Finds the ranges of a recipe's activations on calibration images, and remembers them.
final class RangeCalibrator: Sendable {
  private let threads: Int
  private let stageCache = IntegerStageCache()
  private let memory = Mutex(Memory())

  private struct Memory: Sendable {
    var images: (fault: Fault, images: ImageDataset)?
    var statistics = RecentValues<Key, ActivationStatistics>(capacity: 4)
  }

  private struct Key: Hashable, Sendable {
    var weights: Recipe
    var fault: Fault
    var samples: Int
    var hasDistribution: Bool
  }

  /// Makes a calibrator that computes on so many threads.
  init(threads: Int) {
    self.threads = threads
  }

  /// The grids that a recipe rounds activations on.
  ///
  /// Where only the greatest values are asked for and the kernels are codes of a byte, they are found
  /// by integer arithmetic, which gives the same values some five times sooner.
  ///
  /// - Parameters:
  ///   - compressed: the recipe's network.
  ///   - weights: its kernels as packed codes, if they are such.
  ///   - training: loads the training set, whose first images calibrate.
  /// - Throws: `LabError.cancelled`, or what loading the training set throws.
  func grids(
    _ recipe: Recipe, compressed: CompressedNetwork, weights: IntegerWeights?,
    training: () throws -> ImageDataset, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ActivationGrids {
    let options = recipe.activations
    let key = Key(
      weights: recipe.weightsKey, fault: recipe.injection.fault, samples: options.samples,
      hasDistribution: options.range != .minimumToMaximum)
    if let known = memory.withLock({ $0.statistics.value(for: key) }) {
      return known.grids(bits: options.bits, range: options.range)
    }
    let images = try images(recipe, training: training)
    let statistics =
      greatest(key, compressed: compressed, weights: weights, images: images)
      ?? ActivationCalibrator.statistics(
        of: compressed.network, on: images, count: images.count,
        hasDistribution: key.hasDistribution, threads: threads, isCancelled: isCancelled)
    guard let statistics else { throw LabError.cancelled }
    memory.withLock { $0.statistics.keep(statistics, for: key) }
    return statistics.grids(bits: options.bits, range: options.range)
  }

  private func greatest(
    _ key: Key, compressed: CompressedNetwork, weights: IntegerWeights?, images: ImageDataset
  ) -> ActivationStatistics? {
    // The run in integers takes bytes as multiples of 1/255.
    guard !key.hasDistribution, images.divisor == 255, let weights else { return nil }
    return GreatestActivations.find(
      of: compressed.network, weights: weights, on: images, threads: threads, cache: stageCache
    ).map(ActivationStatistics.init(greatest:))
  }

  /// The first images of the training set, or what a fault makes of them; the last set asked for is
  /// kept, so that layers which do not change need not run again on it.
  private func images(
    _ recipe: Recipe, training: () throws -> ImageDataset
  ) throws -> ImageDataset {
    let (count, fault) = (recipe.activations.samples, recipe.injection.fault)
    if let known = memory.withLock({ $0.images }), known.fault == fault,
      known.images.count == count
    {
      return known.images
    }
    let images = fault.calibrationImages(of: try training(), count: count)
    memory.withLock { $0.images = (fault, images) }
    return images
  }
}
