import NeuralNetwork
import Testing

@testable import Compression

/// What the bytes of a file are for.
@Suite struct StorageBreakdownTests {
  @Test(arguments: StorageFormat.allCases)
  func thePartsOfEveryFormatAddUpToTheFilesLength(format: StorageFormat) throws {
    for line in [
      "", "weights.bits=4", "weights.bits=8 weights.scheme=asymmetric prune.sparsity=0.9",
      "weights.bits=16 prune.sparsity=0.5", "weights.bits=3 weights.codebook=kmeans",
      "weights.bits=1 weights.granularity=group:13 prune.sparsity=0.7",
      "prune.pattern=filter prune.sparsity=0.4", "weights.bits=4 weights.layers=dense",
    ] {
      let tensors = try Compressor.compress(
        TestNetworks.seedShaped(filters: 5, units: 7), try Recipe(line: line)
      ).tensors
      let breakdown = try TensorFile.breakdown(of: tensors, as: format)
      #expect(breakdown.format == format)
      #expect(breakdown.total == (try TensorFile.encode(tensors, as: format).count), "\(line)")
    }
  }

  // Counted by hand from the layouts of `TensorFile`: eight weights of which three are not zero.
  @Test func partsOfTheLayouts() throws {
    let kernel = Tensor(shape: [4, 2], elements: [1, 0, 0, 0, 3, 4, 0, 0])
    let options = try Recipe(line: "weights.bits=4").weights
    let tensors = [
      StoredTensor(name: "k", values: .quantized(WeightQuantizer.quantize(kernel, options))),
      StoredTensor(name: "b", values: .float(Tensor(shape: [2], elements: [5, 6]))),
    ]
    // File header 8; the kernel's 15; the bias' 1 + 1 + 1 + 4 + 1 and its two floats.
    let frame = 8 + 15 + 8 + 8
    func parts(_ format: StorageFormat) throws -> [StoragePart: Int] {
      try TensorFile.breakdown(of: tensors, as: format).bytes
    }
    // Two scales; eight codes of 4 bits.
    #expect(try parts(.dense) == [.frame: frame, .scales: 8, .values: 4])
    // Three pointers of 4 bytes and three columns of 2; three codes of 4 bits.
    #expect(try parts(.csr16) == [.frame: frame, .scales: 8, .indices: 18, .values: 2])
    #expect(try parts(.bitmask) == [.frame: frame, .scales: 8, .indices: 1, .values: 2])
    #expect(try parts(.gzip).keys.elementsEqual([.stream]))
  }

  @Test func huffmanTablesCountBesideTheScalesGapsAsIndices() throws {
    let tensors = try Compressor.compress(
      TestNetworks.seedShaped(), try Recipe(line: "weights.bits=4 prune.sparsity=0.9")
    ).tensors
    let parts = try TensorFile.breakdown(of: tensors, as: .huffman).bytes
    let stored = tensors.filter { $0.tensor.shape.count >= 2 }
    let scales = stored.reduce(0) { sum, tensor in
      if case .quantized(let quantized) = tensor.values {
        sum + 4 * quantized.scales.count
      } else {
        sum
      }
    }
    // A table of codes of 4 bits takes 8 bytes, one of gaps at most 128.
    let tables = try #require(parts[.scales]) - scales
    #expect((stored.count * 8...stored.count * 136).contains(tables))
    // 69,396 of 693,952 weights stay, and a gap's code has at least one bit.
    #expect(try #require(parts[.indices]) > 69_396 / 8)
    #expect(try #require(parts[.values]) > 69_396 / 8)
  }
}
