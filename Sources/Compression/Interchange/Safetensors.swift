package import NeuralNetwork

/// The safetensors format: 8 bytes of header length, a JSON header, and the tensors' bytes.
///
/// Little-endian throughout; only 32-bit floats are read and written. Format:
/// https://github.com/huggingface/safetensors.
package enum Safetensors {
  private static let maxHeaderLength = 1_000_000

  /// The bytes of a file with these parameters, one after another in the given order.
  package static func encode(_ parameters: [NamedParameter]) -> [UInt8] {
    var offset = 0
    var members: [(key: String, value: JSONValue)] = []
    for parameter in parameters {
      let end = offset + 4 * parameter.tensor.count
      members.append(
        (
          parameter.name.text,
          .object([
            ("dtype", .string("F32")),
            ("shape", .array(parameter.tensor.shape.map(JSONValue.integer))),
            ("data_offsets", .array([.integer(offset), .integer(end)])),
          ])
        ))
      offset = end
    }
    var header = Array(JSONValue.object(members).text.utf8)
    // Spaces bring the data to a multiple of 8 bytes, as the reference implementation does.
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    var writer = ByteWriter()
    writer.write(UInt32(header.count))
    writer.write(UInt32(0))
    writer.write(header)
    for parameter in parameters { writer.write(parameter.tensor.elements) }
    return writer.bytes
  }

  /// The tensors of a file, in the order of their bytes.
  package static func decode(_ bytes: [UInt8]) throws(SafetensorsError) -> [NamedParameter] {
    guard bytes.count >= 8 else { throw .truncated(needed: 8, found: bytes.count) }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(bytes.count - 8, maxHeaderLength)) else {
      throw .headerTooLong(length: length)
    }
    let dataStart = 8 + Int(length)
    let header: JSONValue
    do {
      header = try JSONParser.parse(bytes[8..<dataStart])
    } catch {
      throw .badHeader(error.description)
    }
    guard case .object(let members) = header else { throw .badHeader("it is not a JSON object") }
    var entries: [Entry] = []
    for (name, value) in members where name != "__metadata__" {
      entries.append(try Entry(name: name, value: value, available: bytes.count - dataStart))
    }
    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var position = 0
    for entry in entries {
      if entry.begin < position {
        throw .badTensor(name: entry.printableName, "its bytes overlap another tensor's")
      }
      if entry.begin > position { throw .unusedBytes(entry.begin - position) }
      position = entry.end
    }
    if position < bytes.count - dataStart {
      throw .unusedBytes(bytes.count - dataStart - position)
    }
    var parameters: [NamedParameter] = []
    for entry in entries { parameters.append(try entry.parameter(in: bytes, from: dataStart)) }
    return parameters
  }

  /// One tensor's entry of the header.
  private struct Entry {
    let name: String
    let shape: [Int]
    let begin: Int
    let end: Int

    var printableName: String { SafetensorsError.printable(name) }

    init(name: String, value: JSONValue, available: Int) throws(SafetensorsError) {
      self.name = name
      let printable = SafetensorsError.printable(name)
      guard case .object(let members) = value,
        Set(members.map(\.key)) == ["dtype", "shape", "data_offsets"]
      else {
        throw .badTensor(name: printable, "its entry must have dtype, shape and data_offsets")
      }
      guard value["dtype"] == .string("F32") else {
        throw .badTensor(name: printable, "its dtype must be F32")
      }
      guard case .array(let extents)? = value["shape"],
        case .array(let offsets)? = value["data_offsets"], offsets.count == 2,
        case .integer(let begin) = offsets[0], case .integer(let end) = offsets[1]
      else {
        throw .badTensor(name: printable, "its shape and data_offsets must be lists of integers")
      }
      var shape: [Int] = []
      var size = 4
      for extent in extents {
        guard case .integer(let extent) = extent, extent > 0 else {
          throw .badTensor(name: printable, "its shape must be a list of positive integers")
        }
        let (product, overflow) = size.multipliedReportingOverflow(by: extent)
        guard !overflow else { throw .badTensor(name: printable, "its shape is too large") }
        size = product
        shape.append(extent)
      }
      guard 0 <= begin, begin <= end else {
        throw .badTensor(name: printable, "its data_offsets must rise")
      }
      guard end <= available else {
        throw .badTensor(
          name: printable, "its bytes end at \(end), beyond the \(available) of the file's data")
      }
      guard end - begin == size else {
        throw .badTensor(
          name: printable, "its shape needs \(size) bytes, but it has \(end - begin)")
      }
      self.shape = shape
      self.begin = begin
      self.end = end
    }

    func parameter(
      in bytes: [UInt8], from dataStart: Int
    ) throws(SafetensorsError) -> NamedParameter {
      let count = (end - begin) / 4
      let elements = bytes.withUnsafeBytes { bytes in
        (0..<count).map { index in
          Float(
            bitPattern: UInt32(
              littleEndian: bytes.loadUnaligned(
                fromByteOffset: dataStart + begin + 4 * index, as: UInt32.self)))
        }
      }
      if let index = elements.firstIndex(where: { !$0.isFinite }) {
        throw .badTensor(name: printableName, "its value number \(index) is not a finite number")
      }
      return NamedParameter(
        name: ParameterName(name), tensor: Tensor(shape: shape, elements: elements))
    }
  }
}
