import NeuralNetwork

/// Writes and reads stored tensors in each of the formats.
///
/// A file is: the four bytes `NIBL`, a version (1 byte, 1), the format (1 byte; 1 dense, 2 csr16,
/// 3 bitmask, 4 relative, 5 huffman), the number of tensors (2 bytes), and for each tensor its
/// header and its values. In
/// front of codes stand the scales (4 bytes each) and, when asymmetric, the zero points (1 byte
/// each up to 8 bits, else 2). Tensors of one dimension, the biases, are dense in every format.
/// `gzip` is the dense file through gzip at level 9. Numbers are little-endian.
package enum TensorFile {
  private static let magic: [UInt8] = Array("NIBL".utf8)
  private static let version: UInt8 = 1

  /// How many values a file may describe unless the caller says otherwise.
  package static let defaultLimit = 16_000_000

  /// The format that the first bytes of a file tell, or nil if it is none of these.
  package static func format(of bytes: [UInt8]) -> StorageFormat? {
    if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
    guard bytes.count > 5, bytes.starts(with: magic) else { return nil }
    return StorageFormat.allCases.first { $0 != .gzip && $0.headerByte == bytes[5] } ?? .dense
  }

  /// The bytes of the tensors in a format.
  package static func encode(
    _ tensors: [StoredTensor], as format: StorageFormat
  ) throws(StorageError) -> [UInt8] {
    let writer = try write(tensors, as: format)
    return format == .gzip ? GzipWriter.compress(writer.bytes) : writer.bytes
  }

  /// What the bytes of the tensors in a format are for, found by writing them.
  package static func breakdown(
    of tensors: [StoredTensor], as format: StorageFormat
  ) throws(StorageError) -> StorageBreakdown {
    let writer = try write(tensors, as: format)
    return StorageBreakdown(
      format: format,
      bytes: format == .gzip
        ? [.stream: GzipWriter.compress(writer.bytes).count] : writer.partLengths)
  }

  private static func write(
    _ tensors: [StoredTensor], as format: StorageFormat
  ) throws(StorageError) -> ByteWriter {
    guard tensors.count <= 65_535 else {
      throw .wrongHeader("a file holds at most 65535 tensors, not \(tensors.count)")
    }
    var writer = ByteWriter()
    writer.write(magic)
    writer.write(version)
    writer.write(format.headerByte)
    writer.write(UInt16(tensors.count))
    for tensor in tensors {
      let encoder = TensorEncoder(tensor)
      switch format {
      case .dense, .gzip: try encoder.writeDense(to: &writer)
      case .csr16: try encoder.writeRows(to: &writer)
      case .bitmask: try encoder.writeBitmask(to: &writer)
      case .relative: try encoder.writeRelative(to: &writer)
      case .huffman: try encoder.writeHuffman(to: &writer)
      }
    }
    return writer
  }

  /// The tensors that bytes of a format hold.
  ///
  /// - Parameters:
  ///   - bytes: a file of unknown origin.
  ///   - limit: how many values it may describe; memory stays in proportion to that.
  package static func decode(
    _ bytes: [UInt8], as format: StorageFormat, limit: Int = defaultLimit
  ) throws(StorageError) -> [StoredTensor] {
    if format == .gzip {
      // A value takes at most 4 bytes and 5 more of scale and zero point; headers take little.
      let dense: [UInt8]
      do {
        dense = try Gzip.decompress(bytes, limit: 9 * limit + 1_000_000)
      } catch {
        throw .gzip(error)
      }
      return try decodePlain(dense, .dense, limit)
    }
    return try decodePlain(bytes, format, limit)
  }

  private static func decodePlain(
    _ bytes: [UInt8], _ format: StorageFormat, _ limit: Int
  ) throws(StorageError) -> [StoredTensor] {
    var reader = ByteReader(bytes)
    guard Array(try reader.bytes(4, for: "its header")) == magic else {
      throw .wrongHeader("the file does not begin with NIBL")
    }
    let foundVersion = try reader.byte(for: "its header")
    guard foundVersion == version else {
      throw .wrongHeader("the file has version \(foundVersion), not \(version)")
    }
    let foundFormat = try reader.byte(for: "its header")
    guard foundFormat == format.headerByte else {
      throw .wrongHeader(
        "the file has format number \(foundFormat), but \(format.rawValue) is \(format.headerByte)")
    }
    let count = try reader.uint16(for: "its header")
    var tensors: [StoredTensor] = []
    var budget = limit
    for _ in 0..<count {
      let header = try TensorHeader(from: &reader, budget: &budget, limit: limit)
      guard !tensors.contains(where: { $0.name.text == header.name }) else {
        throw .invalid(tensor: header.name, "the tensor is there twice")
      }
      let decoder = TensorDecoder(header)
      switch format {
      case .dense, .gzip: tensors.append(try decoder.readDense(from: &reader))
      case .csr16: tensors.append(try decoder.readRows(from: &reader))
      case .bitmask: tensors.append(try decoder.readBitmask(from: &reader))
      case .relative: tensors.append(try decoder.readRelative(from: &reader))
      case .huffman: tensors.append(try decoder.readHuffman(from: &reader))
      }
    }
    guard reader.remaining == 0 else { throw .trailingBytes(reader.remaining) }
    return tensors
  }
}
