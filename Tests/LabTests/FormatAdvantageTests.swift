import Compression
import Testing

@testable import Lab

/// Where a format is shorter than the dense one.
@Suite struct FormatAdvantageTests {
  @Test func aStretchEndsWhereTheLinesThroughItsNeighboursMeet() {
    let points: [(x: Double, bytes: [StorageFormat: Int])] = [
      (0, [.dense: 100, .csr16: 150, .gzip: 100]), (1, [.dense: 100, .csr16: 50, .gzip: 100]),
      (2, [.dense: 100, .csr16: 150, .gzip: 120]),
    ]
    let found = FormatAdvantage.find(points)
    #expect(found.map(\.format) == [.csr16])
    #expect(found[0].first == 1 && found[0].last == 1)
    #expect(found[0].lower == 0.5 && found[0].upper == 1.5)
    #expect(!found[0].startsShorter && !found[0].endsShorter)
    let longer: [(x: Double, bytes: [StorageFormat: Int])] = [
      (0, [.dense: 10, .gzip: 8]), (1, [.dense: 10, .gzip: 10]), (2, [.dense: 10, .gzip: 9]),
    ]
    let stretches = FormatAdvantage.find(longer)
    #expect(stretches.map(\.startsShorter) == [true, false])
    #expect(stretches.map(\.endsShorter) == [false, true])
    #expect(stretches.map(\.upper) == [1, 2] && stretches[1].lower == 1)
  }
}
