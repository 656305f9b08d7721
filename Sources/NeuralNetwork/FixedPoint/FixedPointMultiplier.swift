/// A positive real number as a 32-bit integer and a shift, by which integers are multiplied without
/// floating point.
///
/// real ≈ multiplier · 2⁻³¹ · 2^(−shift), the multiplier in 2³⁰ ..< 2³¹, so that at least 30 bits of the
/// number are kept. Source: Jacob et al. 2018, section 2.2, equation 6. The 64-bit product is rounded
/// once, to the nearest, halves up: LiteRT's `MultiplyByQuantizedMultiplier` as it is built with
/// `TFLITE_SINGLE_ROUNDING`. gemmlowp, which the paper names, rounds twice (the high half of the doubled
/// product, then the shift); that differs by one code at most, but pushes codes away from what simulated
/// quantization rounds to.
package struct FixedPointMultiplier: Sendable, Hashable {
  /// The significant bits, 2³⁰ ..< 2³¹; they stand for a number from ½ to below 1.
  package let multiplier: Int32
  /// By how many bits beyond 31 the product is shifted to the right; negative for numbers above 1.
  package let shift: Int

  /// The nearest fixed-point form of a positive finite number.
  package init(_ real: Double) {
    precondition(real > 0 && real.isFinite, "A multiplier is positive and finite.")
    // The significand lies in 1 ..< 2, so 30 fractional bits fill 31 bits.
    let scaled = Int64((real.significand * 0x1p30).rounded(.toNearestOrEven))
    let isCarried = scaled == 1 << 31
    multiplier = Int32(isCarried ? 1 << 30 : scaled)
    shift = -(Int(real.exponent) + (isCarried ? 2 : 1))
  }

  /// The number that multiplier and shift stand for.
  package var real: Double {
    Double(sign: .plus, exponent: -31 - shift, significand: Double(multiplier))
  }

  /// The bits that a product is shifted to the right.
  package var totalShift: Int { 31 + shift }

  /// The exact product of an integer and the multiplier, not yet shifted.
  package func product(_ sum: Int32) -> Int64 { Int64(sum) * Int64(multiplier) }

  /// The rounded product with an integer, held to 32 bits.
  @inline(__always)
  package func apply(_ sum: Int32) -> Int32 {
    let product = Int64(sum) &* Int64(multiplier)
    // A product has 62 bits at most, so the half that is added first cannot overflow.
    guard totalShift <= 62 else { return 0 }
    guard totalShift >= 1 else { return product == 0 ? 0 : (product > 0 ? .max : .min) }
    return Int32(clamping: (product &+ (1 << Int64(totalShift - 1))) >> Int64(totalShift))
  }
}
