import NeuralNetwork
import Testing

@testable import Compression

@Suite struct TensorFileTests {
  private static let formats = StorageFormat.allCases

  private func tensors(_ line: String, filters: Int = 5, units: Int = 7) throws -> [StoredTensor] {
    try Compressor.compress(
      TestNetworks.seedShaped(filters: filters, units: units), try Recipe(line: line)
    ).tensors
  }

  @Test(arguments: formats, WeightQuantization.allowedBits)
  func everyFormatGivesBackWhatWasWritten(format: StorageFormat, bits: Int) throws {
    for settings in [
      "weights.granularity=tensor", "weights.scheme=asymmetric",
      "prune.sparsity=0.7 weights.granularity=group:13",
      "prune.sparsity=0.9 prune.scope=layer weights.scheme=asymmetric",
      "prune.pattern=2:4 weights.layers=dense",
    ] {
      let tensors = try tensors("weights.bits=\(bits) \(settings)")
      let bytes = try TensorFile.encode(tensors, as: format)
      #expect(try TensorFile.decode(bytes, as: format) == tensors, "\(settings)")
    }
  }

  @Test(arguments: formats)
  func raggedShapesGoThereAndBack(format: StorageFormat) throws {
    var random = TestRandom(11)
    for shape in [[1, 1], [1, 9], [9, 1], [3, 3, 1, 3], [17, 5], [8, 8], [64, 3]] {
      for bits in WeightQuantization.allowedBits.dropLast() {
        var kernel = random.tensor(shape)
        for index in kernel.elements.indices where index % 3 == 0 { kernel.elements[index] = 0 }
        let options = try Recipe(line: "weights.bits=\(bits) weights.granularity=group:4").weights
        let tensors = [
          StoredTensor(name: "a", values: .quantized(WeightQuantizer.quantize(kernel, options))),
          StoredTensor(name: "b", values: .float(kernel)),
        ]
        let bytes = try TensorFile.encode(tensors, as: format)
        #expect(try TensorFile.decode(bytes, as: format) == tensors)
      }
    }
  }

