/// Sixteen floats: one AVX-512 register, two of AVX2, four of NEON.
///
/// A module of its own, because only inlinable functions of another module are inlined across files
/// in a debug build, where each file is compiled by itself; without that the kernels would run many
/// times slower in the tests.
public typealias Lanes = SIMD16<Float>

/// The number of floats that a kernel handles at once.
@inlinable @inline(__always)
public var laneCount: Int { 16 }

/// The least multiple of a unit that is not below a value.
@inlinable @inline(__always)
public func roundedUp(_ value: Int, to unit: Int) -> Int {
  (value + unit - 1) / unit * unit
}

extension Lanes {
  /// Loads sixteen consecutive floats at any address.
  @inlinable @inline(__always)
  public init(at address: UnsafePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
  }

  /// Loads sixteen consecutive floats at any address.
  @inlinable @inline(__always)
  public init(at address: UnsafeMutablePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
  }

  /// Stores sixteen consecutive floats at any address.
  @inlinable @inline(__always)
  public func store(to address: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(address).storeBytes(of: self, as: Lanes.self)
  }

  /// Stores the first `count` lanes at any address and leaves alone what lies behind them.
  @inlinable @inline(__always)
  public func store(first count: Int, to address: UnsafeMutablePointer<Float>) {
    if count == laneCount {
      store(to: address)
    } else {
      for lane in 0..<count { address[lane] = self[lane] }
    }
  }

  /// Adds the product of two vectors, rounded once where the processor can.
  @inlinable @inline(__always)
  public mutating func accumulate(_ a: Lanes, _ b: Lanes) {
    addProduct(a, b)
  }

  /// The larger of each pair of lanes.
  @inlinable @inline(__always)
  public func larger(_ other: Lanes) -> Lanes {
    replacing(with: other, where: other .> self)
  }

  /// The sum of all lanes: halves are added to halves, so the order is always the same.
  @inlinable @inline(__always)
  public var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
