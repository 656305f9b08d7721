/// Sixteen floats: one AVX-512 register, two of AVX2, four of NEON.
typealias Lanes = SIMD16<Float>

/// The number of floats that a kernel handles at once.
let laneCount = 16

/// The least multiple of a unit that is not below a value.
@inline(__always)
func roundedUp(_ value: Int, to unit: Int) -> Int {
  (value + unit - 1) / unit * unit
}

extension Lanes {
  /// Loads sixteen consecutive floats at any address.
  @inline(__always)
  init(at address: UnsafePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
  }

  /// Loads sixteen consecutive floats at any address.
  @inline(__always)
  init(at address: UnsafeMutablePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
  }

  /// Stores sixteen consecutive floats at any address.
  @inline(__always)
  func store(to address: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(address).storeBytes(of: self, as: Lanes.self)
  }

  /// self += a · b, rounded once where the processor can.
  @inline(__always)
  mutating func accumulate(_ a: Lanes, _ b: Lanes) {
    addProduct(a, b)
  }

  /// The larger of each pair of lanes.
  @inline(__always)
  func larger(_ other: Lanes) -> Lanes {
    replacing(with: other, where: other .> self)
  }

  /// The sum of all lanes: halves are added to halves, so the order is always the same.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
