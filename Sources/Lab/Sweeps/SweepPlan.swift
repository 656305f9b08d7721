package import Compression
import Localization

/// Which recipes a sweep measures, in a fixed order.
package struct SweepPlan: Sendable, Equatable {
  /// The recipes, each once.
  package let recipes: [Recipe]

  /// The names of the plans that need no axes.
  package static let presets = ["sensitivity", "bits", "sparsity"]

  /// The recipes of all combinations of the axes' values, the last axis varying fastest.
  ///
  /// - Parameters:
  ///   - base: what all recipes have in common.
  ///   - axes: keys, each with its values; without axes the plan is the base alone.
  package init(
    base: Recipe, axes: [(key: String, values: [String])]
  ) throws(RecipeError) {
    var recipes = [base]
    for axis in axes {
      var next: [Recipe] = []
      for recipe in recipes {
        for value in axis.values {
          var changed = recipe
          try changed.set(axis.key, value)
          next.append(changed)
        }
      }
      recipes = next
    }
    try self.init(recipes)
  }

  /// A plan by name.
  ///
  /// `sensitivity`: each layer alone at 8 … 1 bits, then each layer alone at sparsities 0.5 … 0.95, so
  /// that the layers can be compared (as in Han et al. 2015, figure 6). `bits`: all layers at 8 … 1
  /// bits for tensor, channel and groups of 64. `sparsity`: 0 to 0.95 by magnitude, all kernels ranked
  /// together, and each by itself.
  package init(preset: String, base: Recipe) throws(RecipeError) {
    let bits = (1...8).reversed().map(String.init)
    let shares = ["0.5", "0.6", "0.7", "0.8", "0.9", "0.95"]
    var recipes: [Recipe] = []
    switch preset {
    case "sensitivity":
      recipes += try SweepPlan(
        base: base, axes: [("weights.layers", Recipe.layerNames), ("weights.bits", bits)]
      ).recipes
      recipes += try SweepPlan(
        base: base, axes: [("prune.scope", Recipe.layerNames), ("prune.sparsity", shares)]
      ).recipes
    case "bits":
      recipes = try SweepPlan(
        base: base,
        axes: [("weights.granularity", ["tensor", "channel", "group:64"]), ("weights.bits", bits)]
      ).recipes
    case "sparsity":
      recipes = try SweepPlan(
        base: base,
        axes: [("prune.scope", ["global", "layer"]), ("prune.sparsity", ["0"] + shares)]
      ).recipes
    default:
      throw .contradiction(
        Phrase(
          "a preset must be one of \(Phrase.list(SweepPlan.presets)), not \(preset.prefix(40))"))
    }
    try self.init(recipes)
  }

  private init(_ recipes: [Recipe]) throws(RecipeError) {
    var seen: Set<Recipe> = []
    self.recipes = recipes.filter { seen.insert($0).inserted }
    for recipe in self.recipes { try recipe.checkCombination() }
  }

  /// Every count-th recipe from the index-th on: one machine's part of the work.
  ///
  /// - Parameter index: from 1 to count.
  package func shard(_ index: Int, of count: Int) -> [Recipe] {
    precondition(1...count ~= index, "Shards are counted from 1.")
    return stride(from: index - 1, to: recipes.count, by: count).map { recipes[$0] }
  }
}
