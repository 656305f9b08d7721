package import Compression

/// What a recipe did to a network.
package struct Measurement: Sendable, Equatable {
  /// The recipe.
  package var recipe: Recipe
  /// What the compressed network said of the images.
  package var evaluation: Evaluation
  /// What the compressed network is, whatever it says.
  package var size: NetworkSize
  /// Microseconds an image, the median, by the kernel that ran; empty where it was not measured.
  package var latency: [String: Double]
  /// How long the measurement took, in seconds.
  package var seconds: Double
  /// Microseconds an image through the uncompressed network in float, the median, timed in turn with
  /// `latency`; none where time was not measured.
  package var baselineLatency: Double?
  /// The times that the medians come from, with those of larger batches; none where time was not
  /// measured.
  package var latencySpread: LatencyReport?

  /// Correct over images.
  package var accuracy: Double { evaluation.accuracy }
  /// The band of the accuracy (Wilson, 95 %).
  package var band: AccuracyBand {
    .wilson(correct: evaluation.correct, images: evaluation.images)
  }

  /// How many times as fast as the uncompressed network in float a kernel is, the fastest if none is
  /// named; nil where time was not measured.
  package func speedup(of kernel: String? = nil) -> Double? {
    guard let baselineLatency, let own = kernel.map({ latency[$0] }) ?? latency.values.min(),
      own > 0
    else { return nil }
    return baselineLatency / own
  }

  /// Adds what was measured of the time of an image.
  package mutating func add(_ report: LatencyReport) {
    latency = report.medians
    baselineLatency = report.baselineMedian
    latencySpread = report
  }
}
