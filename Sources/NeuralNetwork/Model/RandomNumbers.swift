/// A small deterministic generator of random numbers: SplitMix64 (Steele, Lea and Flood 2014,
/// "Fast splittable pseudorandom number generators").
///
/// The same seed gives the same numbers on every processor. It is not for secrets.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Makes a generator whose numbers depend on the seed alone.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number uniform in [0, 1), a multiple of 2⁻²⁴.
  package mutating func nextUnit() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number uniform in 0..<bound, by the high half of a product (Lemire 2019).
  ///
  /// The standard library's own methods are free to change between versions; this one is not.
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

  /// A random order of 0..<count, by the shuffle of Fisher and Yates.
  package mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, nextIndex(below: last + 1))
    }
    return order
  }
}
