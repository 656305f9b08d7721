import Lab

/// What goes on for the recipe that the lab shows: its training, and how far the curve is.
struct LiveProgress: Sendable {
  /// The training of the recipe, which may be over.
  private(set) var training: TrainingCurve?
  /// What the training had learnt when the learner ended it; never the recipe's result.
  private(set) var stopped: StoppedTraining?
  /// How far the sweeps in the background are; none before its first point.
  private(set) var sweeps: [BackgroundRunner.Slot: SweepProgress] = [:]

  /// Whether a training goes on that can be ended or cancelled.
  var isTraining: Bool { training?.isOver == false }

  /// Takes in news of the recipe's own generation.
  mutating func receive(_ news: LaboratoryNews) {
    switch news {
    case .training(let curve, _): training = curve
    case .stopped(let stopped, _): self.stopped = stopped
    case .sweepProgress(let progress, let slot, _): sweeps[slot] = progress
    default: break
    }
  }
}

extension LabScreen {
  /// How far the curve along the moved knob is; nil while none is drawn.
  var sweepProgress: SweepProgress? { live.sweeps[.curve] }
}