  /// The bytes of headers are those of a network of one-element-cheaper content, so the content's
  /// size is exact: counted by hand from the layouts.
  @Test func sizesAreThoseOfTheLayouts() throws {
    let kernel = Tensor(shape: [4, 2], elements: [1, 0, 0, 0, 3, 4, 0, 0])
    let float = [StoredTensor(name: "k", values: .float(kernel))]
    // File header 8; tensor header 1 + 1 (name) + 1 + 2 · 4 (shape) + 1 (bits) = 12.
    #expect(try TensorFile.encode(float, as: .dense).count == 8 + 12 + 8 * 4)
    // Three row pointers, three 16-bit columns, three floats.
    #expect(try TensorFile.encode(float, as: .csr16).count == 8 + 12 + 3 * 4 + 3 * 2 + 3 * 4)
    // Eight bits of mask, three floats.
    #expect(try TensorFile.encode(float, as: .bitmask).count == 8 + 12 + 1 + 3 * 4)
    let options = try Recipe(line: "weights.bits=4").weights
    let codes = [
      StoredTensor(name: "k", values: .quantized(WeightQuantizer.quantize(kernel, options)))
    ]
    // Scheme, granularity and code width are three more bytes; two scales; eight codes of 4 bits.
    #expect(try TensorFile.encode(codes, as: .dense).count == 8 + 15 + 2 * 4 + 4)
    #expect(
      try TensorFile.encode(codes, as: .csr16).count == 8 + 15 + 2 * 4 + 3 * 4 + 3 * 2 + 2)
    #expect(try TensorFile.encode(codes, as: .bitmask).count == 8 + 15 + 2 * 4 + 1 + 2)
  }

  // From the layout of the seed's first dense layer at 90 % sparsity: 69,222 weights of 4 + 2 bytes
  // and 129 row pointers of 4 (the same sum a TFLite sparse tensor follows).
  @Test func sparseRowsOfTheSeedsDenseLayer() throws {
    let network = TestNetworks.seedShaped()
    let pruned = Pruner.prune(
      network, try Recipe(line: "prune.sparsity=0.9 prune.scope=dense").prune)
    let kernel = pruned.kernels[1].tensor
    let bytes = try TensorFile.encode(
      [StoredTensor(name: "dense/kernel", values: .float(kernel))], as: .csr16)
    #expect(kernel.count - kernel.zeroCount == 69_222)
    #expect(bytes.count == 8 + 23 + 69_222 * 6 + 129 * 4)
  }

  @Test func oneBitTakesTwoWhereZerosAreStored() throws {
    let dense = Tensor(shape: [8, 1], elements: [1, -1, 1, -1, 1, -1, 1, 1])
    var sparse = dense
    sparse.elements[3] = 0
    let options = try Recipe(line: "weights.bits=1").weights
    func size(_ kernel: Tensor, _ format: StorageFormat) throws -> Int {
      let stored = StoredTensor(
        name: "k", values: .quantized(WeightQuantizer.quantize(kernel, options)))
      let bytes = try TensorFile.encode([stored], as: format)
      #expect(try TensorFile.decode(bytes, as: format) == [stored])
      return bytes.count
    }
    #expect(try size(sparse, .dense) == size(dense, .dense) + 1)
    // The bitmask says where the zeros are, so the stored signs need one bit each: 1 + 1 bytes.
    #expect(try size(sparse, .bitmask) == 8 + 15 + 4 + 1 + 1)
  }

  @Test func rowsOfMoreThan65536ColumnsAreRefusedBySparseRowsAlone() throws {
    let wide = [StoredTensor(name: "wide", values: .float(Tensor(zeros: [65_537, 1])))]
    let error = #expect(throws: StorageError.self) { try TensorFile.encode(wide, as: .csr16) }
    #expect(
      error?.description
        == "wide: csr16 has column indices of 16 bits, and a row has 65537 columns, more than 65536"
    )
    let bytes = try TensorFile.encode(wide, as: .bitmask)
    #expect(try TensorFile.decode(bytes, as: .bitmask) == wide)
    let fitting = [StoredTensor(name: "fits", values: .float(Tensor(zeros: [65_536, 1])))]
    #expect(
      try TensorFile.decode(TensorFile.encode(fitting, as: .csr16), as: .csr16) == fitting)
  }

  @Test(arguments: formats)
  func truncatedAndExtendedFilesAreRefused(format: StorageFormat) throws {
    let tensors = try tensors("weights.bits=5 prune.sparsity=0.5", filters: 1, units: 2)
    let bytes = try TensorFile.encode(tensors, as: format)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
      #expect(throws: StorageError.self) {
        try TensorFile.decode(Array(bytes[..<length]), as: format)
      }
    }
    #expect(throws: StorageError.self) { try TensorFile.decode(bytes + [0], as: format) }
    #expect(throws: StorageError.self) { try TensorFile.decode(bytes, as: format, limit: 100) }
  }

  @Test func aFileOfAnotherFormatIsRefusedByName() throws {
    let bytes = try TensorFile.encode(try tensors(""), as: .csr16)
    let error = #expect(throws: StorageError.self) { try TensorFile.decode(bytes, as: .bitmask) }
    #expect(error?.description == "the file has format number 2, but bitmask is 3")
  }

  /// Changed bytes either read as some sound network or are refused; nothing traps, and sizes that
  /// a file only claims are never allocated.
  @Test(arguments: formats)
  func mutatedFilesNeverTrap(format: StorageFormat) throws {
    var random = TestRandom(77)
    var refused = 0
    for settings in [
      "", "weights.bits=3 prune.sparsity=0.6", "weights.bits=1", "weights.bits=16",
      "weights.bits=4 weights.scheme=asymmetric weights.granularity=group:8 prune.sparsity=0.5",
    ] {
      let tensors = try tensors(settings, filters: 1, units: 2)
      let bytes = try TensorFile.encode(tensors, as: format)
      for _ in 0..<400 {
        var mutated = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          // Headers lie at the front of each tensor; half of the changes hit the first bytes.
          let limit = Bool.random(using: &random) ? min(96, mutated.count) : mutated.count
          let place = Int.random(in: 0..<limit, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
          case 1: mutated[place] = 255
          case 2: mutated.remove(at: place)
          default: mutated.insert(UInt8.random(in: 0...255, using: &random), at: place)
          }
        }
        do {
          let read = try TensorFile.decode(mutated, as: format, limit: 100_000)
          #expect(read.reduce(0) { $0 + $1.tensor.count } <= 100_000)
        } catch {
          refused += 1
          #expect(!error.description.contains("\n"))
        }
      }
    }
    #expect(refused > 100)
  }

  @Test func aSmallFileThatClaimsMuchIsRefused() throws {
    // One tensor "k" of 65,536 × 65,536 floats in a bitmask file of a few bytes.
    let header: [UInt8] = [78, 73, 66, 76, 1, 3, 1, 0, 1, 107, 2, 0, 0, 1, 0, 0, 0, 1, 0, 32]
    #expect(throws: StorageError.tooLarge(limit: TensorFile.defaultLimit)) {
      try TensorFile.decode(header + [0, 0, 0, 0], as: .bitmask)
    }
  }

  @Test func gzipOfManyZerosIsBoundedByTheLimit() throws {
    let bomb = GzipWriter.compress([UInt8](repeating: 0, count: 4_000_000))
    #expect(bomb.count < 10_000)
    #expect(throws: StorageError.gzip(.oversized(limit: 1_009_000))) {
      try TensorFile.decode(bomb, as: .gzip, limit: 1_000)
    }
  }
}
