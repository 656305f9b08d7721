/// A small generator of random numbers that depend on the seed alone.
///
/// They are the same on every machine and in every version, which the standard library's `random` and
/// `shuffled` do not promise. Not for secrets.
///
/// Algorithm: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
@frozen
package struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline
  var state: UInt64

  /// Starts the sequence of a seed.
  @inlinable
  package init(seed: UInt64) {
    state = seed
  }

  /// Goes on by some numbers without drawing them.
  @inlinable
  package mutating func skip(_ count: Int) {
    state &+= UInt64(count) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The next 64 random bits.
  @inlinable
  package mutating func next() -> UInt64 {
    skip(1)
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number uniform in [0, 1), a multiple of 2⁻²⁴.
  package mutating func nextFloat() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number uniform in [0, 1), a multiple of 2⁻⁵³.
  package mutating func nextDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number uniform in 0..<bound, by the high half of a product (Lemire 2019).
  package mutating func nextIndex(below bound: Int) -> Int {
    precondition(bound > 0, "A random index needs at least one choice.")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let biased = (0 &- bound) % bound
      while product.low < biased { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// The elements in a random order (Fisher and Yates).
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for last in stride(from: shuffled.count - 1, to: 0, by: -1) {
      shuffled.swapAt(last, nextIndex(below: last + 1))
    }
    return shuffled
  }
}
