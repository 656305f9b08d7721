import NeuralNetwork

/// Writes one tensor in one of the layouts.
struct TensorEncoder {
  let tensor: StoredTensor

  init(_ tensor: StoredTensor) { self.tensor = tensor }

  /// Header, scales, and every value in flat order.
  func writeDense(to writer: inout ByteWriter) throws(StorageError) {
    defer { writer.begin(.frame) }
    switch tensor.values {
    case .float(let values):
      try header(values.shape, nil, width: 32).write(to: &writer)
      if values.shape.count >= 2 { writer.begin(.values) }
      writer.write(values.elements)
    case .quantized(let quantized):
      let storesZeros = quantized.layout.bits == 1 && quantized.codes.contains(0)
      let width = CodeMapping.width(quantized.layout, storesZeros: storesZeros)
      try header(quantized.layout.shape, quantized.layout, width: width).write(to: &writer)
      write(scalesOf: quantized, to: &writer)
      let mapping = CodeMapping(quantized.layout, width: width)
      writer.begin(.values)
      writer.write(quantized.codes.map(mapping.stored), width: width)
    case .codebook(let codebook):
      try header(of: codebook).write(to: &writer)
      writer.begin(.scales)
      writer.write(codebook.levels)
      writer.begin(.values)
      writer.write(codebook.indices.map(UInt32.init), width: codebook.bits)
    }
  }

  /// Header, scales, row pointers, column indices, and the weights that are not zero, by rows.
  ///
  /// A row is an output; its columns are the inputs. Row pointers count weights, as in the format
  /// of Tinney & Walker 1967 that sparse libraries call CSR.
  func writeRows(to writer: inout ByteWriter) throws(StorageError) {
    let weights = tensor.tensor
    guard weights.shape.count >= 2 else {
      try writeDense(to: &writer)
      return
    }
    let outputs = weights.shape[weights.shape.count - 1]
    let inputs = weights.count / max(outputs, 1)
    guard inputs <= 65_536 else {
      throw .unsupported(
        tensor: tensor.name.text,
        "csr16 has column indices of 16 bits, and a row has \(inputs) columns, more than 65536")
    }
    guard weights.count <= Int(UInt32.max) else {
      throw .unsupported(tensor: tensor.name.text, "csr16 has row pointers of 32 bits")
    }
    let (pointers, columns, places) = TensorEncoder.rows(
      of: weights.elements, inputs: inputs, outputs: outputs)
    try writeSparseHeader(weights.shape, width: width(storesZeros: false), to: &writer)
    writer.begin(.indices)
    for pointer in pointers { writer.write(pointer) }
    for column in columns { writer.write(column) }
    writeValues(at: places, width: width(storesZeros: false), to: &writer)
  }

  /// Header, scales, one bit a weight, and the weights that are not zero, in flat order.
  func writeBitmask(to writer: inout ByteWriter) throws(StorageError) {
    let weights = tensor.tensor
    guard weights.shape.count >= 2 else {
      try writeDense(to: &writer)
      return
    }
    try writeSparseHeader(weights.shape, width: width(storesZeros: false), to: &writer)
    writer.begin(.indices)
    writer.write(weights.elements.map { $0 == 0 ? 0 : 1 }, width: 1)
    writeValues(
      at: weights.elements.indices.filter { weights.elements[$0] != 0 },
      width: width(storesZeros: false), to: &writer)
  }

  /// The weights that are not zero by rows: where each row begins, the columns, the flat indices.
  ///
  /// Both passes run in flat order, which is that of memory; a row is a column of the kernel.
  private static func rows(
    of weights: [Float], inputs: Int, outputs: Int
  ) -> (pointers: [UInt32], columns: [UInt16], places: [Int]) {
    var next = [Int](repeating: 0, count: outputs + 1)
    for input in 0..<inputs {
      for output in 0..<outputs where weights[input &* outputs &+ output] != 0 {
        next[output + 1] += 1
      }
    }
    for output in 0..<outputs { next[output + 1] += next[output] }
    let pointers = next.map { UInt32($0) }
    var columns = [UInt16](repeating: 0, count: next[outputs])
    var places = [Int](repeating: 0, count: next[outputs])
    for input in 0..<inputs {
      for output in 0..<outputs {
        let place = input &* outputs &+ output
        guard weights[place] != 0 else { continue }
        columns[next[output]] = UInt16(input)
        places[next[output]] = place
        next[output] += 1
      }
    }
    return (pointers, columns, places)
  }

  /// The bits that a stored weight takes, when zeros are among the stored ones or not.
  func width(storesZeros: Bool) -> Int {
    switch tensor.values {
    case .float: 32
    case .quantized(let quantized):
      CodeMapping.width(quantized.layout, storesZeros: storesZeros)
    case .codebook(let codebook): codebook.bits
    }
  }

  /// The header, and what turns stored codes into weights.
  func writeSparseHeader(
    _ shape: [Int], width: Int, to writer: inout ByteWriter
  ) throws(StorageError) {
    switch tensor.values {
    case .float:
      try header(shape, nil, width: 32).write(to: &writer)
    case .quantized(let quantized):
      try header(shape, quantized.layout, width: width).write(to: &writer)
      write(scalesOf: quantized, to: &writer)
    case .codebook(let codebook):
      try header(of: codebook).write(to: &writer)
      writer.begin(.scales)
      writer.write(codebook.levels)
    }
  }

  /// The stored weights of some flat indices.
  func writeValues(at places: [Int], width: Int, to writer: inout ByteWriter) {
    writer.begin(.values)
    defer { writer.begin(.frame) }
    if let codes = codes(at: places, width: width) {
      writer.write(codes, width: width)
    } else if case .float(let values) = tensor.values {
      writer.write(places.map { values.elements[$0] })
    }
  }

  /// The stored codes of some flat indices, or of all for nil; there are none for floats.
  func codes(at places: [Int]?, width: Int) -> [UInt32]? {
    switch tensor.values {
    case .float: return nil
    case .quantized(let quantized):
      let mapping = CodeMapping(quantized.layout, width: width)
      guard let places else { return quantized.codes.map(mapping.stored) }
      return places.map { mapping.stored(quantized.codes[$0]) }
    case .codebook(let codebook):
      guard let places else { return codebook.indices.map(UInt32.init) }
      return places.map { UInt32(codebook.indices[$0]) }
    }
  }

  private func write(scalesOf quantized: QuantizedTensor, to writer: inout ByteWriter) {
    writer.begin(.scales)
    writer.write(quantized.scales)
    for zeroPoint in quantized.zeroPoints {
      if quantized.layout.bits <= 8 {
        writer.write(UInt8(zeroPoint))
      } else {
        writer.write(UInt16(zeroPoint))
      }
    }
  }

  private func header(of codebook: CodebookTensor) -> TensorHeader {
    TensorHeader(
      name: tensor.name.text, shape: codebook.shape, layout: nil,
      codebook: TensorHeader.Codebook(
        bits: codebook.bits, isPerChannel: codebook.isPerChannel), width: codebook.bits)
  }

  private func header(
    _ shape: [Int], _ layout: QuantizedTensor.Layout?, width: Int
  ) -> TensorHeader {
    TensorHeader(name: tensor.name.text, shape: shape, layout: layout, width: width)
  }
}
