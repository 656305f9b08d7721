package import NeuralNetwork
import Synchronization

/// Finds the ranges of activations by running calibration images.
///
/// Ranges are those of the network as compressed so far: its weights are pruned and rounded, its
/// activations still float. That is the order in which post-training quantization meets the parts.
package enum ActivationCalibrator {
  /// Runs the first images of a set and gathers what its layers pass on.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - network: the network as compressed so far.
  ///   - images: the training set; labels are not looked at.
  ///   - count: how many of the first images to run; all of them if there are fewer.
  ///   - hasDistribution: whether percentiles and squared errors will be asked for.
  ///   - isCancelled: asked between chunks of images; nil is returned once it says so.
  package static func statistics(
    of network: Network, on images: ImageDataset, count: Int, hasDistribution: Bool,
    threads: Int, isCancelled: @Sendable () -> Bool = { false }
  ) -> ActivationStatistics? {
    let plan = InferencePlan(network, pixelDivisor: images.divisor)
    let imageCount = min(count, images.count)
    let chunk = 128
    let chunks = (imageCount + chunk - 1) / chunk
    let workers = max(1, min(threads, chunks))
    let gathered = Mutex([[String: ActivationHistogram]](repeating: [:], count: workers))
    Parallel.forEach(count: chunks, threads: workers) { index, worker in
      if isCancelled() { return }
      // Calls of one worker never overlap, so it may take its histograms out and put them back.
      var sites = gathered.withLock { all in
        let mine = all[worker]
        all[worker] = [:]
        return mine
      }
      plan.visitActivations(
        of: images, in: index * chunk..<min((index + 1) * chunk, imageCount)
      ) { site, values in
        sites[site, default: ActivationHistogram(hasBins: hasDistribution)].add(values)
      }
      gathered.withLock { $0[worker] = sites }
    }
    if isCancelled() { return nil }
    let merged = gathered.withLock { all in
      all.dropFirst().reduce(into: all[0]) { sum, part in
        for (site, histogram) in part {
          sum[site, default: ActivationHistogram(hasBins: hasDistribution)].merge(histogram)
        }
      }
    }
    return ActivationStatistics(sites: merged, hasDistribution: hasDistribution)
  }
}
