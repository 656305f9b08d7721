import Foundation
import NeuralNetwork
import Testing

@testable import Compression

@Suite struct HuffmanCodeTests {
  /// The example of RFC 1951, section 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4 for A … H give the codes
  /// 010, 011, 100, 101, 110, 00, 1110, 1111.
  @Test func codesAreThoseOfTheStandardsExample() throws {
    let code = try #require(HuffmanCode(lengths: [3, 3, 3, 3, 3, 2, 4, 4]))
    // 010 011 100 101 110 00 1110 1111, filled with zeros.
    #expect(
      code.encode([0, 1, 2, 3, 4, 5, 6, 7]) == [0b0100_1110, 0b0101_1100, 0b0111_0111, 0b1000_0000])
  }

  /// The example of Cormen et al., "Introduction to Algorithms", 16.3: 45, 13, 12, 16, 9 and 5
  /// thousand letters take 224 thousand bits.
  @Test func lengthsAreTheBest() {
    let frequencies = [45, 13, 12, 16, 9, 5]
    let code = HuffmanCode(frequencies: frequencies)
    #expect(code.lengths == [1, 3, 3, 3, 4, 4])
    #expect(zip(frequencies, code.lengths).reduce(0) { $0 + $1.0 * Int($1.1) } == 224)
    #expect(code.byteCount(frequencies: frequencies) == 28)
  }

  /// Fibonacci's numbers make the deepest trees: without a limit 30 symbols would take 29 bits.
  @Test func lengthsStayWithinTheLimit() {
    var frequencies = [1, 1]
    for _ in 2..<30 { frequencies.append(frequencies.suffix(2).reduce(0, +)) }
    let code = HuffmanCode(frequencies: frequencies)
    #expect(code.lengths.max() == 15)
    #expect(HuffmanCode(lengths: code.lengths) == code)
    // Rarer symbols never have shorter codes.
    #expect(zip(code.lengths, code.lengths.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func loneSymbolsTakeNoBits() throws {
    let code = HuffmanCode(frequencies: [0, 0, 7, 0])
    #expect(code.onlySymbol == 2)
    #expect(code.encode([2, 2, 2]).isEmpty)
    var reader = ByteReader([])
    #expect(try reader.symbols(3, of: code, for: "it") == [2, 2, 2])
  }

  @Test(arguments: [[1, 1, 1], [2, 2, 2], [1, 2, 3], [2, 0, 0], [0, 15, 1]] as [[UInt8]])
  func lengthsOfNoPrefixCodeAreRefused(lengths: [UInt8]) {
    #expect(HuffmanCode(lengths: lengths) == nil)
  }

  @Test func randomSymbolsComeBack() throws {
    var random = TestRandom(5)
    for count in [2, 3, 17, 256] {
      let symbols = (0..<2_000).map { _ in
        // Products of random numbers are spread unevenly, as weights are.
        UInt8(
          Int.random(in: 0..<count, using: &random) * Int.random(in: 0..<count, using: &random)
            / count)
      }
      var frequencies = [Int](repeating: 0, count: count)
      for symbol in symbols { frequencies[Int(symbol)] += 1 }
      let code = HuffmanCode(frequencies: frequencies)
      let bytes = code.encode(symbols)
      #expect(bytes.count == code.byteCount(frequencies: frequencies))
      var reader = ByteReader(bytes)
      #expect(try reader.symbols(symbols.count, of: code, for: "it") == symbols)
      #expect(reader.remaining == 0)
      // Shannon 1948: no code is shorter than the entropy, and Huffman's is at most a bit longer.
      let entropy = frequencies.filter { $0 > 0 }.reduce(0.0) { sum, frequency in
        let share = Double(frequency) / Double(symbols.count)
        return sum - share * log2(share)
      }
      let length = Double(bytes.count * 8) / Double(symbols.count)
      #expect(length >= entropy && length <= entropy + 1.01)
    }
  }
}

@Suite struct RelativeIndexTests {
  /// Figure 2 of "Deep Compression": the third weight lies more than eight behind the second, so a
  /// filler stands between them.
  @Test func longRunsAreBridgedByFillers() {
    var weights = [Float](repeating: 0, count: 16)
    (weights[1], weights[4], weights[15]) = (3.4, 0.9, 1.7)
    let index = RelativeIndex(weights, gapBits: 3)
    #expect(index.gaps == [1, 2, 7, 2])
    #expect(index.places == [1, 4, 12, 15])
    #expect(RelativeIndex.runs(weights) == [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1])
    let (gaps, fillers) = RelativeIndex.gapFrequencies(RelativeIndex.runs(weights), gapBits: 3)
    #expect(gaps == [0, 1, 2, 0, 0, 0, 0, 1])
    #expect(fillers == 1)
  }

  @Test func gapsGiveThePlacesBack() {
    var random = TestRandom(3)
    for share in [0.0, 0.3, 0.9, 0.99, 1] {
      let weights = (0..<3_000).map { _ in
        Double.random(in: 0..<1, using: &random) < share ? Float(0) : 1
      }
      for gapBits in RelativeIndex.gapWidths {
        let index = RelativeIndex(weights, gapBits: gapBits)
        let read = RelativeIndex(gapBits: gapBits, gaps: index.gaps, count: weights.count)
        #expect(read?.places == index.places)
        let (gaps, fillers) = RelativeIndex.gapFrequencies(
          RelativeIndex.runs(weights), gapBits: gapBits)
        #expect(gaps.reduce(0, +) == index.places.count)
        #expect(fillers == index.places.count { weights[$0] == 0 })
      }
    }
    #expect(RelativeIndex(gapBits: 2, gaps: [3, 3], count: 7) == nil)
  }
}

