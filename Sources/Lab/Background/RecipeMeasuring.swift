import Compression
import NeuralNetwork
import Synchronization

/// Measures one recipe, from its training to its latency, and tells each figure when it is found.
struct RecipeMeasuring: BackgroundWork {
  /// What measures.
  let laboratory: Laboratory
  /// The recipe.
  let recipe: Recipe
  /// How earlier trainings went.
  let curves: TrainingCurves
  /// What else the program does, which no measurement of time shall overlap.
  let activity: ForegroundActivity
  /// Everything but the latency, once it is measured.
  private var figures: Measurement?

  init(
    laboratory: Laboratory, recipe: Recipe, curves: TrainingCurves, activity: ForegroundActivity
  ) {
    self.laboratory = laboratory
    self.recipe = recipe
    self.curves = curves
    self.activity = activity
  }

  /// The bins of a histogram: enough for the widest panel, few enough to be smooth.
  private static let histogramBins = 160

  var isPatient: Bool { figures != nil }

  /// Measures everything but the latency, then the latency.
  ///
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  mutating func performStep(_ control: WorkControl) throws -> Bool {
    if var timed = figures {
      timed.add(
        try laboratory.latency(
          of: recipe, activity: activity, isCancelled: control.isCancelled))
      control.reply(.measured(timed, .latency))
      return false
    }
    figures = try measure(control)
    return figures != nil
  }

  /// The measurement with its bytes, or nil where the training was ended early.
  private func measure(_ control: WorkControl) throws -> Measurement? {
    let start = ContinuousClock.now
    guard try train(control) else { return nil }
    let part = min(Laboratory.estimateImages, laboratory.test.count)
    control.reply(
      .estimate(
        try laboratory.estimate(of: recipe, images: part, isCancelled: control.isCancelled)))
    try tellHistograms(in: laboratory, control)
    var exact = try measurement(in: laboratory, since: start, control)
    // Writing all formats may take longer than the images did; the accuracy does not wait for it.
    control.reply(.measured(exact, .accuracy))
    exact.size = try laboratory.size(of: recipe, isCancelled: control.isCancelled)
    exact.seconds = (ContinuousClock.now - start) / .seconds(1)
    control.reply(.measured(exact, .bytes))
    return exact
  }

  /// Trains if the recipe asks for it and was not trained before; false if that was ended early, and
  /// what was learnt has been measured instead of the recipe.
  private func train(_ control: WorkControl) throws -> Bool {
    let key = recipe.essence
    guard laboratory.willTrain(recipe) else {
      if let curve = curves.curve(of: key) { control.reply(.training(curve)) }
      return true
    }
    let recorder = TrainingRecorder(
      laboratory, recipe: recipe,
      images: min(Laboratory.estimateImages, laboratory.test.count),
      isCancelled: control.isCancelled
    ) { control.reply(.training($0)) }
    let observer = TrainingObserver(isEnded: control.isTrainingEnded, look: recorder.record)
    let learnt = try laboratory.train(
      recipe, observer: observer, isCancelled: control.isCancelled)
    let curve = recorder.finish()
    control.reply(.training(curve))
    if let learnt {
      try measureStopped(learnt, curve, control)
      return false
    }
    curves.keep(curve, of: key)
    return true
  }

  private func measureStopped(
    _ network: Network, _ curve: TrainingCurve, _ control: WorkControl
  ) throws {
    let aside = laboratory.holding(network, for: recipe)
    var stopped = StoppedTraining(
      measurement: try measurement(in: aside, since: .now, control), step: curve.step,
      steps: curve.steps)
    control.reply(.stopped(stopped))
    try tellHistograms(in: aside, control)
    stopped.measurement.size = try aside.size(of: recipe, isCancelled: control.isCancelled)
    control.reply(.stopped(stopped))
  }

  /// The accuracy on all images; no bytes and no latency yet.
  private func measurement(
    in laboratory: Laboratory, since start: ContinuousClock.Instant, _ control: WorkControl
  ) throws -> Measurement {
    let evaluation = try laboratory.evaluation(
      of: recipe, images: laboratory.test.count, isCancelled: control.isCancelled)
    let size = try laboratory.size(of: recipe, formats: [], isCancelled: control.isCancelled)
    return Measurement(
      recipe: recipe, evaluation: evaluation, size: size, latency: [:],
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func tellHistograms(in laboratory: Laboratory, _ control: WorkControl) throws {
    var histograms: [String: WeightHistogram] = [:]
    for kernel in try laboratory.compressed(recipe).kernels {
      histograms[kernel.name] = try laboratory.weightHistogram(
        of: kernel.name, under: recipe, bins: Self.histogramBins)
    }
    control.reply(.histograms(histograms))
  }
}

/// How the latest trainings went, so that a recipe that was trained before can show it again.
final class TrainingCurves: Sendable {
  private let curves = Mutex(RecentValues<Recipe, TrainingCurve>(capacity: 8))

  /// The curve of a recipe's training.
  func curve(of recipe: Recipe) -> TrainingCurve? {
    curves.withLock { $0.value(for: recipe) }
  }

  /// Keeps the curve of a whole training.
  func keep(_ curve: TrainingCurve, of recipe: Recipe) {
    curves.withLock { $0.keep(curve, for: recipe) }
  }
}
