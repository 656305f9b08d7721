package import Compression

/// A point of a curve of accuracy.
package struct CurvePoint: Sendable, Hashable {
  /// The share of test images that are classified right.
  package var accuracy: Double
  /// Whether all test images were used.
  package var isExact: Bool
  /// How sure it is: of an exact figure for other images like these (Wilson), of an estimate for the
  /// whole test set; nil where it was not told.
  package var band: AccuracyBand?

  /// Makes a point.
  package init(accuracy: Double, isExact: Bool, band: AccuracyBand? = nil) {
    self.accuracy = accuracy
    self.isExact = isExact
    self.band = band
  }

  /// A point as the laboratory found it.
  init(_ point: SweepPoint) {
    self.init(accuracy: point.accuracy, isExact: point.isExact, band: point.band)
  }
}

/// What is measured along one knob while all other settings stay: accuracies, and the bytes of every
/// storage format where those were asked for.
package struct KnobCurve: Sendable {
  /// The knob's key.
  package let key: Knob
  /// The recipe without what the key says.
  package let rest: Recipe
  /// The accuracies measured so far, by the knob's value.
  package private(set) var points: [String: CurvePoint] = [:]
  /// The bytes of every format, by the knob's value.
  package private(set) var bytes: [String: [StorageFormat: Int]] = [:]

  /// A curve without points along a key through a recipe.
  package init(along key: Knob, through recipe: Recipe) {
    self.key = key
    rest = Self.rest(of: recipe, without: key)
  }

  /// Whether a recipe lies on the curve.
  package func contains(_ recipe: Recipe) -> Bool { Self.rest(of: recipe, without: key) == rest }

  /// Adds a point; an exact one is never replaced by an estimate.
  package mutating func add(_ point: CurvePoint, at value: String) {
    if let known = points[value], known.isExact, !point.isExact { return }
    points[value] = point
  }

  /// Adds the bytes of every format at a value.
  package mutating func add(_ bytes: [StorageFormat: Int], at value: String) {
    self.bytes[value] = bytes
  }

  private static func rest(of recipe: Recipe, without key: Knob) -> Recipe {
    var rest = recipe
    _ = key.write(&rest, key.defaultValue)
    return rest
  }
}
