import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// The lab: sliders for a recipe, and what the network does under it.
///
/// A moved slider asks for another measurement; replies to an earlier one no longer arrive, so that a
/// result never stands beside settings it does not belong to.
struct LabScreen: TutorScreen {
  /// The experiment's id, or nil for the free lab.
  let experimentID: String?
  /// The recipe to go back to.
  let startingRecipe: Recipe
  /// The keys with a slider, in order.
  var knobs: [Knob]
  /// The recipe as the sliders show it.
  var recipe: Recipe
  /// The recipes before and after it, for undo and redo.
  var history = RecipeHistory()
  /// The focused slider.
  var focus = SelectionState()
  /// The first figure for the recipe, from a part of the test set.
  var estimate: Estimate?
  /// The exact figures for the recipe.
  var measurement: Measurement?
  /// The histograms of the recipe's kernels.
  var histograms: [String: WeightHistogram] = [:]
  /// Whether the histograms are of the recipe and not of the one before.
  var areHistogramsCurrent = false
  /// What goes on for the recipe: its training, and how far the curve is.
  var live = LiveProgress()
  /// Why the recipe cannot be measured.
  var refusal: String?
  /// The accuracy along the moved knob.
  var curve: Curve
  /// The kernel whose histogram is drawn.
  var layer: String
  /// The page of panels that is shown.
  var page = 0
  /// Whether the text takes the panels' place where it has no pane of its own.
  var showsText = false
  /// The plots that the experiment names; empty for the usual ones.
  let plots: [PlotKind]
  /// The panels whose background work was asked for since the recipe was measured.
  var served: Set<LabPanel> = []
  /// What rounding one layer at a time does to the recipe.
  var sensitivity = LayerSensitivity()
  /// The runs with several seeds, of the recipe that they were begun for.
  var seeds: SeedRuns?
  /// What was drawn of the recipe beyond its measurement.
  var pictures = LabPictures()
  /// How far the lower part's text is scrolled.
  var textScroll = ScrollState()
  /// Which text stands beside or below the sliders.
  var lesson = LessonPane()
  /// The value being typed for the focused knob.
  var valueField: TextFieldState?
  /// The guess, if one is made.
  var prediction = Prediction.none
  /// What is guessed: the experiment's quantity for its own prediction, else the accuracy.
  var guessed = Quantity.accuracy
  /// The challenge that is tried, if one is.
  var attempt: ChallengeAttemptState?
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
    if questionID != nil, context.screenArea.width >= LessonPane.leastWidth {
      screen.lesson.page = .question
    }
    return [.push(screen)]
  }

  /// Makes the lab for an experiment, or with all knobs; `settings` overrule the starting recipe.
  init(experiment: Experiment?, settings: [String: String]?) {
    experimentID = experiment?.id
    let start = Self.recipe(from: experiment?.settings ?? [])
    startingRecipe = start
    let named = (experiment?.knobs ?? []).compactMap(Knob.named)
    knobs = named.isEmpty ? Knob.all : named
    let sweep =
      experiment.flatMap { Knob.named($0.sweep) } ?? Knob.named("weights.bits")
      ?? knobs[0]
    focus = SelectionState(knobs.firstIndex { $0.name == sweep.name } ?? 0)
    var recipe = start
    for (key, value) in settings ?? [:] { try? recipe.set(key, value) }
    self.recipe = recipe
    curve = Curve(along: sweep, through: recipe)
    layer = experiment?.layer ?? "dense/kernel"
    plots = experiment?.plots ?? []
    revealKnobs(for: recipe)
    if settings == nil, let experiment, let target = experiment.prediction {
      guessed = (try? Quantity(experiment.guess)) ?? .accuracy
      prediction = .asking(target: Self.recipe(from: target), field: TextFieldState())
      showsText = true
    }
  }

  /// Makes the lab without an experiment: a starting recipe, some knobs or all, and settings that
  /// overrule the recipe.
  init(settings: [Setting], knobs names: [String], overruledBy others: [String: String]?) {
    experimentID = nil
    startingRecipe = Self.recipe(from: settings)
    let named = names.compactMap(Knob.named)
    knobs = named.isEmpty ? Knob.all : named
    let sweep = knobs.first { $0.name == "weights.bits" } ?? knobs[0]
    focus = SelectionState(knobs.firstIndex { $0.name == sweep.name } ?? 0)
    var recipe = startingRecipe
    for (key, value) in others ?? [:] { try? recipe.set(key, value) }
    self.recipe = recipe
    curve = Curve(along: sweep, through: recipe)
    layer = "dense/kernel"
    plots = []
    revealKnobs(for: recipe)
  }

  /// A recipe from a lesson's settings; the linter has made sure that they are right.
  static func recipe(from settings: [Setting]) -> Recipe {
    var recipe = Recipe()
    for setting in settings { try? recipe.set(setting.key, setting.value) }
    return recipe
  }

  var position: ScreenPosition? {
    let settings = Dictionary(recipe.settings.map { ($0.key, $0.value) }) { first, _ in first }
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

  /// The key of the focused slider.
  var focusedKey: Knob { knobs[max(0, min(focus.index, knobs.count - 1))] }
}

