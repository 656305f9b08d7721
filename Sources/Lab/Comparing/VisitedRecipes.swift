package import Compression

/// A measured recipe by its two costs: the bytes of its shortest file, and the images it gets wrong.
package struct VisitedRecipe: Sendable, Hashable {
  /// The recipe.
  package let recipe: Recipe
  /// What of the recipe has an effect.
  package let canonical: Recipe
  /// The images classified right.
  package let correct: Int
  /// The images classified.
  package let images: Int
  /// The length of the shortest file.
  package let bytes: Int
  /// The format of the shortest file.
  package let format: StorageFormat

  /// The share of images classified right.
  package var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }

  /// Takes the figures from a measurement; none before the files were written.
  package init?(_ measurement: Measurement) {
    guard let shortest = measurement.size.shortest else { return nil }
    recipe = measurement.recipe
    canonical = measurement.recipe.canonical
    correct = measurement.evaluation.correct
    images = measurement.evaluation.images
    bytes = shortest.bytes
    format = shortest.format
  }

  /// Whether this recipe is no worse than another in both respects and better in one.
  package func dominates(_ other: VisitedRecipe) -> Bool {
    bytes <= other.bytes && accuracy >= other.accuracy
      && (bytes < other.bytes || accuracy > other.accuracy)
  }
}

/// The recipes measured so far, each once, and the Pareto front among them.
package struct VisitedRecipes: Sendable {
  /// The most recipes that are kept; the oldest go first.
  package static let limit = 2_000

  /// The recipes from the oldest to the newest.
  package private(set) var all: [VisitedRecipe] = []

  /// Makes an empty list.
  package init() {}

  /// Adds what a measurement found; recipes that do the same to a network count as one.
  package mutating func add(_ measurement: Measurement) {
    guard let point = VisitedRecipe(measurement) else { return }
    all.removeAll { $0.canonical == point.canonical }
    all.append(point)
    if all.count > Self.limit { all.removeFirst() }
  }

  /// What was measured of a recipe, or of one that does the same.
  package func find(_ recipe: Recipe) -> VisitedRecipe? {
    let canonical = recipe.canonical
    return all.first { $0.canonical == canonical }
  }

  /// The recipes that no other dominates, from the shortest file to the longest; of equals the one
  /// that was measured first.
  package var front: [VisitedRecipe] {
    let order = all.enumerated().sorted {
      ($0.element.bytes, -$0.element.accuracy, $0.offset)
        < ($1.element.bytes, -$1.element.accuracy, $1.offset)
    }
    var front: [VisitedRecipe] = []
    for (_, point) in order where point.accuracy > front.last?.accuracy ?? -1 {
      front.append(point)
    }
    return front
  }

  /// The recipe of the front that dominates another: the one with the shortest file.
  package func dominator(of point: VisitedRecipe) -> VisitedRecipe? {
    front.first { $0.dominates(point) }
  }
}
