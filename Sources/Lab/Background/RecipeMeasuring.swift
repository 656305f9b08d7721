import Compression
import NeuralNetwork
import Synchronization

/// Measures one recipe, from its training to its bytes, and publishes each figure when it is found.
struct RecipeMeasuring: Sendable {
  /// What measures.
  let laboratory: Laboratory
  /// The recipe.
  let recipe: Recipe
  /// How earlier trainings went.
  let curves: TrainingCurves
  /// Whether the figures are no longer wanted.
  let isCancelled: @Sendable () -> Bool
  /// Whether the training shall end with what was learnt.
  let isEnded: @Sendable () -> Bool
  /// Takes what is found.
  let publish: @Sendable (LabUpdate.Content) -> Void

  /// The bins of a histogram: enough for the widest panel, few enough to be smooth.
  private static let histogramBins = 160

  /// Publishes everything but the bytes and the latency; returns the measurement with its bytes, or nil
  /// where the training was ended early.
  ///
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  func run() throws -> Measurement? {
    let start = ContinuousClock.now
    guard try train() else { return nil }
    let part = min(BackgroundRunner.estimateImages, laboratory.test.count)
    publish(
      .estimate(try laboratory.estimate(of: recipe, images: part, isCancelled: isCancelled)))
    try publishHistograms(in: laboratory)
    var exact = try measurement(in: laboratory, since: start)
    // Writing all formats may take longer than the images did; the accuracy does not wait for it.
    publish(.exact(exact))
    exact.size = try laboratory.size(of: recipe, isCancelled: isCancelled)
    exact.seconds = (ContinuousClock.now - start) / .seconds(1)
    return exact
  }

  /// Trains if the recipe asks for it and was not trained before; false if that was ended early, and
  /// what was learnt has been measured instead of the recipe.
  private func train() throws -> Bool {
    let key = recipe.essence
    guard laboratory.willTrain(recipe) else {
      if let curve = curves.curve(of: key) { publish(.training(curve)) }
      return true
    }
    let recorder = TrainingRecorder(
      laboratory, recipe: recipe,
      images: min(BackgroundRunner.estimateImages, laboratory.test.count),
      isCancelled: isCancelled
    ) { [publish] curve in publish(.training(curve)) }
    let observer = TrainingObserver(isEnded: isEnded, look: recorder.record)
    let learnt = try laboratory.train(recipe, observer: observer, isCancelled: isCancelled)
    let curve = recorder.finish()
    publish(.training(curve))
    if let learnt {
      try measureStopped(learnt, curve)
      return false
    }
    curves.keep(curve, of: key)
    return true
  }

  private func measureStopped(_ network: Sequential, _ curve: TrainingCurve) throws {
    let aside = laboratory.holding(network, for: recipe)
    var stopped = StoppedTraining(
      measurement: try measurement(in: aside, since: .now), step: curve.step, steps: curve.steps)
    publish(.stopped(stopped))
    try publishHistograms(in: aside)
    stopped.measurement.size = try aside.size(of: recipe, isCancelled: isCancelled)
    publish(.stopped(stopped))
  }

  /// The accuracy on all images; no bytes and no latency yet.
  private func measurement(
    in laboratory: Laboratory, since start: ContinuousClock.Instant
  ) throws -> Measurement {
    let evaluation = try laboratory.evaluation(
      of: recipe, images: laboratory.test.count, isCancelled: isCancelled)
    let size = try laboratory.size(of: recipe, formats: [], isCancelled: isCancelled)
    return Measurement(
      recipe: recipe, evaluation: evaluation, size: size, latency: [:],
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func publishHistograms(in laboratory: Laboratory) throws {
    var histograms: [String: WeightHistogram] = [:]
    for kernel in try laboratory.compressed(recipe).kernels {
      histograms[kernel.name] = try laboratory.weightHistogram(
        of: kernel.name, under: recipe, bins: Self.histogramBins)
    }
    publish(.histograms(histograms))
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
