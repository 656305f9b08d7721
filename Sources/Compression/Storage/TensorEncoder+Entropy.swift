import NeuralNetwork

/// The two later stages of Deep Compression (Han et al. 2016): relative indices, and Huffman codes.
extension TensorEncoder {
  /// Header, scales, the gaps' width (1 byte), the number of stored weights (4 bytes), the gaps, and
  /// the stored weights, in flat order.
  ///
  /// The width is the one that makes the fewest bits.
  func writeRelative(to writer: inout ByteWriter) throws(StorageError) {
    let weights = tensor.tensor
    guard weights.shape.count >= 2 else { return try writeDense(to: &writer) }
    let runs = RelativeIndex.runs(weights.elements)
    let widths = RelativeIndex.gapWidths.map { gapBits in
      let (gaps, fillers) = RelativeIndex.gapFrequencies(runs, gapBits: gapBits)
      let bits = (gapBits + width(storesZeros: fillers > 0)) * gaps.reduce(0, +)
      return (gapBits: gapBits, bits: bits)
    }
    let best = widths.min { $0.bits < $1.bits }?.gapBits ?? 1
    let index = RelativeIndex(weights.elements, gapBits: best)
    let codeWidth = width(storesZeros: index.places.contains { weights.elements[$0] == 0 })
    try writeSparseHeader(weights.shape, width: codeWidth, to: &writer)
    try write(index, to: &writer)
    writer.write(index.gaps.map(UInt32.init), width: best)
    writeValues(at: index.places, width: codeWidth, to: &writer)
  }

  /// Header, scales, and the weights in Huffman codes.
  ///
  /// A byte tells the gaps' width. 0 means that every weight is stored; else the number of stored
  /// weights follows (4 bytes), then the gaps. Gaps and codes each stand as a table of the lengths of
  /// their Huffman codes (4 bits a symbol) and the codes themselves. Of a weight of 16 bits the upper
  /// byte is coded, and all lower bytes follow as they are. Floats are not coded.
  func writeHuffman(to writer: inout ByteWriter) throws(StorageError) {
    let weights = tensor.tensor
    guard weights.shape.count >= 2 else { return try writeDense(to: &writer) }
    let gapBits = bestGapBits(weights.elements)
    let index = gapBits.map { RelativeIndex(weights.elements, gapBits: $0) }
    let storesZeros =
      index.map { $0.places.contains { weights.elements[$0] == 0 } } ?? weights.elements.contains(0)
    let codeWidth = width(storesZeros: storesZeros)
    try writeSparseHeader(weights.shape, width: codeWidth, to: &writer)
    defer { writer.begin(.frame) }
    if let index {
      try write(index, to: &writer)
      TensorEncoder.writeHuffman(
        index.gaps, symbolBits: index.gapBits, as: .indices, to: &writer)
    } else {
      writer.begin(.indices)
      writer.write(UInt8(0))
    }
    guard let codes = codes(at: index?.places, width: codeWidth) else {
      writer.begin(.values)
      writer.write(index.map { $0.places.map { weights.elements[$0] } } ?? weights.elements)
      return
    }
    let shift = TensorEncoder.lowerBits(ofWidth: codeWidth)
    TensorEncoder.writeHuffman(
      codes.map { UInt8(truncatingIfNeeded: $0 &>> shift) }, symbolBits: codeWidth - Int(shift),
      as: .values, to: &writer)
    if shift > 0 { writer.write(codes.map { UInt8(truncatingIfNeeded: $0) }) }
  }

  /// The lower bits of a code that are not coded: symbols have at most 8 bits.
  static func lowerBits(ofWidth width: Int) -> UInt32 { width > 8 ? UInt32(width - 8) : 0 }

  private func write(_ index: RelativeIndex, to writer: inout ByteWriter) throws(StorageError) {
    guard index.places.count <= Int(UInt32.max) else {
      throw .unsupported(tensor: tensor.name.text, "relative counts weights with 32 bits")
    }
    writer.begin(.indices)
    writer.write(UInt8(index.gapBits))
    writer.write(UInt32(index.places.count))
  }

  private static func writeHuffman(
    _ symbols: [UInt8], symbolBits: Int, as part: StoragePart, to writer: inout ByteWriter
  ) {
    let code = HuffmanCode(frequencies: frequencies(of: symbols, symbolBits: symbolBits))
    writer.begin(.scales)
    writer.write(code.lengths.map(UInt32.init), width: 4)
    writer.begin(part)
    writer.write(code.encode(symbols))
  }

  private static func frequencies(of symbols: [UInt8], symbolBits: Int) -> [Int] {
    var frequencies = [Int](repeating: 0, count: 1 << symbolBits)
    for symbol in symbols { frequencies[Int(symbol)] &+= 1 }
    return frequencies
  }

  /// The gaps' width that promises the fewest bytes, or nil if storing every weight does.
  ///
  /// Fillers are all counted as one symbol here, though on a grid with several zero points they may
  /// be a few.
  private func bestGapBits(_ weights: [Float]) -> Int? {
    let runs = RelativeIndex.runs(weights)
    func bytes(_ frequencies: [Int]) -> Int {
      (frequencies.count + 1) / 2
        + HuffmanCode(frequencies: frequencies).byteCount(frequencies: frequencies)
    }
    let (wideBits, narrowBits) = (
      width(storesZeros: weights.contains(0)), width(storesZeros: false)
    )
    let whole = frequencies(weights, width: wideBits)
    let narrow = wideBits == narrowBits ? whole : frequencies(weights, width: narrowBits)
    let rawBytes = tensor.isFloat ? 4 : Int(TensorEncoder.lowerBits(ofWidth: narrowBits)) / 8
    let dense =
      (whole.map { bytes(zip($0.stored, $0.zeros).map(+)) } ?? 0) + rawBytes * weights.count
    var best: (gapBits: Int?, bytes: Int) = (nil, dense)
    for gapBits in RelativeIndex.gapWidths {
      let (gaps, fillers) = RelativeIndex.gapFrequencies(runs, gapBits: gapBits)
      var size = 4 + bytes(gaps) + rawBytes * gaps.reduce(0, +)
      if let counted = fillers > 0 ? whole : narrow {
        var values = counted.stored
        if let zero = counted.zeros.indices.max(by: { counted.zeros[$0] < counted.zeros[$1] }) {
          values[zero] += fillers
        }
        size += bytes(values)
      }
      if size < best.bytes { best = (gapBits, size) }
    }
    return best.gapBits
  }

  /// How often each symbol stands for a weight other than zero, and for zero; nil for floats.
  private func frequencies(
    _ weights: [Float], width: Int
  ) -> (stored: [Int], zeros: [Int])? {
    guard let codes = codes(at: nil, width: width) else { return nil }
    let shift = TensorEncoder.lowerBits(ofWidth: width)
    let symbols = 1 << (width - Int(shift))
    // One table, so that no branch depends on the weights: zeros behind the others.
    var counts = [Int](repeating: 0, count: 2 * symbols)
    for (code, weight) in zip(codes, weights) {
      counts[Int(code &>> shift) &+ (weight == 0 ? symbols : 0)] &+= 1
    }
    return (Array(counts[..<symbols]), Array(counts[symbols...]))
  }
}
