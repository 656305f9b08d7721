/// A fixed array of bytes, aligned to 64 bytes for the kernels' vectors, that never moves.
///
/// Sendable for the reason that `FloatBuffer` is.
final class ByteBuffer: @unchecked Sendable {
  /// The bytes as unsigned codes.
  let codes: UnsafeMutablePointer<UInt8>
  /// The number of bytes.
  let count: Int

  private let base: UnsafeMutableRawPointer

  /// Makes a buffer of zeros.
  init(count: Int) {
    precondition(count >= 0, "A buffer's size is not negative.")
    self.count = count
    base = AlignedMemory.allocate(bytes: count)
    codes = base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// Makes a buffer whose bytes are written before they are read.
  ///
  /// Memory that is never written is never asked of the system, so a large buffer costs what is used.
  init(uninitialized count: Int) {
    self.count = count
    base = AlignedMemory.allocate(bytes: count)
    codes = base.bindMemory(to: UInt8.self, capacity: count)
  }

  deinit {
    base.deallocate()
  }

  /// The bytes as signed weights.
  var weights: UnsafeMutablePointer<Int8> {
    UnsafeMutableRawPointer(codes).assumingMemoryBound(to: Int8.self)
  }

  /// The bytes as 32-bit positions.
  var positions: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(codes).assumingMemoryBound(to: Int32.self)
  }
}
