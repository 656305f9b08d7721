import Compression
package import Lab

/// A point of a curve of accuracy.
package struct CurvePoint: Sendable, Hashable {
  /// The share of test images that are classified right.
  package var accuracy: Double
  /// Whether all test images were used.
  package var isExact: Bool
  /// How sure it is: of an exact figure for other images like these (Wilson), of an estimate for the
  /// whole test set; nil where it was not told.
  package var band: AccuracyBand?
}

extension CurvePoint {
  /// A point as the laboratory found it.
  init(_ point: SweepPoint) {
    self.init(accuracy: point.accuracy, isExact: point.isExact, band: point.band)
  }
}

/// The accuracy along one knob while all others stay.
struct Curve: Sendable, Hashable {
  /// The knob's key.
  var key: String
  /// The recipe without what the key says.
  var rest: Recipe
  /// The points measured so far, by the knob's value.
  var points: [String: CurvePoint] = [:]

  /// A curve without points along a key through a recipe.
  init(along key: Knob, through recipe: Recipe) {
    self.key = key.name
    rest = Self.rest(of: recipe, without: key)
  }

  /// Whether a recipe lies on the curve.
  func contains(_ recipe: Recipe) -> Bool {
    guard let key = Knob.named(key) else { return false }
    return Self.rest(of: recipe, without: key) == rest
  }

  /// Adds a point; an exact one is never replaced by an estimate.
  mutating func add(_ point: CurvePoint, at value: String) {
    if let known = points[value], known.isExact, !point.isExact { return }
    points[value] = point
  }

  private static func rest(of recipe: Recipe, without key: Knob) -> Recipe {
    var rest = recipe
    _ = key.write(&rest, key.defaultValue)
    return rest
  }
}
