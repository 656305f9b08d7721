import Localization

/// A weight setting of one layer that overrules the recipe's own, such as `weights.bits@conv2d=8`.
package struct LayerOverride: Sendable, Hashable {
  /// The key that is overruled, such as `weights.bits`.
  package let key: String
  /// The layer's name.
  package let layer: String
  /// The value as the key writes it.
  package let value: String

  /// The keys that a layer may overrule.
  package static let keys = Knob.all.filter(\.isPerLayer).map(\.name)
}

extension Recipe {
  /// Overrules a key for one layer; the name has the form `key@layer`.
  mutating func override(_ name: String, _ value: String) throws(RecipeError) {
    let words = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (key, layer) = (String(words[0]), String(words[words.count - 1]))
    guard LayerOverride.keys.contains(key) else {
      throw .contradiction(
        Phrase(
          "a layer can overrule \(Phrase.list(LayerOverride.keys)), not \(RecipeError.quoted(key))")
      )
    }
    guard Recipe.knownLayerNames.contains(layer) else {
      let names = Phrase.list(Recipe.knownLayerNames)
      throw .contradiction(
        Phrase("\(key)@ must name one of \(names), not \(RecipeError.quoted(layer))"))
    }
    var changed = self
    try changed.set(key, value)
    let text = try changed.value(of: key)
    overrides.removeAll { $0.key == key && $0.layer == layer }
    overrides.append(LayerOverride(key: key, layer: layer, value: text))
    // One order, so that equal recipes are equal values.
    overrides.sort { ($0.key, $0.layer) < ($1.key, $1.layer) }
  }

  /// How the weights of a layer are rounded.
  package func weights(of layer: String) -> WeightQuantization {
    var recipe = self
    for override in overrides where override.layer == layer {
      _ = Knob.named(override.key)?.write(&recipe, override.value)
    }
    return recipe.weights
  }

  /// How the weights of a layer of a network are rounded; nil leaves them float.
  package func rounding(of layer: String) -> WeightQuantization? {
    let origin = LowRank.origin(of: layer)
    return quantizedLayers.first { $0.layer == origin }?.weights
  }

  /// The layers whose weights are rounded, with how.
  package var quantizedLayers: [(layer: String, weights: WeightQuantization)] {
    Recipe.knownLayerNames.filter(weights.layers.contains).map { ($0, weights(of: $0)) }
      .filter { $0.weights.bits < 32 }
  }
}
