package import Compression

/// News from the background runner about one submission.
package struct LabUpdate: Sendable {
  /// The number that the submitter gave, so that old news can be told from new.
  package let generation: Int
  /// What happened.
  package let content: Content

  /// What happened.
  package enum Content: Sendable {
    /// A first figure from a part of the test set.
    case estimate(Estimate)
    /// The figure of the whole test set; its bytes and its latency are still empty.
    case exact(Measurement)
    /// The same with the bytes of every format; its latency is still empty.
    case weighed(Measurement)
    /// The same with the latency, measured when nothing else was running.
    case timed(Measurement)
    /// How the recipe's training goes; comes many times, before all figures.
    case training(TrainingCurve)
    /// What the training had learnt when it was ended early; comes in place of all figures, once
    /// without and once with the bytes.
    case stopped(StoppedTraining)
    /// The weights of the recipe's kernels, by the kernel's name.
    case histograms([String: WeightHistogram])
    /// A point of a sweep.
    case point(SweepPoint)
    /// All points of a sweep are exact.
    case sweepFinished
    /// The measurement could not be made, with one line that says why.
    case failed(String)
  }
}

/// What a part of the test set says of a recipe.
package struct Estimate: Sendable, Equatable {
  /// The recipe.
  package let recipe: Recipe
  /// What the network said of the part.
  package let evaluation: Evaluation
  /// The accuracy on the whole set that this suggests.
  package let band: AccuracyBand
  /// What the compressed network is; without file sizes.
  package let size: NetworkSize
}

/// One point of a curve of accuracy against a knob.
package struct SweepPoint: Sendable, Equatable {
  /// The place of the point on the curve, counted from 0.
  package let index: Int
  /// The knob's value.
  package let value: String
  /// The accuracy; the band has no width once the point is exact.
  package let band: AccuracyBand
  /// The share of the kernels' weights that are zero.
  package let sparsity: Double
  /// Whether all test images were looked at.
  package let isExact: Bool
  /// How far the sweep is with it.
  package var progress = SweepProgress(done: 0, count: 0)
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
