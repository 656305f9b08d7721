/// A fixed array of floats, aligned to 64 bytes for the kernels' vectors, that never moves.
///
/// Sendable because its owners see to it that no two threads touch the same element while one of them
/// writes it: weights are written before they are shared, and scratch memory belongs to one task.
final class FloatBuffer: @unchecked Sendable {
  /// The first element.
  let base: UnsafeMutablePointer<Float>
  /// The number of elements.
  let count: Int

  /// Makes a buffer of zeros.
  init(count: Int) {
    precondition(count >= 0, "A buffer's size is not negative.")
    self.count = count
    let bytes = AlignedMemory.allocate(bytes: count * MemoryLayout<Float>.stride)
    base = bytes.initializeMemory(as: Float.self, repeating: 0, count: count)
  }

  /// Makes a buffer of the given values.
  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { values in
      if let first = values.baseAddress { base.update(from: first, count: values.count) }
    }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The elements as an array.
  var elements: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Sets every element to zero.
  func clear() {
    base.update(repeating: 0, count: count)
  }
}
