import NeuralNetwork

/// Reads one tensor, whose header is known, in one of the layouts.
struct TensorDecoder {
  let header: TensorHeader

  init(_ header: TensorHeader) { self.header = header }

  /// What `TensorEncoder.writeDense` writes.
  func readDense(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    if let codebook = header.codebook {
      let levels = try readLevels(codebook, from: &reader)
      let indices = try reader.codes(header.count, width: header.width, for: valuesName)
      return self.codebook(codebook, levels, indices.map { UInt8(truncatingIfNeeded: $0) })
    }
    guard let layout = header.layout else {
      let values = try reader.floats(header.count, for: valuesName)
      return try floatTensor(values)
    }
    let (scales, zeroPoints) = try readScales(layout, from: &reader)
    let stored = try reader.codes(header.count, width: header.width, for: valuesName)
    let codes = try codes(stored, layout)
    return quantized(layout, codes, scales, zeroPoints)
  }

  /// What `TensorEncoder.writeRows` writes.
  func readRows(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    guard header.hasRows else { return try readDense(from: &reader) }
    let parts = try readParts(from: &reader)
    let outputs = header.shape[header.shape.count - 1]
    let inputs = header.count / outputs
    try reader.require(4 * (outputs + 1), for: "the row pointers of \(header.name)")
    var pointers: [Int] = []
    for _ in 0...outputs {
      pointers.append(Int(try reader.uint32(for: "the row pointers of \(header.name)")))
    }
    guard pointers[0] == 0, zip(pointers, pointers.dropFirst()).allSatisfy({ $0 <= $1 }),
      let stored = pointers.last, stored <= header.count
    else { throw invalid("the row pointers do not rise from 0 to at most \(header.count)") }
    try reader.require(2 * stored, for: "the column indices of \(header.name)")
    var places: [Int] = []
    places.reserveCapacity(stored)
    for output in 0..<outputs {
      var last = -1
      for _ in pointers[output]..<pointers[output + 1] {
        let input = Int(try reader.uint16(for: "the column indices of \(header.name)"))
        guard input > last, input < inputs else {
          throw invalid("the column indices of row \(output) do not rise below \(inputs)")
        }
        last = input
        places.append(input * outputs + output)
      }
    }
    return try readValues(at: places, parts, from: &reader)
  }

  /// What `TensorEncoder.writeBitmask` writes.
  func readBitmask(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    guard header.hasRows else { return try readDense(from: &reader) }
    let parts = try readParts(from: &reader)
    let mask = try reader.codes(header.count, width: 1, for: "the mask of \(header.name)")
    return try readValues(at: mask.indices.filter { mask[$0] == 1 }, parts, from: &reader)
  }

  /// What turns stored codes into weights: scales with zero points, or the lists of a codebook.
  struct Parts {
    var scales: [Float] = []
    var zeroPoints: [Int32] = []
    var levels: [Float] = []
  }

  /// Reads what stands in front of the stored codes; nothing for floats.
  func readParts(from reader: inout ByteReader) throws(StorageError) -> Parts {
    if let layout = header.layout {
      let (scales, zeroPoints) = try readScales(layout, from: &reader)
      return Parts(scales: scales, zeroPoints: zeroPoints)
    }
    guard let codebook = header.codebook else { return Parts() }
    return Parts(levels: try readLevels(codebook, from: &reader))
  }

  /// Reads the stored weights of some flat indices; the others are zero.
  func readValues(
    at places: [Int], _ parts: Parts, from reader: inout ByteReader
  ) throws(StorageError) -> StoredTensor {
    guard header.layout == nil, header.codebook == nil else {
      let stored = try reader.codes(places.count, width: header.width, for: valuesName)
      return try assemble(stored, at: places, parts)
    }
    let stored = try reader.floats(places.count, for: valuesName)
    var values = [Float](repeating: 0, count: header.count)
    for (place, value) in zip(places, stored) { values[place] = value }
    return try floatTensor(values)
  }

  /// The tensor whose stored codes these are; the weights between them are zero.
  func assemble(
    _ stored: [UInt32], at places: [Int], _ parts: Parts
  ) throws(StorageError) -> StoredTensor {
    guard let layout = header.layout else {
      guard let codebook = header.codebook else { throw invalid("floats have no codes") }
      return try assembleIndices(stored, at: places, codebook, parts.levels)
    }
    let read = try codes(stored, layout)
    var codes = [Int32](repeating: 0, count: header.count)
    if layout.scheme == .asymmetric {
      // What is not stored is zero, and zero's code is the group's zero point.
      for block in 0..<layout.blocks {
        for row in layout.rows(ofBlock: block) {
          for column in 0..<layout.columns {
            codes[row * layout.columns + column] =
              parts.zeroPoints[layout.scaleIndex(block: block, column: column)]
          }
        }
      }
    }
    for (place, code) in zip(places, read) { codes[place] = code }
    return quantized(layout, codes, parts.scales, parts.zeroPoints)
  }

