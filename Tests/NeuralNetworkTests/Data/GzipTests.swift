import NeuralNetwork
import RandomNumbers
import Testing

@Suite struct GzipTests {
  private static let text = [UInt8](repeating: 7, count: 5000) + (0..<250).map { UInt8($0) }

  @Test func unpacksWhatWasPacked() throws {
    #expect(try Gzip.decompress(gzip(Self.text), limit: Self.text.count) == Self.text)
    #expect(try Gzip.decompress(gzip([]), limit: 0) == [])
    #expect(try Gzip.prefix(of: gzip(Self.text), count: 5003) == Array(Self.text.prefix(5003)))
  }

  @Test func knownAnswer() throws {
    // printf 'nibble' | gzip -n | xxd -i
    let packed: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0xcb, 0x4c, 0x4a, 0xca,
      0x49, 0x05, 0x00, 0x0f, 0x4b, 0xf2, 0x39, 0x06, 0x00, 0x00, 0x00,
    ]
    #expect(try Gzip.decompress(packed, limit: 100) == Array("nibble".utf8))
  }

  @Test func refusesOtherFiles() {
    #expect(throws: GzipError.notGzip) { try Gzip.decompress([], limit: 9) }
    #expect(throws: GzipError.notGzip) { try Gzip.decompress(Array("PK".utf8), limit: 9) }
    #expect(throws: GzipError.truncated) { try Gzip.decompress([0x1f], limit: 9) }
  }

  @Test func refusesEveryTruncation() {
    let packed = gzip(Self.text)
    for length in 1..<packed.count {
      #expect(throws: GzipError.truncated) {
        try Gzip.decompress(Array(packed.prefix(length)), limit: Self.text.count)
      }
    }
  }

  @Test func refusesMoreThanTheLimit() {
    #expect(throws: GzipError.oversized(limit: 5249)) {
      try Gzip.decompress(gzip(Self.text), limit: Self.text.count - 1)
    }
  }

  @Test func refusesTrailingBytes() {
    #expect(throws: GzipError.trailingBytes(3)) {
      try Gzip.decompress(gzip(Self.text) + [1, 2, 3], limit: Self.text.count)
    }
  }

  @Test func changedBytesNeverGiveOtherData() {
    let packed = gzip(Self.text)
    var generator = SplitMix64(seed: 11)
    for _ in 0..<500 {
      var changed = packed
      changed[generator.nextIndex(below: packed.count)] ^= UInt8(
        1 << generator.nextIndex(below: 8))
      // Some bits of the header (time, operating system) mean nothing to the data.
      if let unpacked = try? Gzip.decompress(changed, limit: Self.text.count) {
        #expect(unpacked == Self.text)
      }
    }
  }
}
