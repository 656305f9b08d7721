import Compression
import Lab
import Localization
import TerminalCanvas

/// What goes on for the recipe that the lab shows: its training, and how far the curve is.
struct LiveProgress: Sendable {
  /// The training of the recipe, which may be over.
  private(set) var training: TrainingCurve?
  /// What the training had learnt when the learner ended it; never the recipe's result.
  private(set) var stopped: StoppedTraining?
  /// How far the sweeps in the background are; none before its first point.
  private(set) var sweeps: [LabSlot: SweepProgress] = [:]

  /// Whether a training goes on that can be ended or cancelled.
  var isTraining: Bool { training?.isOver == false }

  /// How far a sweep is, such as `≈ 3/12` while it estimates and `3/12` while points become exact;
  /// empty before its first point and once all are exact.
  func sweepText(_ slot: LabSlot) -> String {
    guard let sweep = sweeps[slot], !sweep.isFinished else { return "" }
    return (sweep.isExact ? "" : "≈ ") + "\(sweep.doneInPass)/\(sweep.count)"
  }

  /// Takes in a reply that tells how far something is.
  mutating func receive(_ reply: LabReply) {
    switch reply {
    case .training(let curve): training = curve
    case .stopped(let stopped): self.stopped = stopped
    case .point(let point): sweeps[.curve] = point.progress
    case .layerPoint(_, _, let point): sweeps[.layers] = point.progress
    default: break
    }
  }
}

extension LiveProgress {
  /// What an ended training may be called: never the recipe's result.
  static func stoppedText(_ stopped: StoppedTraining, _ isEnglish: Bool) -> String {
    isEnglish
      ? "stopped after \(stopped.step) of \(stopped.steps) steps: not the recipe's result; "
        + "e trains anew"
      : "训练到第 \(stopped.step)/\(stopped.steps) 步就停了：不是该配方的结果；按 e 重新训练"
  }
}

extension LabScreen {
  /// How far the curve along the moved knob is; nil while none is drawn.
  var sweepProgress: SweepProgress? { live.sweeps[.curve] }

  /// The keys of a training that goes on, or that was ended.
  var trainingBindings: [KeyBinding] {
    if live.isTraining {
      return [
        KeyBinding(
          .endTraining, [.character("e")], Phrase("end here", "到此为止"),
          Phrase("end the training and measure what was learnt", "结束训练，测量已学到的结果")),
        KeyBinding(
          .cancelTraining, [.character("z")], Phrase("cancel", "取消"),
          Phrase("cancel the training and go back to the recipe before", "取消训练，回到之前的配方")),
      ]
    }
    guard live.stopped != nil else { return [] }
    return [
      KeyBinding(
        .endTraining, [.character("e")], Phrase("train anew", "重新训练"),
        Phrase("train to the end and measure the recipe", "完整训练并测量该配方"))
    ]
  }

  /// Ends the training, or begins it anew if it was ended.
  mutating func endTraining() -> [TutorEffect] {
    if live.isTraining { return [.endTraining] }
    return live.stopped == nil ? [] : request()
  }

  /// Goes back to the recipe before the training, or to the one that does not train.
  mutating func cancelTraining() -> [TutorEffect] {
    guard live.isTraining else { return [] }
    if let before = history.undo(from: recipe) { return show(before, moving: nil) }
    var untrained = recipe
    untrained.finetune.epochs = 0
    return show(untrained, moving: nil)
  }
}
