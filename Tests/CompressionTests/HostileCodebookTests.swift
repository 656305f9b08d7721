import NeuralNetwork
import Testing

@testable import Compression

/// Files of codebooks that no encoder wrote.
@Suite struct HostileCodebookTests {
  /// File header of 8 bytes; name "k"; shape 4 × 2; 2 bits; scheme 2 (codebook); granularity; width.
  private static func header(
    format: UInt8 = 1, bits: UInt8 = 2, granularity: UInt8 = 0, width: UInt8 = 2
  ) -> [UInt8] {
    [
      78, 73, 66, 76, 1, format, 1, 0, 1, 107, 2, 4, 0, 0, 0, 2, 0, 0, 0, bits, 2, granularity,
      width,
    ]
  }

  private static func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
  }

  private static let levels = floats([-1, 0, 1, 2])

  @Test func theSoundFileReads() throws {
    // Eight indices of two bits, the lowest first: 0, 1, 2, 3, 3, 2, 1, 0.
    let bytes = Self.header() + Self.levels + [0b1110_0100, 0b0001_1011]
    let read = try TensorFile.decode(bytes, as: .dense)
    #expect(read.first?.tensor.elements == [-1, 0, 1, 2, 2, 1, 0, -1])
  }

  @Test func impossibleDescriptionsAreRefused() {
    let body = Self.levels + [0, 0]
    for (bytes, sentence) in [
      (Self.header(bits: 16), "a codebook's index has 1 … 8 bits, not 16"),
      (Self.header(bits: 9), "a weight has 1 … 8, 16 or 32 bits, not 9"),
      (Self.header(granularity: 2), "a codebook has no granularity 2"),
      (Self.header(width: 3), "indices of 2 bits are not stored in 3"),
    ] {
      #expect(throws: StorageError.invalid(tensor: "k", sentence)) {
        try TensorFile.decode(bytes + body, as: .dense)
      }
    }
  }

  @Test func valuesThatAreNoNumbersAreRefused() {
    for value in [Float.nan, .infinity] {
      let bytes = Self.header() + Self.floats([0, 1, value, 2]) + [0, 0]
      #expect(throws: StorageError.invalid(tensor: "k", "a codebook's value is not finite")) {
        try TensorFile.decode(bytes, as: .dense)
      }
    }
  }

  /// A sparse layout leaves zeros out, which a list without zero cannot stand for.
  @Test func zerosThatTheListDoesNotHaveAreRefused() {
    let levels = Self.floats([-1, 0.5, 1, 2])
    // A mask of seven stored weights, and their indices.
    let bitmask = Self.header(format: 3) + levels + [0b0111_1111, 0, 0]
    // A gap of two bits and one stored weight.
    let relative = Self.header(format: 4) + levels + [2, 1, 0, 0, 0, 3, 0]
    for (bytes, format) in [(bitmask, StorageFormat.bitmask), (relative, .relative)] {
      #expect(
        throws: StorageError.invalid(
          tensor: "k", "weights are left out as zero, but the codebook has no zero")
      ) { try TensorFile.decode(bytes, as: format) }
    }
  }

  /// A list for each of many channels is not taken for granted before its bytes are there.
  @Test func listsThatAreNotThereAreNotAllocated() {
    var bytes = Self.header(bits: 8, granularity: 1, width: 8)
    // 4 × 1,000,000 weights would have a million lists of 256 values.
    bytes.replaceSubrange(15..<19, with: [0x40, 0x42, 0x0F, 0])
    #expect(throws: StorageError.truncated(what: "the codebook of k")) {
      try TensorFile.decode(bytes + Self.levels, as: .dense)
    }
  }

  @Test(arguments: StorageFormat.allCases)
  func changedFilesNeverTrap(format: StorageFormat) throws {
    var random = TestRandom(31)
    let recipe = try Recipe(
      line: "weights.codebook=kmeans weights.bits=3 prune.sparsity=0.6 prune.scope=layer")
    let tensors = try Compressor.compress(
      TestNetworks.seedShaped(filters: 1, units: 2), recipe
    ).tensors
    let bytes = try TensorFile.encode(tensors, as: format)
    var refused = 0
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        if Bool.random(using: &random) {
          changed[place] = UInt8.random(in: 0...255, using: &random)
        } else {
          changed.remove(at: place)
        }
      }
      do {
        let read = try TensorFile.decode(changed, as: format, limit: 50_000)
        #expect(read.reduce(0) { $0 + $1.tensor.count } <= 50_000)
      } catch {
        refused += 1
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(refused > 50)
  }
}
