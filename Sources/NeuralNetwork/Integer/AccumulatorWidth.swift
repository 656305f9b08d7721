import VectorLanes

/// How many bits hold the sum of a layer's products of codes.
package enum AccumulatorWidth: Sendable, Hashable {
  /// 32 bits, which hold every sum of the networks that run.
  case int32
  /// 16 bits, which wrap around: a sum s becomes ((s + 2¹⁵) mod 2¹⁶) − 2¹⁵.
  ///
  /// Addition modulo 2¹⁶ may be done in any order and carried out last, so the 16 low bits of the
  /// exact sum are what an accumulator of 16 bits holds at the end.
  case int16
}

/// What an accumulator of some width holds of sixteen exact sums.
protocol Accumulator {
  static func held(_ sums: IntegerLanes) -> IntegerLanes
}

/// Sums as they are.
enum WideAccumulator: Accumulator {
  @inline(__always)
  static func held(_ sums: IntegerLanes) -> IntegerLanes { sums }
}

/// The low 16 bits of sums, with sign.
enum WrappingAccumulator: Accumulator {
  @inline(__always)
  static func held(_ sums: IntegerLanes) -> IntegerLanes {
    (sums &<< IntegerLanes(repeating: 16)) &>> IntegerLanes(repeating: 16)
  }
}
