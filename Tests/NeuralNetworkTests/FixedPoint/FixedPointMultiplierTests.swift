import NeuralNetwork
import RandomNumbers
import Testing

@Suite struct FixedPointMultiplierTests {
  @Test func keepsThirtyBitsOfANumber() {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<1_000 {
      let exponent = generator.nextIndex(below: 60) - 45
      let real = Double(
        sign: .plus, exponent: exponent, significand: 1 + Double(generator.nextFloat()))
      let fixed = FixedPointMultiplier(real)
      #expect(fixed.multiplier >= 1 << 30)
      #expect(abs(fixed.real / real - 1) <= 0x1p-31)
    }
    // 0.5 is 2³⁰ · 2⁻³¹ with no shift; a carry makes the next power of two.
    #expect(FixedPointMultiplier(0.5).multiplier == 1 << 30)
    #expect(FixedPointMultiplier(0.5).shift == 0)
    let carried = FixedPointMultiplier(1.0.nextDown)
    #expect(carried.multiplier == 1 << 30)
    #expect(carried.shift == -1)
  }

  /// By hand: ½ is 2³⁰ / 2³¹, ¾ is 3·2²⁹ / 2³¹; halves go up, as LiteRT's single rounding does.
  @Test func roundsOnceWithHalvesUp() {
    #expect(FixedPointMultiplier(0.5).apply(5) == 3)
    #expect(FixedPointMultiplier(0.5).apply(-5) == -2)
    #expect(FixedPointMultiplier(0.75).apply(3) == 2)
    #expect(FixedPointMultiplier(0.75).apply(-3) == -2)
    #expect(FixedPointMultiplier(0.25).apply(2) == 1)
    #expect(FixedPointMultiplier(3).apply(-7) == -21)
    #expect(FixedPointMultiplier(1e-3).apply(1_499) == 1)
    #expect(FixedPointMultiplier(1e-3).apply(1_501) == 2)
  }

  @Test func productsAreTheNearestIntegers() {
    var generator = SplitMix64(seed: 6)
    for _ in 0..<2_000 {
      let real = Double(
        sign: .plus, exponent: generator.nextIndex(below: 20) - 18,
        significand: 1 + Double(generator.nextFloat()))
      let sum = Int32(truncatingIfNeeded: generator.next()) >> 6
      let exact = Double(sum) * real
      let product = Double(FixedPointMultiplier(real).apply(sum))
      // Half a unit, and what 31 bits of the number leave out.
      #expect(abs(product - exact) <= 0.5 + exact.magnitude * 0x1p-30, "\(real) · \(sum)")
    }
    #expect(FixedPointMultiplier(1e6).apply(.max) == .max)
    #expect(FixedPointMultiplier(1e6).apply(.min) == .min)
    #expect(FixedPointMultiplier(1e12).apply(-1) == .min)
    #expect(FixedPointMultiplier(1e-30).apply(.max) == 0)
  }
}
