package import Compression
package import Lab

/// What the learner keeps beside the lab while the program runs: a pinned recipe, and every recipe that
/// was measured.
///
/// It belongs to one network; another network starts with an empty one.
package struct LabWorkbench: Sendable {
  /// The pinned recipe with its measurement, if there is one.
  package private(set) var pin: Measurement?
  /// The recipes measured so far.
  package private(set) var visited = VisitedRecipes()
  /// The files that were opened last in place of the built-in ones.
  package private(set) var lastFiles = LaboratorySource.builtIn
  private var source = LaboratorySource.builtIn

  /// Makes an empty workbench.
  package init() {}

  /// Starts anew if the network or the images are others than before.
  package mutating func begin(with source: LaboratorySource) {
    guard source != self.source else { return }
    let files = source.isBuiltIn ? lastFiles : source
    self = LabWorkbench()
    self.source = source
    lastFiles = files
  }

  /// Takes in an exact measurement, which may be known already without its bytes or its latency.
  package mutating func note(_ measurement: Measurement) {
    if pin?.recipe == measurement.recipe { pin = measurement }
    visited.add(measurement)
  }

  /// Pins a measured recipe.
  package mutating func fix(_ measurement: Measurement) { pin = measurement }

  /// Removes the pin.
  package mutating func removePin() { pin = nil }
}

/// A measured recipe by its two costs: the bytes of its shortest file, and the images it gets wrong.
package struct VisitedRecipe: Sendable, Hashable {
  /// The recipe.
  package let recipe: Recipe
  /// What of the recipe has an effect.
  package let essence: Recipe
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
    let shortest = measurement.size.bytes.min {
      ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
    }
    guard let shortest else { return nil }
    recipe = measurement.recipe
    essence = measurement.recipe.essence
    correct = measurement.evaluation.correct
    images = measurement.evaluation.images
    bytes = shortest.value
    format = shortest.key
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

  /// Adds what a measurement found; recipes that do the same to a network count as one.
  package mutating func add(_ measurement: Measurement) {
    guard let point = VisitedRecipe(measurement) else { return }
    all.removeAll { $0.essence == point.essence }
    all.append(point)
    if all.count > Self.limit { all.removeFirst() }
  }

  /// What was measured of a recipe, or of one that does the same.
  package func find(_ recipe: Recipe) -> VisitedRecipe? {
    let essence = recipe.essence
    return all.first { $0.essence == essence }
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
