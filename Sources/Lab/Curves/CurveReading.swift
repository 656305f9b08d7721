/// What a measured curve of accuracy shows, from its points alone.
package struct CurveReading: Sendable, Hashable {
  /// A measured place.
  package struct Place: Sendable, Hashable {
    /// The knob's value as the learner reads it.
    package var name: String
    /// The share of test images classified right, on all of them.
    package var accuracy: Double
    /// What the lesson expects there.
    package var expected: Double?

    /// Makes a place.
    package init(name: String, accuracy: Double, expected: Double? = nil) {
      self.name = name
      self.accuracy = accuracy
      self.expected = expected
    }
  }

  /// The places in the knob's order.
  package let places: [Place]
  /// The uncompressed network's accuracy.
  package let baseline: Double
  /// Whether the order of the places has a meaning, so that one can walk along them.
  package let isOrdered: Bool

  /// How far an accuracy may be from the baseline to count as kept.
  package static let tolerance = 0.01

  /// Reads some places.
  package init(places: [Place], baseline: Double, isOrdered: Bool) {
    self.places = places
    self.baseline = baseline
    self.isOrdered = isOrdered
  }

  /// The places from the mild end, which is nearer to the baseline, to the hard one.
  package var walk: [Place] {
    guard let first = places.first, let last = places.last else { return [] }
    let isMildFirst = abs(first.accuracy - baseline) <= abs(last.accuracy - baseline)
    return isMildFirst ? places : places.reversed()
  }

  /// The last place of the walk up to which all are within a point of the baseline.
  package var lastKept: Place? {
    walk.prefix { $0.accuracy >= baseline - Self.tolerance }.last
  }

  /// The place of least accuracy.
  package var lowest: Place? { places.min { $0.accuracy < $1.accuracy } }

  /// The largest rise on the way from the mild to the hard end, if it is more than a point.
  package var largestRise: (from: Place, to: Place)? {
    let rises = zip(walk, walk.dropFirst()).map { (from: $0, to: $1) }
    return rises.max { $0.to.accuracy - $0.from.accuracy < $1.to.accuracy - $1.from.accuracy }
      .flatMap { $0.to.accuracy - $0.from.accuracy > Self.tolerance ? $0 : nil }
  }

  /// The place that is farthest from what the lesson expects.
  package var farthestFromExpected: (place: Place, distance: Double)? {
    places.compactMap { place in
      place.expected.map { (place: place, distance: abs(place.accuracy - $0)) }
    }.max { $0.distance < $1.distance }
  }
}
