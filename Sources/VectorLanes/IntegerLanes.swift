/// Sixteen 32-bit sums, or sixty-four bytes in groups of four.
public typealias IntegerLanes = SIMD16<Int32>

extension SIMD16<Int32> {
  /// Counts the lanes of a mask, each for itself.
  @inlinable @inline(__always)
  public mutating func count(_ mask: SIMDMask<SIMD16<Int32>>) {
    self = self &+ Self.zero.replacing(with: Self(repeating: 1), where: mask)
  }

  /// Loads sixty-four consecutive bytes at any address.
  @inlinable @inline(__always)
  public init(at address: UnsafePointer<Int8>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Self.self)
  }

  /// Repeats four consecutive bytes sixteen times.
  @inlinable @inline(__always)
  public init(repeatingBytesAt address: UnsafePointer<UInt8>) {
    self.init(repeating: UnsafeRawPointer(address).loadUnaligned(as: Int32.self))
  }
}
