import NeuralNetwork

extension TensorDecoder {
  /// What `TensorEncoder.writeRelative` writes.
  func readRelative(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    guard header.hasRows else { return try readDense(from: &reader) }
    let parts = try readParts(from: &reader)
    let gapBits = Int(try reader.byte(for: gapsName))
    guard RelativeIndex.gapWidths.contains(gapBits) else {
      throw invalid("a gap has 1 … 8 bits, not \(gapBits)")
    }
    let count = try readCount(from: &reader)
    let gaps = try reader.codes(count, width: gapBits, for: gapsName)
    let index = try index(gapBits, gaps.map { UInt8(truncatingIfNeeded: $0) })
    let tensor = try readValues(at: index.places, parts, from: &reader)
    return try checked(tensor, index)
  }

  /// What `TensorEncoder.writeHuffman` writes.
  func readHuffman(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    guard header.hasRows else { return try readDense(from: &reader) }
    let parts = try readParts(from: &reader)
    let gapBits = Int(try reader.byte(for: gapsName))
    guard gapBits == 0 || RelativeIndex.gapWidths.contains(gapBits) else {
      throw invalid("a gap has 0 … 8 bits, not \(gapBits)")
    }
    guard gapBits > 0 else {
      return try readCoded(at: Array(0..<header.count), parts, from: &reader)
    }
    let count = try readCount(from: &reader)
    let gaps = try readSymbols(count, symbolBits: gapBits, from: &reader, for: gapsName)
    let index = try index(gapBits, gaps)
    return try checked(try readCoded(at: index.places, parts, from: &reader), index)
  }

  private func readCoded(
    at places: [Int], _ parts: Parts, from reader: inout ByteReader
  ) throws(StorageError) -> StoredTensor {
    guard header.layout != nil || header.codebook != nil else {
      return try readValues(at: places, parts, from: &reader)
    }
    let shift = TensorEncoder.lowerBits(ofWidth: header.width)
    let symbols = try readSymbols(
      places.count, symbolBits: header.width - Int(shift), from: &reader, for: valuesName)
    guard shift > 0 else { return try assemble(symbols.map(UInt32.init), at: places, parts) }
    let lower = try reader.bytes(places.count, for: valuesName)
    return try assemble(
      zip(symbols, lower).map { UInt32($0) &<< shift | UInt32($1) }, at: places, parts)
  }

  /// The number of stored weights, held to what the tensor has.
  private func readCount(from reader: inout ByteReader) throws(StorageError) -> Int {
    let count = Int(try reader.uint32(for: gapsName))
    guard count <= header.count else {
      throw invalid("\(count) weights are stored, more than there are: \(header.count)")
    }
    return count
  }

  private func readSymbols(
    _ count: Int, symbolBits: Int, from reader: inout ByteReader, for what: String
  ) throws(StorageError) -> [UInt8] {
    let lengths = try reader.codes(1 << symbolBits, width: 4, for: what)
    guard let code = HuffmanCode(lengths: lengths.map { UInt8(truncatingIfNeeded: $0) }),
      code.isEmpty == (count == 0)
    else { throw invalid("the lengths of its Huffman codes do not make a prefix code") }
    return try reader.symbols(count, of: code, for: what)
  }

  private func index(_ gapBits: Int, _ gaps: [UInt8]) throws(StorageError) -> RelativeIndex {
    guard let index = RelativeIndex(gapBits: gapBits, gaps: gaps, count: header.count) else {
      throw invalid("the gaps go beyond its \(header.count) weights")
    }
    return index
  }

  /// Refuses stored zeros that no gap needs, so that one content has one encoding.
  private func checked(
    _ stored: StoredTensor, _ index: RelativeIndex
  ) throws(StorageError) -> StoredTensor {
    let weights = stored.tensor.elements
    for (number, place) in index.places.enumerated() where weights[place] == 0 {
      guard index.gaps[number] == index.greatestGap, number < index.places.count - 1 else {
        throw invalid("a zero is stored that is not needed to bridge a gap")
      }
    }
    return stored
  }

  private var gapsName: String { "the gaps of \(header.name)" }
}
