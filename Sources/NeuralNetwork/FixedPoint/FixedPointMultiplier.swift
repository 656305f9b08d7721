/// A positive real number as a 32-bit integer and a shift, by which integers are multiplied without
/// floating point.
///
/// real ≈ multiplier · 2⁻³¹ · 2^(−shift), the multiplier in 2³⁰ ..< 2³¹, so that at least 30 bits of the
/// number are kept. Source: Jacob et al. 2018, section 2.2, equation 6. The roundings are those of
/// gemmlowp, which the paper names as its implementation: `SaturatingRoundingDoublingHighMul` (to the
/// nearest, halves up, as ARM's SQRDMULH), then `RoundingDivideByPOT` (halves away from zero). LiteRT
/// can be built to round once instead; the two differ by one code at most, where the first rounding
/// makes a half.
package struct FixedPointMultiplier: Sendable, Hashable {
  /// The significant bits, 2³⁰ ..< 2³¹; they stand for a number from ½ to below 1.
  package let multiplier: Int32
  /// By how many bits the product is shifted to the right; a negative shift goes to the left and comes
  /// before the product.
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

  /// The rounded product with an integer.
  ///
  /// A shift to the left that leaves 32 bits is held to them before the product.
  @inline(__always)
  package func apply(_ sum: Int32) -> Int32 {
    Self.roundingShift(doubledHighProduct(sum), by: max(shift, 0))
  }

  /// The first half of `apply`: the high half of the doubled product, rounded.
  @inline(__always)
  package func doubledHighProduct(_ sum: Int32) -> Int32 {
    Self.doubledHighProduct(Self.saturatingLeftShift(sum, by: max(-shift, 0)), multiplier)
  }

  /// round(a · b / 2³¹), halves up, held to 32 bits.
  @inline(__always)
  package static func doubledHighProduct(_ a: Int32, _ b: Int32) -> Int32 {
    if a == .min && b == .min { return .max }
    let product = Int64(a) * Int64(b)
    // The division rounds towards zero, so a negative product needs half a unit less one downwards.
    let nudge: Int64 = product >= 0 ? 1 << 30 : 1 - (1 << 30)
    return Int32(truncatingIfNeeded: (product + nudge) / (1 << 31))
  }

  /// round(value / 2^bits), halves away from zero.
  @inline(__always)
  package static func roundingShift(_ value: Int32, by bits: Int) -> Int32 {
    guard bits < 32 else { return 0 }
    let mask = Int64(1) << Int64(bits) - 1
    let rest = Int64(value) & mask
    let threshold = (mask >> 1) + (value < 0 ? 1 : 0)
    return (value >> Int32(bits)) + (rest > threshold ? 1 : 0)
  }

  private static func saturatingLeftShift(_ value: Int32, by bits: Int) -> Int32 {
    guard bits > 0, value != 0 else { return value }
    guard bits < 32 else { return value > 0 ? .max : .min }
    return Int32(clamping: Int64(value) << Int64(bits))
  }
}
