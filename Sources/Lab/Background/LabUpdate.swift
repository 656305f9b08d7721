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
  package let outcome: Outcome
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
}
