/// A small seeded generator whose numbers are the same on every machine and in every version.
///
/// The standard library fixes neither its generator nor the algorithms of `shuffled` and `random`,
/// so an order that must come back from its seed cannot rest on them. Algorithm: Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014.
package struct SplitMix64: Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The next number from 0 up to but not including 1.
  package mutating func nextUnit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// The next integer from 0 up to but not including a bound.
  package mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "A random number needs a bound above 0.")
    // The bias of the high half of the product is below bound/2^64.
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The elements in a random order (Fisher and Yates).
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for last in stride(from: shuffled.count - 1, to: 0, by: -1) {
      shuffled.swapAt(last, next(below: last + 1))
    }
    return shuffled
  }
}
