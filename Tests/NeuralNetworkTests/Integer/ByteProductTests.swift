import CKernels
import RandomNumbers
import Testing
import VectorLanes

@testable import NeuralNetwork

@Suite struct ByteProductTests {
  private func bytes(_ values: [Int]) -> SIMD16<Int32> {
    values.map { UInt8(truncatingIfNeeded: $0) }.withUnsafeBytes {
      $0.loadUnaligned(as: SIMD16<Int32>.self)
    }
  }

  private func check(codes: [Int], weights: [Int], sums: [Int32]) {
    let start = sums.withUnsafeBytes { $0.loadUnaligned(as: SIMD16<Int32>.self) }
    let fast = nibble_add_byte_products(start, bytes(codes), bytes(weights))
    let portable = nibble_add_byte_products_portable(start, bytes(codes), bytes(weights))
    for lane in 0..<16 {
      let expected = (0..<4).reduce(Int(sums[lane])) {
        $0 + codes[4 * lane + $1] * weights[4 * lane + $1]
      }
      #expect(Int(fast[lane]) == expected)
      #expect(Int(portable[lane]) == expected)
    }
  }

  @Test func sumsAreExactWithAndWithoutTheInstruction() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      check(
        codes: (0..<64).map { _ in generator.nextIndex(below: 256) },
        weights: (0..<64).map { _ in generator.nextIndex(below: 256) - 128 },
        sums: (0..<16).map { _ in Int32(generator.nextIndex(below: 1 << 31)) - (1 << 30) })
    }
  }

  /// Four products of either sign at once leave the range of 16 bits.
  @Test(arguments: [-128, -127, 0, 127])
  func extremesAreExact(_ weight: Int) {
    check(
      codes: [Int](repeating: 255, count: 64), weights: [Int](repeating: weight, count: 64),
      sums: [Int32](repeating: 0, count: 16))
    check(
      codes: (0..<64).map { $0 % 2 == 0 ? 255 : 0 }, weights: (0..<64).map { _ in weight },
      sums: [Int32](repeating: -5, count: 16))
  }
}
