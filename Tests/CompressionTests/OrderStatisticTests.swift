import Testing

@testable import Compression

@Suite struct OrderStatisticTests {
  @Test(arguments: [1, 2, 255, 256, 257, 1000, 5408, 20_000])
  func everyRankAgreesWithSorting(count: Int) {
    var random = TestRandom(UInt64(count))
    let keys = (0..<count).map { index -> UInt32 in
      index % 3 == 0 ? UInt32(index % 7) : OrderStatistic.magnitudeKey(random.weight())
    }
    let sorted = keys.sorted()
    for rank in stride(from: 0, to: count, by: max(1, count / 37)) {
      let found = keys.withUnsafeBufferPointer { OrderStatistic.key(atRank: rank, of: $0) }
      #expect(found == sorted[rank])
    }
  }

  @Test func orderedKeysOrderLikeFloats() {
    let values: [Float] = [
      -.greatestFiniteMagnitude, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 0.5, 3e38,
    ]
    let keys = values.map(OrderStatistic.orderedKey)
    #expect(keys == keys.sorted())
    #expect(keys.map(OrderStatistic.float(ofOrderedKey:)) == values)
  }

  // numpy.percentile([1, 2, 3, 4], [0, 25, 50, 99, 100]) = 1, 1.75, 2.5, 3.97, 4
  @Test(arguments: [(0, 1), (25, 1.75), (50, 2.5), (99, 3.97), (100, 4)])
  func percentilesInterpolateAsNumpyDoes(percentile: Double, expected: Float) {
    let keys = [3, 1, 4, 2].map { OrderStatistic.magnitudeKey($0) }
    let found = keys.withUnsafeBufferPointer {
      OrderStatistic.percentile(percentile, of: $0) { Float(bitPattern: $0) }
    }
    #expect(abs(found - expected) < 1e-6)
  }
}
