import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// The lab: sliders for a recipe, and what the network does under it.
///
/// What was set, guessed and measured is a `LabSession`; the screen holds how it is looked at.
struct LabScreen: TutorScreen {
  /// The experiment's id, or nil for the free lab.
  let experimentID: String?
  /// The plots that the experiment names; empty for the usual ones.
  let plots: [String]
  /// The challenge that is tried, if one is.
  var attempt: ChallengeAttemptState?
  /// What was set, guessed and measured.
  var session: LabSession
  /// What is guessed: the experiment's quantity for its own prediction, else the accuracy.
  var guessed = Quantity.accuracy
  /// The focused slider.
  var focus: SelectionState
  /// The page of panels that is shown.
  var page = 0
  /// The text beside or below the sliders.
  var lesson = LessonPane()
  /// What is being typed: the guess while it is asked for, else a value of the focused knob.
  var field: TextFieldState?
  /// The slider that the mouse holds.
  var dragged: Int?

  /// The effects that open the lab for an experiment, or the free lab for nil.
  ///
  /// From a question, a window that is wide enough has the question beside the lab.
  static func opening(
    experiment: Experiment?, from questionID: String? = nil, _ context: TutorContext
  ) -> [TutorEffect] {
    var screen = LabScreen(experiment: experiment, settings: nil)
    screen.lesson.questionID = questionID
    if questionID != nil, context.screenArea.width >= LessonPane.minWidth {
      screen.lesson.page = .question
    }
    return [.push(screen)]
  }

  /// Makes the lab for an experiment, or with all knobs; `settings` overrule the starting recipe and
  /// go without a guess.
  init(experiment: Experiment?, settings: [String: String]?) {
    let target = settings == nil ? experiment?.prediction : nil
    self.init(
      LabSession(
        from: Recipe(experiment?.settings ?? []), knobs: experiment?.knobs ?? [],
        sweeping: experiment?.sweep, showing: experiment?.layer, changedBy: settings ?? [:],
        asking: target.map { Recipe($0) }),
      experimentID: experiment?.id, plots: experiment?.plots ?? [])
    if target != nil, let experiment {
      guessed = (try? Quantity(experiment.guess)) ?? .accuracy
      field = TextFieldState()
      lesson.isShown = true
    }
  }

  /// Makes the lab for a session.
  init(_ session: LabSession, experimentID: String? = nil, plots: [String] = []) {
    self.experimentID = experimentID
    self.plots = plots
    self.session = session
    focus = SelectionState(
      session.knobs.firstIndex { $0.name == session.curve.key.name } ?? 0)
  }

  var position: ScreenPosition? {
    let settings = Dictionary(session.recipe.settings.map { ($0.key, $0.value) }) { first, _ in
      first
    }
    if let attempt { return .challenge(id: attempt.challengeID, settings: settings) }
    return .lab(experimentID: experimentID, settings: settings)
  }

  /// The experiment in the learner's language.
  func experiment(_ context: TutorContext) -> Experiment? {
    experimentID.flatMap { context.experiment($0)?.experiment }
  }

  func title(_ context: TutorContext) -> String {
    // Whose network it is comes first, so that a narrow window does not cut it off.
    let source = context.laboratorySource
    return (source.isBuiltIn ? "" : source.label(context.language) + " · ") + plainTitle(context)
  }

  private func plainTitle(_ context: TutorContext) -> String {
    if let challenge = challenge(context) {
      return context.text(Phrases.challenges) + " · \(challenge.title)"
    }
    guard let id = experimentID, let (chapter, experiment) = context.experiment(id) else {
      return context.text(Phrases.lab)
    }
    return "\(chapter.number) \(chapter.title) · \(context.text(Phrases.lab)): \(experiment.title)"
  }

  /// The focused knob.
  var focusedKnob: Knob {
    session.knobs[max(0, min(focus.index, session.knobs.count - 1))]
  }
}

// MARK: Asking and being answered

extension LabScreen {
  /// Does something in the session and asks for what that needs; while a guess is prepared nothing is
  /// measured.
  mutating func ask(_ act: (inout LabSession) -> [LabRequest]) -> [TutorEffect] {
    let requests = act(&session)
    return session.prediction == .arming
      ? [.cancel(.measurement)] : requests.map(TutorEffect.ask)
  }

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] {
    ask { $0.measure() }
  }

  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    ask { $0.begin() }
  }

  mutating func use(_ recipe: Recipe, _ context: inout TutorContext) -> [TutorEffect] {
    ask { $0.use(recipe, at: context.now) }
  }

  mutating func resized(_ context: inout TutorContext) -> [TutorEffect] {
    panelRequests(context)
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    session.receive(reply)
    switch reply {
    case .measured(let measurement, let stage):
      context.workbench.note(measurement)
      return recordGuess(measurement) + (stage == .accuracy ? panelRequests(context) : [])
    case .refused(.files, let error):
      context.notice = context.text(Phrase(describing: error))
    default: break
    }
    return []
  }

  /// Puts the truth beside the guess as soon as it is measured; bytes and times come later.
  private mutating func recordGuess(_ measurement: Lab.Measurement) -> [TutorEffect] {
    guard let truth = guessed.value(in: measurement), session.resolvePrediction(with: truth),
      guessed.isQuality, let (target, guess) = session.prediction.guessMade
    else { return [] }
    return [
      .store(
        .recordPrediction(
          experimentID: experimentID ?? "lab", recipe: target.line, guess: guess, truth: truth))
    ]
  }
}

extension Recipe {
  /// A recipe from a lesson's settings; the linter has made sure that they are right.
  init(_ settings: [Setting]) {
    self.init()
    for setting in settings { try? set(setting.key, setting.value) }
  }
}
