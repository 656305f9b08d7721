import RandomNumbers
import Testing

/// The generator of all random numbers that a seed must bring back.
@Suite struct SplitMix64Tests {
  /// The first outputs for seed 1234567, from the public-domain C program splitmix64.c by Vigna.
  @Test func theFirstNumbersAreThoseOfTheReferenceProgram() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test func skippingGoesOnAsDrawingDoes() {
    var (drawn, skipped) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
    for _ in 0..<7 { _ = drawn.next() }
    skipped.skip(7)
    let (one, other) = (drawn.next(), skipped.next())
    #expect(one == other)
  }

  @Test func aShuffleHoldsEveryElementOnce() {
    var generator = SplitMix64(seed: 4)
    for count in [0, 1, 2, 17, 1000] {
      let order = generator.shuffled(Array(0..<count))
      #expect(order.sorted() == Array(0..<count))
      if count > 16 { #expect(order != Array(0..<count)) }
    }
  }

  @Test func numbersStayWithinTheirBounds() {
    var generator = SplitMix64(seed: 5)
    var seen: Set<Int> = []
    for _ in 0..<1000 {
      let (float, double) = (generator.nextFloat(), generator.nextDouble())
      #expect(0 <= float && float < 1 && 0 <= double && double < 1)
      seen.insert(generator.nextIndex(below: 6))
    }
    #expect(seen == Set(0..<6))
  }
}
