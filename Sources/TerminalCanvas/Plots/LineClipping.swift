/// Cutting straight lines at the edges of a plot.
enum LineClipping {
  /// Returns the part of a line within the unit square, or nil when it misses the square.
  ///
  /// The method is that of Liang and Barsky ("A new concept and method for line clipping", 1984):
  /// each edge narrows the interval of the parameter t in start + t·(end − start).
  static func unitSquare(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) -> (start: (x: Double, y: Double), end: (x: Double, y: Double))? {
    let dx = end.x - start.x
    let dy = end.y - start.y
    guard dx.isFinite, dy.isFinite else { return nil }
    var first = 0.0
    var last = 1.0
    for (direction, distance) in [
      (-dx, start.x), (dx, 1 - start.x), (-dy, start.y), (dy, 1 - start.y),
    ] {
      if direction == 0 {
        guard distance >= 0 else { return nil }
      } else if direction < 0 {
        first = max(first, distance / direction)
      } else {
        last = min(last, distance / direction)
      }
    }
    guard first <= last else { return nil }
    func limited(_ value: Double) -> Double { max(0, min(1, value)) }
    return (
      (limited(start.x + first * dx), limited(start.y + first * dy)),
      (limited(start.x + last * dx), limited(start.y + last * dy))
    )
  }
}
