import Compression
import NeuralNetwork

/// What a look at a network in training says.
struct Glance: Sendable {
  /// The images classified.
  let images: Int
  /// Those classified right.
  let correct: Int
  /// The share of the kernels' weights that are zero.
  let sparsity: Double
  /// The codes of the kernels that are rounded.
  let codes: [[Int32]]
}

extension Laboratory {
  /// What a recipe would have if its training stopped at a network.
  ///
  /// The network is rounded, its activations are calibrated, and it is tried on the first test images.
  /// Nothing of it is kept. Rounding that optimises for seconds is left out of a look.
  ///
  /// - Throws: `LabError.cancelled`, or what loading the training set throws.
  func glance(
    at network: Network, under recipe: Recipe, images: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Glance {
    var recipe = recipe
    if recipe.roundedLayers.contains(where: \.weights.rounding.isCalibrated) {
      recipe.weights.rounding = .nearest
      for override in recipe.overrides where override.key == "weights.rounding" {
        try recipe.set("\(override.key)@\(override.layer)", RoundingMethod.nearest.rawValue)
      }
    }
    let laboratory = holding(network, for: recipe)
    let compressed = try laboratory.compressed(recipe, isCancelled: isCancelled)
    let predictions = try laboratory.predictions(
      of: recipe, images: images, isCancelled: isCancelled)
    return Glance(
      images: images, correct: zip(predictions, test.labels).count { $0 == $1 },
      sparsity: compressed.sparsity,
      codes: compressed.tensors.compactMap { tensor in
        if case .quantized(let quantized) = tensor.values { quantized.codes } else { nil }
      })
  }
}
