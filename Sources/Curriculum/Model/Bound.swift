/// A condition on a number.
package enum Bound: Sendable, Hashable {
  /// The number is at most `tolerance` away from `value`.
  case equals(value: Double, tolerance: Double)
  /// The number is at least this.
  case atLeast(Double)
  /// The number is at most this.
  case atMost(Double)

  /// Whether a number meets the condition.
  ///
  /// A part in 10¹² is granted, since 0.9098 + 0.0005 is not exact in binary.
  package func holds(for value: Double) -> Bool {
    func hair(_ bound: Double) -> Double { 1e-12 * max(1, abs(bound)) }
    switch self {
    case .equals(let expected, let tolerance):
      // Infinities are equal, but no distance apart.
      return value == expected || abs(value - expected) <= tolerance + hair(expected)
    case .atLeast(let bound): return value >= bound - hair(bound)
    case .atMost(let bound): return value <= bound + hair(bound)
    }
  }
}
