import NeuralNetwork
import Testing

@Suite struct FixedPointMultiplierTests {
  @Test func keepsThirtyBitsOfANumber() {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<1_000 {
      let exponent = generator.nextIndex(below: 60) - 45
      let real = Double(
        sign: .plus, exponent: exponent, significand: 1 + Double(generator.nextUnit()))
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

  /// The cases that gemmlowp's header spells out: the shift's ties go away from zero, the product's
  /// go up, and one product saturates.
  @Test func roundsAsGemmlowp() {
    #expect(FixedPointMultiplier.roundingShift(5, by: 1) == 3)
    #expect(FixedPointMultiplier.roundingShift(-5, by: 1) == -3)
    #expect(FixedPointMultiplier.roundingShift(-4, by: 1) == -2)
    #expect(FixedPointMultiplier.roundingShift(7, by: 0) == 7)
    #expect(FixedPointMultiplier.roundingShift(.min, by: 31) == -1)
    #expect(FixedPointMultiplier.roundingShift(.max, by: 40) == 0)
    #expect(FixedPointMultiplier.doubledHighProduct(.min, .min) == .max)
    #expect(FixedPointMultiplier.doubledHighProduct(1 << 30, 3) == 2)
    #expect(FixedPointMultiplier.doubledHighProduct(1 << 30, -3) == -1)
    #expect(FixedPointMultiplier.doubledHighProduct(1 << 30, 1 << 30) == 1 << 29)
  }

  @Test func productsAreTheNearestIntegersOrNextToThem() {
    var generator = SplitMix64(seed: 6)
    for _ in 0..<2_000 {
      let real = Double(
        sign: .plus, exponent: generator.nextIndex(below: 20) - 18,
        significand: 1 + Double(generator.nextUnit()))
      let sum = Int32(truncatingIfNeeded: generator.next()) >> 6
      let exact = Double(sum) * real
      let product = Double(FixedPointMultiplier(real).apply(sum))
      // Two roundings: half a unit each, the first of them shifted down, and 31 bits of the number.
      #expect(abs(product - exact) <= 1 + exact.magnitude * 0x1p-31, "\(real) · \(sum)")
    }
    #expect(FixedPointMultiplier(1e6).apply(.max) > 1 << 30)
    #expect(FixedPointMultiplier(1e6).apply(.min) < -1 << 30)
    #expect(FixedPointMultiplier(1e-30).apply(.max) == 0)
  }
}
