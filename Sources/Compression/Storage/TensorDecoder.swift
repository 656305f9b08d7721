import NeuralNetwork

/// Reads one tensor, whose header is known, in one of the layouts.
struct TensorDecoder {
  private let header: TensorHeader

  init(_ header: TensorHeader) { self.header = header }

  /// What `TensorEncoder.writeDense` writes.
  func readDense(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
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
    let scales = try header.layout.map { layout throws(StorageError) in
      try readScales(layout, from: &reader)
    }
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
    return try readValues(at: places, scales, from: &reader)
  }

  /// What `TensorEncoder.writeBitmask` writes.
  func readBitmask(from reader: inout ByteReader) throws(StorageError) -> StoredTensor {
    guard header.hasRows else { return try readDense(from: &reader) }
    let scales = try header.layout.map { layout throws(StorageError) in
      try readScales(layout, from: &reader)
    }
    let mask = try reader.codes(header.count, width: 1, for: "the mask of \(header.name)")
    return try readValues(at: mask.indices.filter { mask[$0] == 1 }, scales, from: &reader)
  }

  private func readValues(
    at places: [Int], _ scales: (scales: [Float], zeroPoints: [Int32])?,
    from reader: inout ByteReader
  ) throws(StorageError) -> StoredTensor {
    guard let layout = header.layout, let scales else {
      let stored = try reader.floats(places.count, for: valuesName)
      var values = [Float](repeating: 0, count: header.count)
      for (place, value) in zip(places, stored) { values[place] = value }
      return try floatTensor(values)
    }
    let stored = try reader.codes(places.count, width: header.width, for: valuesName)
    let read = try codes(stored, layout)
    var codes = [Int32](repeating: 0, count: header.count)
    if layout.scheme == .asymmetric {
      // What is not stored is zero, and zero's code is the group's zero point.
      for block in 0..<layout.blocks {
        for row in layout.rows(ofBlock: block) {
          for column in 0..<layout.columns {
            codes[row * layout.columns + column] =
              scales.zeroPoints[layout.scaleIndex(block: block, column: column)]
          }
        }
      }
    }
    for (place, code) in zip(places, read) { codes[place] = code }
    return quantized(layout, codes, scales.scales, scales.zeroPoints)
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
        guard zeroPoint <= layout.greatestCode else {
          throw invalid("a zero point is beyond the greatest code \(layout.greatestCode)")
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
        throw invalid("a code is beyond the greatest code \(layout.greatestCode)")
      }
      codes.append(code)
    }
    return codes
  }

  private func floatTensor(_ values: [Float]) throws(StorageError) -> StoredTensor {
    guard values.allSatisfy(\.isFinite) else { throw invalid("a value is not finite") }
    return StoredTensor(
      name: header.name, values: .float(Tensor(shape: header.shape, elements: values)))
  }

  private func quantized(
    _ layout: QuantizedTensor.Layout, _ codes: [Int32], _ scales: [Float], _ zeroPoints: [Int32]
  ) -> StoredTensor {
    StoredTensor(
      name: header.name,
      values: .quantized(
        QuantizedTensor(layout: layout, codes: codes, scales: scales, zeroPoints: zeroPoints)))
  }

  private func invalid(_ sentence: String) -> StorageError {
    .invalid(tensor: header.name, sentence)
  }

  private var valuesName: String { "the values of \(header.name)" }
}
