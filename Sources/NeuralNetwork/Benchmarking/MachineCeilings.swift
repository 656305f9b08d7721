private import CKernels
import VectorLanes

/// The most that this processor does, measured by loops without anything but the operation itself.
package enum MachineCeilings {
  /// Runs a loop of float multiply-adds that never leaves the registers.
  ///
  /// - Returns: The operations that were done; a multiply-add counts as two.
  @inline(never)
  package static func multiplyAddFloats(threads: Int) -> Double {
    let repetitions = 2_000_000
    let sums = FloatBuffer(count: threads)
    Parallel.forEach(count: threads, threads: threads) { _, worker in
      var chains = FloatChains()
      let factor = Lanes(repeating: 0.999_999)
      for _ in 0..<repetitions { chains.step(factor) }
      sums.base[worker] = chains.total
    }
    precondition(sums.elements.allSatisfy(\.isFinite), "Shrinking sums stay finite.")
    return Double(threads * repetitions * FloatChains.count * laneCount * 2)
  }

  /// Runs a loop of products of bytes that never leaves the registers.
  ///
  /// - Returns: The operations that were done; a product with its addition counts as two.
  @inline(never)
  package static func multiplyAddBytes(threads: Int) -> Double {
    let repetitions = 2_000_000
    let sums = FloatBuffer(count: threads)
    Parallel.forEach(count: threads, threads: threads) { index, worker in
      var chains = ByteChains()
      let codes = IntegerLanes(repeating: Int32(truncatingIfNeeded: 0x0101_0101 &+ index))
      for _ in 0..<repetitions { chains.step(codes) }
      sums.base[worker] = Float(chains.total)
    }
    precondition(sums.elements.allSatisfy(\.isFinite), "Whole numbers are finite.")
    return Double(threads * repetitions * ByteChains.count * laneCount * 4 * 2)
  }

  /// Memory to read from that no cache holds.
  package final class Memory: Sendable {
    private let bytes: FloatBuffer

    /// Allocates memory of that many bytes.
    package init(bytes: Int) {
      self.bytes = FloatBuffer(count: bytes / MemoryLayout<Float>.stride)
    }

    /// Reads all of it once.
    ///
    /// - Returns: The bytes that were read.
    @inline(never)
    package func read(threads: Int) -> Double {
      let share = bytes.count / threads / (8 * laneCount) * (8 * laneCount)
      let sums = FloatBuffer(count: threads)
      Parallel.forEach(count: threads, threads: threads) { index, _ in
        var chains = FloatChains()
        let base = bytes.base + index * share
        for offset in stride(from: 0, to: share, by: 8 * laneCount) { chains.add(base + offset) }
        sums.base[index] = chains.total
      }
      precondition(sums.elements.allSatisfy { $0.isFinite }, "The memory holds zeros.")
      return Double(threads * share * MemoryLayout<Float>.stride)
    }
  }
}

/// Enough independent sums to hide the latency of a multiply-add.
private struct FloatChains {
  static let count = 12
  private var v0 = Lanes(repeating: 1), v1 = Lanes(repeating: 2), v2 = Lanes(repeating: 3)
  private var v3 = Lanes(repeating: 4), v4 = Lanes(repeating: 5), v5 = Lanes(repeating: 6)
  private var v6 = Lanes(repeating: 7), v7 = Lanes(repeating: 8), v8 = Lanes(repeating: 9)
  private var v9 = Lanes(repeating: 10), v10 = Lanes(repeating: 11), v11 = Lanes(repeating: 12)

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func step(_ factor: Lanes) {
    v0 = factor.addingProduct(v0, factor)
    v1 = factor.addingProduct(v1, factor)
    v2 = factor.addingProduct(v2, factor)
    v3 = factor.addingProduct(v3, factor)
    v4 = factor.addingProduct(v4, factor)
    v5 = factor.addingProduct(v5, factor)
    v6 = factor.addingProduct(v6, factor)
    v7 = factor.addingProduct(v7, factor)
    v8 = factor.addingProduct(v8, factor)
    v9 = factor.addingProduct(v9, factor)
    v10 = factor.addingProduct(v10, factor)
    v11 = factor.addingProduct(v11, factor)
  }

  @inline(__always)
  mutating func add(_ values: UnsafePointer<Float>) {
    v0 += Lanes(at: values)
    v1 += Lanes(at: values + laneCount)
    v2 += Lanes(at: values + 2 * laneCount)
    v3 += Lanes(at: values + 3 * laneCount)
    v4 += Lanes(at: values + 4 * laneCount)
    v5 += Lanes(at: values + 5 * laneCount)
    v6 += Lanes(at: values + 6 * laneCount)
    v7 += Lanes(at: values + 7 * laneCount)
  }

  var total: Float {
    let quarters = [v0 + v1 + v2, v3 + v4 + v5, v6 + v7 + v8, v9 + v10 + v11]
    return quarters.reduce(0) { $0 + $1.total }
  }
}

/// Enough independent sums to hide the latency of a product of bytes.
private struct ByteChains {
  static let count = 12
  private var v0 = IntegerLanes.zero, v1 = IntegerLanes(repeating: 1)
  private var v2 = IntegerLanes(repeating: 2), v3 = IntegerLanes(repeating: 3)
  private var v4 = IntegerLanes(repeating: 4), v5 = IntegerLanes(repeating: 5)
  private var v6 = IntegerLanes(repeating: 6), v7 = IntegerLanes(repeating: 7)
  private var v8 = IntegerLanes(repeating: 8), v9 = IntegerLanes(repeating: 9)
  private var v10 = IntegerLanes(repeating: 10), v11 = IntegerLanes(repeating: 11)

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func step(_ codes: IntegerLanes) {
    v0 = nibble_add_byte_products(v0, codes, codes)
    v1 = nibble_add_byte_products(v1, codes, codes)
    v2 = nibble_add_byte_products(v2, codes, codes)
    v3 = nibble_add_byte_products(v3, codes, codes)
    v4 = nibble_add_byte_products(v4, codes, codes)
    v5 = nibble_add_byte_products(v5, codes, codes)
    v6 = nibble_add_byte_products(v6, codes, codes)
    v7 = nibble_add_byte_products(v7, codes, codes)
    v8 = nibble_add_byte_products(v8, codes, codes)
    v9 = nibble_add_byte_products(v9, codes, codes)
    v10 = nibble_add_byte_products(v10, codes, codes)
    v11 = nibble_add_byte_products(v11, codes, codes)
  }

  var total: Int32 {
    let low = (v0 &+ v1) &+ (v2 &+ v3) &+ (v4 &+ v5)
    let high = (v6 &+ v7) &+ (v8 &+ v9) &+ (v10 &+ v11)
    return (low &+ high).wrappedSum()
  }
}
