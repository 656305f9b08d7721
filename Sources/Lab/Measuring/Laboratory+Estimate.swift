package import Compression
import NeuralNetwork

/// What a part of the test set says of a recipe.
package struct Estimate: Sendable, Equatable {
  /// The recipe.
  package let recipe: Recipe
  /// What the network said of the part.
  package let evaluation: Evaluation
  /// The accuracy on the whole set that this suggests.
  package let band: AccuracyBand
  /// What the compressed network is; without file sizes.
  package let size: NetworkSize
}

extension Laboratory {
  /// How many images a first figure is made of.
  package static let estimateImages = 1_000

  /// What a part of the test set suggests for all of it, or the exact figures where the part is all.
  ///
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  func estimate(
    of recipe: Recipe, images: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Estimate {
    let baseline = try baselinePredictions(isCancelled: isCancelled)
    let evaluation = try evaluation(of: recipe, images: images, isCancelled: isCancelled)
    let baselineCorrect = zip(baseline, test.labels).count { $0 == $1 }
    return Estimate(
      recipe: recipe, evaluation: evaluation,
      band: .paired(
        baselineCorrect: baselineCorrect, total: test.count, gained: evaluation.gained,
        lost: evaluation.lost, images: evaluation.images),
      size: try size(of: recipe, formats: [], isCancelled: isCancelled))
  }
}
