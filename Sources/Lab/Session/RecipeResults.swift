import Compression
package import Localization

/// What is known of the recipe as it stands, and what was asked for it.
package struct RecipeResults: Sendable {
  /// The first figure, from a part of the test set.
  package internal(set) var estimate: Estimate?
  /// The exact figures, as far as they are known.
  package internal(set) var measurement: Measurement?
  /// The recipe's training, which may be over.
  package internal(set) var training: TrainingCurve?
  /// What the training had learned when the learner ended it; never the recipe's result.
  package internal(set) var stopped: StoppedTraining?
  /// Why the recipe cannot be measured.
  package internal(set) var refusal: Phrase?
  /// How far the sweeps in the background are; none before its first point.
  package internal(set) var sweeps: [LabSlot: SweepProgress] = [:]
  /// The kinds of work, beside the measurement, that were asked for.
  var asked: Set<LabSlot> = []

  /// Makes the state of a recipe that nothing is known of.
  package init() {}

  /// Whether a training goes on that can be ended or canceled.
  package var isTraining: Bool { training?.isOver == false }

  /// How far a sweep is, such as `≈ 3/12` while it estimates and `3/12` while points become exact;
  /// empty before its first point and once all are exact.
  package func sweepText(_ slot: LabSlot) -> String {
    guard let sweep = sweeps[slot], !sweep.isFinished else { return "" }
    return (sweep.isExact ? "" : "≈ ") + "\(sweep.doneInPass)/\(sweep.count)"
  }
}
