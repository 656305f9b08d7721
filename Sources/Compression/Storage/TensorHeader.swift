import NeuralNetwork

/// What a stored file says of a tensor before its values.
///
/// Layout: name length (1 byte), name (UTF-8), dimensions (1 byte), each dimension (4 bytes), bits
/// of a weight (1 byte; 32 for float), and for codes: scheme (1 byte; 0 symmetric, 1
/// asymmetric, 2 codebook),
/// granularity (1 byte; 0 tensor, 1 channel, 2 group) with the group's size (4 bytes) if it is one,
/// and the bits of a stored code (1 byte).
struct TensorHeader {
  var name: String
  var shape: [Int]
  /// Nil for floats and codebooks.
  var layout: QuantizedTensor.Layout?
  /// How a codebook is laid out; nil for anything else.
  var codebook: Codebook?
  /// The bits that one stored value takes.
  var width: Int

  /// How a codebook is laid out.
  struct Codebook {
    /// The width of an index.
    var bits: Int
    /// Whether every output channel has a list of its own.
    var isPerChannel: Bool
  }

  /// The number of values.
  var count: Int { shape.reduce(1, *) }

  /// Whether the values have rows, one for each output.
  var hasRows: Bool { shape.count >= 2 }

  func write(to writer: inout ByteWriter) throws(StorageError) {
    let nameBytes = Array(name.utf8)
    guard nameBytes.count <= 255 else {
      throw .unsupported(tensor: name, "a name has at most 255 bytes")
    }
    guard shape.count <= 8, shape.allSatisfy({ $0 <= Int(UInt32.max) }) else {
      throw .unsupported(tensor: name, "a tensor has at most 8 dimensions below 2^32")
    }
    writer.write(UInt8(nameBytes.count))
    writer.write(nameBytes)
    writer.write(UInt8(shape.count))
    for extent in shape { writer.write(UInt32(extent)) }
    if let codebook {
      writer.write(UInt8(codebook.bits))
      writer.write(UInt8(2))
      writer.write(UInt8(codebook.isPerChannel ? 1 : 0))
      writer.write(UInt8(width))
      return
    }
    guard let layout else {
      writer.write(UInt8(32))
      return
    }
    writer.write(UInt8(layout.bits))
    writer.write(UInt8(layout.scheme == .symmetric ? 0 : 1))
    switch layout.granularity {
    case .tensor: writer.write(UInt8(0))
    case .channel: writer.write(UInt8(1))
    case .group(let size):
      writer.write(UInt8(2))
      writer.write(UInt32(size))
    }
    writer.write(UInt8(width))
  }

  /// Reads a header; `budget` is how many values the file may still describe.
  init(from reader: inout ByteReader, budget: inout Int, limit: Int) throws(StorageError) {
    let nameLength = Int(try reader.byte(for: "a tensor's name"))
    let nameBytes = try reader.bytes(nameLength, for: "a tensor's name")
    guard let name = String(validating: nameBytes, as: UTF8.self),
      name.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }), !name.isEmpty
    else { throw .wrongHeader("a tensor's name is not plain text") }
    self.name = name
    let dimensions = Int(try reader.byte(for: "the shape of \(name)"))
    guard (1...8).contains(dimensions) else {
      throw .invalid(tensor: name, "a tensor has 1 … 8 dimensions, not \(dimensions)")
    }
    shape = []
    var count = 1
    for _ in 0..<dimensions {
      let extent = Int(try reader.uint32(for: "the shape of \(name)"))
      guard extent > 0 else { throw .invalid(tensor: name, "a dimension is 0") }
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= budget else { throw .tooLarge(limit: limit) }
      count = product
      shape.append(extent)
    }
    budget -= count
    let bits = Int(try reader.byte(for: "the bits of \(name)"))
    if bits == 32 {
      layout = nil
      width = 32
      return
    }
    guard (1...8).contains(bits) || bits == 16 else {
      throw .invalid(tensor: name, "a weight has 1 … 8, 16 or 32 bits, not \(bits)")
    }
    guard shape.count >= 2 else {
      throw .invalid(tensor: name, "only kernels, which have rows, are stored as codes")
    }
    let scheme: WeightQuantization.Scheme
    switch try reader.byte(for: "the scheme of \(name)") {
    case 2:
      codebook = try TensorHeader.readCodebook(name: name, bits: bits, from: &reader)
      (layout, width) = (nil, bits)
      return
    case 0: scheme = .symmetric
    case 1: scheme = .asymmetric
    case let other: throw .invalid(tensor: name, "there is no scheme \(other)")
    }
    let granularity: WeightQuantization.Granularity
    switch try reader.byte(for: "the granularity of \(name)") {
    case 0: granularity = .tensor
    case 1: granularity = .channel
    case 2:
      let size = Int(try reader.uint32(for: "the group size of \(name)"))
      guard WeightQuantization.Granularity.groupSizes.contains(size) else {
        throw .invalid(tensor: name, "a group has 2 … 65536 weights, not \(size)")
      }
      granularity = .group(size)
    case let other: throw .invalid(tensor: name, "there is no granularity \(other)")
    }
    let width = Int(try reader.byte(for: "the code width of \(name)"))
    // One symmetric bit has the three codes −1, 0 and 1 where zeros are stored.
    guard width == bits || (bits == 1 && scheme == .symmetric && width == 2) else {
      throw .invalid(tensor: name, "codes of \(bits) bits are not stored in \(width)")
    }
    self.width = width
    layout = QuantizedTensor.Layout(
      shape: shape, bits: bits, granularity: granularity, scheme: scheme)
  }

  private static func readCodebook(
    name: String, bits: Int, from reader: inout ByteReader
  ) throws(StorageError) -> Codebook {
    guard bits <= 8 else {
      throw .invalid(tensor: name, "a codebook's index has 1 … 8 bits, not \(bits)")
    }
    let granularity = try reader.byte(for: "the granularity of \(name)")
    guard granularity <= 1 else {
      throw .invalid(tensor: name, "a codebook has no granularity \(granularity)")
    }
    let width = try reader.byte(for: "the code width of \(name)")
    guard Int(width) == bits else {
      throw .invalid(tensor: name, "indices of \(bits) bits are not stored in \(width)")
    }
    return Codebook(bits: bits, isPerChannel: granularity == 1)
  }

  init(
    name: String, shape: [Int], layout: QuantizedTensor.Layout?, codebook: Codebook? = nil,
    width: Int
  ) {
    self.codebook = codebook
    self.name = name
    self.shape = shape
    self.layout = layout
    self.width = width
  }
}
