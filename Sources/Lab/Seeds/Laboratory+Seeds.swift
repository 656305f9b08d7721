package import Compression
import NeuralNetwork

extension Laboratory {
  /// Runs a recipe and its control with every seed of a comparison, one after another.
  ///
  /// - Parameters:
  ///   - isCancelled: asked between chunks of images and steps of fine-tuning.
  ///   - report: told of the runs done and of the share of the next one's training that is done; 0
  ///     where nothing is trained.
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  package func compareSeeds(
    of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (_ comparison: SeedComparison, _ share: Double) -> Void
  ) throws {
    var comparison = SeedComparison(of: recipe)
    while !comparison.isComplete {
      try addSeed(to: &comparison, isCancelled: isCancelled, report: report)
    }
  }

  /// Adds the next seed's two runs to a comparison, the control's first.
  func addSeed(
    to comparison: inout SeedComparison, isCancelled: @escaping @Sendable () -> Bool,
    report: @escaping @Sendable (_ comparison: SeedComparison, _ share: Double) -> Void
  ) throws {
    if comparison.runs.isEmpty { report(comparison, 0) }
    let seed = SeedComparison.seeds[comparison.pairs.count]
    var evaluations: [Evaluation] = []
    for isControl in [true, false] {
      var seeded = isControl ? comparison.control : comparison.recipe
      seeded.seed = seed
      let soFar = comparison
      _ = try compressed(seeded, isCancelled: isCancelled) { progress in
        let done = (progress.epoch - 1) * progress.imagesTotal + progress.imagesSeen
        report(soFar, Double(done) / Double(max(1, progress.epochs * progress.imagesTotal)))
      }
      let evaluation = try evaluation(of: seeded, images: test.count, isCancelled: isCancelled)
      comparison.runs.append(
        SeedRun(seed: seed, isControl: isControl, accuracy: evaluation.accuracy))
      evaluations.append(evaluation)
      if !isControl {
        comparison.pairs.append(PairedComparison(from: evaluations[0], to: evaluation))
      }
      if isCancelled() { throw LabError.cancelled }
      report(comparison, 0)
    }
  }
}
