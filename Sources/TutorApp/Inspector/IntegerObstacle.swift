import Compression
import Localization
import NeuralNetwork

/// A setting that keeps a recipe's network from running in integers alone.
struct IntegerObstacle: Hashable {
  /// The setting as it is, such as `weights.bits=32`.
  let setting: String
  /// The values that would do.
  let allowed: String
  /// Why the value does not.
  let reason: Phrase

  /// What stands in the way, in the order of the recipe's keys; empty for an all-integer network.
  static func all(in recipe: Recipe, of layers: [String]) -> [IntegerObstacle] {
    var obstacles: [IntegerObstacle] = []
    let options = layers.map { recipe.rounding(of: $0) }
    let weights = recipe.weights
    if options.contains(where: { ($0?.bits ?? 32) > 8 }) {
      let isForSome = weights.bits <= 8
      obstacles.append(
        IntegerObstacle(
          setting: isForSome
            ? "weights.layers=\(weights.layers.rawValue)" : "weights.bits=\(weights.bits)",
          allowed: isForSome ? "all" : "1 … 8",
          reason: Phrase(
            "a layer whose weights are float, or wider than a byte, has no 8-bit codes to multiply")
        ))
    }
    if options.contains(where: {
      if case .group? = $0?.granularity { $0?.codebook == .uniform } else { false }
    }) {
      obstacles.append(
        IntegerObstacle(
          setting: "weights.granularity=\(weights.granularity.rawValue)",
          allowed: "tensor, channel",
          reason: Phrase("a scale that changes within one sum leaves nothing to add in integers")))
    }
    if options.contains(where: { ($0?.codebook ?? .uniform) != .uniform }) {
      obstacles.append(
        IntegerObstacle(
          setting: "weights.codebook=\(weights.codebook.rawValue)", allowed: "uniform",
          reason: Phrase("the codes of a codebook are numbers of entries, not multiples of a scale")
        ))
    }
    if recipe.activations.bits > 8 {
      obstacles.append(
        IntegerObstacle(
          setting: "activations.bits=\(recipe.activations.bits)", allowed: "2 … 8",
          reason: Phrase("float activations are multiplied in float")))
    }
    return obstacles
  }

  /// The nearest recipe whose network runs in integers alone.
  static func integerRecipe(near recipe: Recipe, layers: [String]) -> Recipe {
    var changed = recipe
    if changed.weights.bits > 8 { changed.weights.bits = 8 }
    changed.weights.layers = .all
    if case .group = changed.weights.granularity { changed.weights.granularity = .channel }
    changed.weights.codebook = .uniform
    if changed.activations.bits > 8 { changed.activations.bits = 8 }
    let isFine =
      (try? changed.checkCombination()) != nil && all(in: changed, of: layers).isEmpty
    guard !isFine else { return changed }
    // Settings of single layers, or what goes with a codebook alone, may stand in the way.
    var plain = Recipe()
    plain.weights.bits = 8
    plain.activations.bits = 8
    return plain
  }
}