@Suite struct EntropyFormatTests {
  private static let formats = [StorageFormat.relative, .huffman]

  /// Counted by hand from the layouts; the same tensor as in `TensorFileTests`.
  @Test func sizesAreThoseOfTheLayouts() throws {
    let kernel = Tensor(shape: [4, 2], elements: [1, 0, 0, 0, 3, 4, 0, 0])
    let options = try Recipe(line: "weights.bits=4 weights.granularity=tensor").weights
    let codes = [
      StoredTensor(name: "k", values: .quantized(WeightQuantizer.quantize(kernel, options)))
    ]
    // File header 8, tensor header 15, one scale 4; gap width 1, count 4. Gaps 0, 3, 0 take 2 bits
    // each, as with 1 bit a filler would cost 5 bits more: 6 bits, one byte. Codes: 12 bits.
    #expect(try TensorFile.encode(codes, as: .relative).count == 8 + 15 + 4 + 5 + 1 + 2)
    // Storing every weight: no gaps, a table of 16 lengths, and five zeros of 1 bit, with 2, 3 and 3
    // bits for the codes 2, 5 and 7: 13 bits.
    #expect(try TensorFile.encode(codes, as: .huffman).count == 8 + 15 + 4 + 1 + 8 + 2)
  }

  @Test func huffmanComesNearTheEntropyOfAPrunedNetwork() throws {
    let tensors = try Compressor.compress(
      TestNetworks.seedShaped(), Recipe(line: "prune.sparsity=0.9 weights.bits=4")
    ).tensors
    let sizes = try Dictionary(
      uniqueKeysWithValues: StorageFormat.allCases.map {
        ($0, try TensorFile.encode(tensors, as: $0).count)
      })
    let huffman = try #require(sizes[.huffman])
    #expect(sizes.values.min() == huffman)
    #expect(
      try TensorFile.decode(TensorFile.encode(tensors, as: .huffman), as: .huffman) == tensors)
    // The entropy of a mask of 90 % zeros is 0.469 bits a weight, and codes take at most 4 bits of
    // every tenth; scales and float biases come on top.
    let weights = tensors.filter { !$0.isFloat }.reduce(0) { $0 + $1.tensor.count }
    #expect(Double(huffman * 8) / Double(weights) < 0.469 + 0.4 + 0.03)
  }

  /// Every prefix of a file is refused, a file with one bit turned is either refused in one line
  /// or reads as sound tensors.
  @Test(
    arguments: formats,
    [
      "weights.bits=3 prune.sparsity=0.9", "weights.bits=1 prune.sparsity=0.5", "weights.bits=16",
      "weights.bits=4 weights.codebook=kmeans prune.sparsity=0.6",
      "weights.bits=5 weights.scheme=asymmetric weights.granularity=group:8 prune.sparsity=0.8",
    ])
  func cutAndFlippedFilesNeverTrap(format: StorageFormat, line: String) throws {
    let tensors = try Compressor.compress(
      TestNetworks.seedShaped(filters: 1, units: 1), Recipe(line: line)
    ).tensors
    let bytes = try TensorFile.encode(tensors, as: format)
    for length in bytes.indices {
      #expect(throws: StorageError.self) {
        try TensorFile.decode(Array(bytes[..<length]), as: format)
      }
    }
    var refused = 0
    for bit in stride(from: 0, to: bytes.count * 8, by: 7) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        let read = try TensorFile.decode(flipped, as: format, limit: 20_000)
        #expect(read.reduce(0) { $0 + $1.tensor.count } <= 20_000)
        // What was accepted can be written again.
        _ = try TensorFile.encode(read, as: format)
      } catch {
        refused += 1
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(refused > 20)
  }

  @Test func needlessZerosAreRefused() throws {
    let kernel = StoredTensor(
      name: "k", values: .float(Tensor(shape: [2, 2], elements: [1, 2, 0, 0])))
    var bytes = try TensorFile.encode([kernel], as: .relative)
    // The last four bytes are the second weight, 2; as 0 it would be a filler without a need.
    for place in bytes.indices.suffix(4) { bytes[place] = 0 }
    #expect(
      throws: StorageError.invalid(
        tensor: "k", "a zero is stored that is not needed to bridge a gap")
    ) { try TensorFile.decode(bytes, as: .relative) }
  }

  @Test func aSmallFileThatClaimsMuchIsRefused() throws {
    // A lone symbol takes no bits, so a few bytes could claim any number of weights; the limit holds.
    let header: [UInt8] = [
      78, 73, 66, 76, 1, 5, 1, 0, 1, 107, 2, 0, 0, 1, 0, 0, 0, 1, 0, 8, 0, 0, 8,
    ]
    #expect(throws: StorageError.tooLarge(limit: TensorFile.defaultLimit)) {
      try TensorFile.decode(header + [UInt8](repeating: 1, count: 200), as: .huffman)
    }
  }
}
