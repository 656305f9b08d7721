package import Compression

/// What the learner has set, guessed and measured in a lab, whatever shows it.
///
/// Whatever must be asked of the laboratory is returned as requests; what it answers comes back
/// through `receive`. Answers that were overtaken never arrive, so that a result never stands beside
/// settings that it does not belong to.
package struct LabSession: Sendable {
  /// The recipe to go back to.
  package let startingRecipe: Recipe
  /// The knobs that can be turned, in order.
  package private(set) var knobs: [Knob]
  /// The recipe as the knobs show it.
  package internal(set) var recipe: Recipe
  /// The recipes before and after it, for undo and redo.
  package internal(set) var history = RecipeHistory()
  /// The guess, if one is asked for or made.
  package internal(set) var prediction = Prediction.none
  /// What is known of the recipe.
  package internal(set) var results = RecipeResults()
  /// The weights of its kernels.
  package internal(set) var kernels: KernelHistograms
  /// What was measured along the moved knob.
  package internal(set) var curve: KnobCurve
  /// What rounding one layer at a time does to the recipe.
  package internal(set) var sensitivity = LayerSensitivity()
  /// The runs with several seeds, of the recipe that they were begun for.
  package internal(set) var seeds: SeedRuns?
  /// What was drawn of the recipe beyond its measurement.
  package internal(set) var album = PictureAlbum()

  /// Makes a session.
  ///
  /// - Parameters:
  ///   - start: The recipe to begin with and to go back to.
  ///   - names: The knobs that can be turned; all where none is known.
  ///   - sweep: The knob whose curve is drawn first; else the weights' bits.
  ///   - kernel: The kernel that is looked at first.
  ///   - settings: What the recipe differs in from the starting one.
  ///   - target: The recipe of which something is to be guessed before anything is shown.
  package init(
    from start: Recipe = Recipe(), knobs names: [String] = [], sweeping sweep: String? = nil,
    showing kernel: String? = nil, changedBy settings: [String: String] = [:],
    asking target: Recipe? = nil
  ) {
    startingRecipe = start
    let named = names.compactMap(Knob.named)
    knobs = named.isEmpty ? Knob.all : named
    var recipe = start
    for (key, value) in settings { try? recipe.set(key, value) }
    self.recipe = recipe
    let first = sweep.flatMap(Knob.named) ?? knobs.first { $0.name == "weights.bits" } ?? knobs[0]
    curve = KnobCurve(along: first, through: recipe)
    kernels = KernelHistograms(showing: kernel ?? "dense/kernel")
    if let target { prediction = .asking(target: target) }
    revealKnobs(for: recipe)
  }

  /// Adds a knob for every setting of a recipe that has none, so that nothing in it is out of reach.
  mutating func revealKnobs(for recipe: Recipe) {
    knobs += Knob.all.filter { knob in
      knob.read(recipe) != knob.read(startingRecipe) && !knobs.contains { $0.name == knob.name }
    }
  }

  /// Whether measuring the recipe trains or optimizes first.
  package var takesSeconds: Bool {
    recipe.finetune.epochs > 0 || [.adaround, .gptq].contains(recipe.weights.rounding)
      || recipe.prune.criterion == .obs
  }

  /// Whether the curve is drawn without being asked for; not where every point would train or
  /// optimize for seconds.
  package var sweepsByItself: Bool {
    let costly = ["finetune.epochs", "weights.rounding", "prune.criterion"]
    return !takesSeconds && !costly.contains(curve.key.name)
  }
}

// MARK: Setting

extension LabSession {
  /// Sets a knob to a value; one that is not allowed changes nothing.
  ///
  /// - Parameter now: The time in seconds, by which moves are joined to one step of the history.
  package mutating func set(_ knob: Knob, to value: String, at now: Double) -> [LabRequest] {
    var changed = recipe
    guard knob.write(&changed, value) else { return [] }
    return change(to: changed, moving: knob, at: now)
  }

  /// Turns a knob by some steps of its scale.
  package mutating func turn(
    _ knob: Knob, by steps: Int, coarsely: Bool = false, at now: Double
  ) -> [LabRequest] {
    let scale = KnobScale(knob, for: recipe)
    return set(
      knob, to: scale.value(from: knob.read(recipe), steps: steps, coarse: coarsely), at: now)
  }

  /// Changes the recipe, which becomes a step of the history.
  ///
  /// - Parameter knob: The knob that is moved; nil for a change of another kind.
  package mutating func change(
    to recipe: Recipe, moving knob: Knob? = nil, at now: Double
  ) -> [LabRequest] {
    guard recipe != self.recipe else { return [] }
    history.leave(self.recipe, moving: knob?.name, at: now)
    return show(recipe, moving: knob)
  }

  /// Changes to a recipe from elsewhere, with a knob for everything in it.
  package mutating func use(_ recipe: Recipe, at now: Double) -> [LabRequest] {
    revealKnobs(for: recipe)
    return change(to: recipe, at: now)
  }

  /// Goes back to the recipe before.
  package mutating func undo() -> [LabRequest] {
    history.undo(from: recipe).map { show($0, moving: nil) } ?? []
  }

  /// Goes forward to the recipe that was undone.
  package mutating func redo() -> [LabRequest] {
    history.redo(from: recipe).map { show($0, moving: nil) } ?? []
  }

  /// Joins whatever is set from now on to one step of the history, until `letGo`.
  package mutating func takeHold() { history.hold() }

  /// Makes the next change a step of its own.
  package mutating func letGo() { history.release() }

  /// Shows a recipe without a step of the history.
  mutating func show(_ recipe: Recipe, moving knob: Knob?) -> [LabRequest] {
    self.recipe = recipe
    let knob = knob ?? curve.key
    if knob.name != curve.key.name || !curve.contains(recipe) {
      curve = KnobCurve(along: knob, through: recipe)
    }
    if let target = prediction.guessMade?.target, target != recipe { prediction = .none }
    return measure()
  }
}

// MARK: Guessing

extension LabSession {
  /// Lets the learner set the knobs unseen before a guess, or ends that.
  package mutating func togglePrediction() -> [LabRequest] {
    prediction = prediction == .arming ? .none : .arming
    return measure()
  }

  /// Asks for the guess of the recipe that was set unseen.
  package mutating func askForGuess() {
    if prediction == .arming { prediction = .asking(target: recipe) }
  }

  /// Takes the guess that was asked for, and shows the recipe that it was made for.
  package mutating func guess(_ value: Double, at now: Double) -> [LabRequest] {
    guard case .asking(let target) = prediction else { return [] }
    prediction = .waiting(target: target, guess: value)
    guard target != recipe else { return measure() }
    history.leave(recipe, moving: nil, at: now)
    return show(target, moving: nil)
  }

  /// Goes on without a guess.
  package mutating func endPrediction() -> [LabRequest] {
    prediction = .none
    return measure()
  }

  /// Puts the truth beside the guess; false where no guess waits for it.
  package mutating func resolvePrediction(with truth: Double) -> Bool {
    guard case .waiting(let target, let guess) = prediction, target == recipe else {
      return false
    }
    prediction = .resolved(target: target, guess: guess, truth: truth)
    return true
  }
}