  /// Indices of the weights that are stored; the others have the index of zero.
  private func assembleIndices(
    _ stored: [UInt32], at places: [Int], _ codebook: TensorHeader.Codebook, _ levels: [Float]
  ) throws(StorageError) -> StoredTensor {
    let columns = header.shape[header.shape.count - 1]
    var zeros: [Int: UInt8] = [:]
    for list in stride(from: 0, to: levels.count, by: 1 << codebook.bits) {
      let zero = levels[list..<list + 1 << codebook.bits].firstIndex(of: 0)
      zeros[list] = zero.map { UInt8($0 - list) }
    }
    var indices = [UInt8](repeating: 0, count: header.count)
    var isStored = [Bool](repeating: false, count: header.count)
    for (place, index) in zip(places, stored) {
      indices[place] = UInt8(truncatingIfNeeded: index)
      isStored[place] = true
    }
    for place in indices.indices where !isStored[place] {
      let list = codebook.isPerChannel ? (place % columns) << codebook.bits : 0
      guard let zero = zeros[list] else {
        throw invalid("weights are left out as zero, but the codebook has no zero")
      }
      indices[place] = zero
    }
    return self.codebook(codebook, levels, indices)
  }

  private func readLevels(
    _ codebook: TensorHeader.Codebook, from reader: inout ByteReader
  ) throws(StorageError) -> [Float] {
    let lists = codebook.isPerChannel ? header.shape[header.shape.count - 1] : 1
    let levels = try reader.floats(lists << codebook.bits, for: "the codebook of \(header.name)")
    guard levels.allSatisfy(\.isFinite) else { throw invalid("a codebook's value is not finite") }
    return levels
  }

  private func codebook(
    _ codebook: TensorHeader.Codebook, _ levels: [Float], _ indices: [UInt8]
  ) -> StoredTensor {
    StoredTensor(
      name: ParameterName(header.name),
      values: .codebook(
        CodebookTensor(
          shape: header.shape, bits: codebook.bits, isPerChannel: codebook.isPerChannel,
          levels: levels, indices: indices)))
  }

  private func readScales(
    _ layout: QuantizedTensor.Layout, from reader: inout ByteReader
  ) throws(StorageError) -> (scales: [Float], zeroPoints: [Int32]) {
    let scales = try reader.floats(layout.scaleCount, for: "the scales of \(header.name)")
    guard scales.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw invalid("a scale is not a positive number")
    }
    var zeroPoints: [Int32] = []
    if layout.scheme == .asymmetric {
      let what = "the zero points of \(header.name)"
      for _ in scales {
        let zeroPoint =
          layout.bits <= 8
          ? Int32(try reader.byte(for: what)) : Int32(try reader.uint16(for: what))
        guard zeroPoint <= layout.qmax else {
          throw invalid("a zero point is beyond the greatest code \(layout.qmax)")
        }
        zeroPoints.append(zeroPoint)
      }
    }
    return (scales, zeroPoints)
  }

  private func codes(
    _ stored: [UInt32], _ layout: QuantizedTensor.Layout
  ) throws(StorageError) -> [Int32] {
    let mapping = CodeMapping(layout, width: header.width)
    var codes: [Int32] = []
    codes.reserveCapacity(stored.count)
    for value in stored {
      guard let code = mapping.code(value) else {
        throw invalid("a code is beyond the greatest code \(layout.qmax)")
      }
      codes.append(code)
    }
    return codes
  }

  private func floatTensor(_ values: [Float]) throws(StorageError) -> StoredTensor {
    guard values.allSatisfy(\.isFinite) else { throw invalid("a value is not finite") }
    return StoredTensor(
      name: ParameterName(header.name),
      values: .float(Tensor(shape: header.shape, elements: values)))
  }

  private func quantized(
    _ layout: QuantizedTensor.Layout, _ codes: [Int32], _ scales: [Float], _ zeroPoints: [Int32]
  ) -> StoredTensor {
    StoredTensor(
      name: ParameterName(header.name),
      values: .quantized(
        QuantizedTensor(layout: layout, codes: codes, scales: scales, zeroPoints: zeroPoints)))
  }

  func invalid(_ sentence: String) -> StorageError {
    .invalid(tensor: header.name, sentence)
  }

  var valuesName: String { "the values of \(header.name)" }
}
