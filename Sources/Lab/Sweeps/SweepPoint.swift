/// One point of a curve of accuracy against a knob.
package struct SweepPoint: Sendable, Equatable {
  /// The place of the point on the curve, counted from 0.
  package let index: Int
  /// The knob's value.
  package let value: String
  /// The share of test images that are classified right.
  package let accuracy: Double
  /// How sure it is: of an exact figure for other images like these (Wilson), of an estimate for the
  /// whole test set.
  package let band: AccuracyBand
  /// The share of the kernels' weights that are zero.
  package let sparsity: Double
  /// Whether all test images were looked at.
  package let isExact: Bool
  /// How far the curve is with it.
  package let progress: SweepProgress

  /// Makes a point.
  package init(
    index: Int, value: String, accuracy: Double, band: AccuracyBand, sparsity: Double,
    isExact: Bool, progress: SweepProgress
  ) {
    self.index = index
    self.value = value
    self.accuracy = accuracy
    self.band = band
    self.sparsity = sparsity
    self.isExact = isExact
    self.progress = progress
  }
}

/// How far a sweep is: every point is estimated, then every point is measured on all images.
package struct SweepProgress: Sendable, Hashable {
  /// The points done, estimates and exact ones together.
  package var done: Int
  /// The points of the curve.
  package var count: Int

  /// Makes a record.
  package init(done: Int, count: Int) {
    self.done = done
    self.count = count
  }

  /// Whether the estimates are there and points become exact.
  package var isExact: Bool { done >= count }
  /// The points done in the pass over the curve that goes on.
  package var doneInPass: Int { isExact ? done - count : done }
  /// Whether all points are exact.
  package var isFinished: Bool { done >= 2 * count }
}