// MARK: Measuring

extension LabScreen {
  /// Asks for a measurement of the recipe as it is.
  mutating func request() -> [TutorEffect] {
    areHistogramsCurrent = false
    estimate = nil
    refusal = nil
    measurement = nil
    live = LiveProgress()
    served = []
    if seeds?.comparison.isComplete == false { seeds = nil }
    pictures.forget()
    if case .arming = prediction { return [.cancel(.measurement)] }
    return [.ask(.measure(recipe))]
  }

  /// Changes the recipe and asks for its measurement.
  mutating func change(to recipe: Recipe, moving key: Knob?) -> [TutorEffect] {
    guard recipe != self.recipe else { return [] }
    history.leave(self.recipe, moving: key?.name)
    return show(recipe, moving: key)
  }

  /// Shows a recipe without remembering the one before.
  mutating func show(_ recipe: Recipe, moving key: Knob?) -> [TutorEffect] {
    self.recipe = recipe
    if let key, curve.key != key.name || !curve.contains(recipe) {
      curve = Curve(along: key, through: recipe)
    } else if !curve.contains(recipe), let key = Knob.named(curve.key) {
      curve = Curve(along: key, through: recipe)
    }
    if let target = prediction.answeredTarget, target != recipe { prediction = .none }
    return request()
  }

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] {
    request() + (attempt == nil ? [] : [.records(.readAttempts)])
  }

  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    forgetNetwork()
    return request()
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    switch reply {
    case .training, .stopped: live.receive(reply)
    case .estimate(let estimate):
      self.estimate = estimate
      curve.add(
        CurvePoint(accuracy: estimate.band.estimate, isExact: false, band: estimate.band),
        at: value(of: curve.key))
    case .histograms(let histograms):
      self.histograms = histograms
      areHistogramsCurrent = true
      // A recipe may replace the layer that was looked at by others.
      if histograms[layer] == nil, let first = kernelNames.first { layer = first }
    case .measured(let measurement, let stage):
      self.measurement = measurement
      context.workbench.note(measurement)
      let resolved = resolvePrediction(measurement)
      guard stage == .accuracy else { return resolved }
      sensitivity.begin(with: recipe)
      curve.add(
        CurvePoint(accuracy: measurement.accuracy, isExact: true, band: measurement.band),
        at: value(of: curve.key))
      return resolved + panelRequests(context)
    case .picture(let picture): pictures.add(picture)
    case .point(let point):
      live.receive(reply)
      curve.add(CurvePoint(point), at: point.value)
    case .layerPoint(let layer, let bits, let point):
      live.receive(reply)
      sensitivity.add(CurvePoint(point), layer: layer, bits: bits)
    case .bytes(let value, let bytes): pictures.weights.add(bytes, at: value, along: curve)
    case .seeds(let runs): seeds = runs
    case .refused(.measurement, let error), .refused(.pictures, let error),
      .refused(.seeds, let error):
      refusal = "\(error)"
    case .refused(.files, let error):
      context.notice = context.text(FileProblemText.phrase(for: error))
    case .refused, .opened, .inspection, .survey, .tuning, .report, .reading: break
    }
    return []
  }

  mutating func resized(_ context: inout TutorContext) -> [TutorEffect] {
    panelRequests(context)
  }

  /// Whether the curve is drawn without being asked for; not where every point would train or
  /// optimise for seconds.
  var sweepsByItself: Bool {
    let costlyKeys = ["finetune.epochs", "weights.rounding", "prune.criterion"]
    return !takesSeconds && !costlyKeys.contains(curve.key)
  }

  /// Whether measuring the recipe trains or optimises first.
  var takesSeconds: Bool {
    recipe.finetune.epochs > 0 || [.adaround, .gptq].contains(recipe.weights.rounding)
      || recipe.prune.criterion == .obs
  }

  private func value(of key: String) -> String {
    Knob.named(key)?.read(recipe) ?? ""
  }

  /// Puts the truth beside the guess as soon as it is measured; bytes and times come later.
  private mutating func resolvePrediction(_ measurement: Measurement) -> [TutorEffect] {
    guard case .waiting(let target, let guess) = prediction, target == recipe,
      let truth = guessed.value(in: measurement)
    else { return [] }
    prediction = .resolved(target: target, guess: guess, truth: truth)
    guard guessed.isQuality else { return [] }
    return [
      .recordPrediction(
        experimentID: experimentID ?? "lab", recipe: recipe.line, guess: guess,
        truth: truth)
    ]
  }
}
