/// A message of the wire format, read field by field without knowing its type.
struct ProtocolMessage {
  var fields: [(number: Int, value: Value)] = []

  enum Value {
    case number(UInt64)
    case bytes([UInt8])
  }

  init(_ bytes: [UInt8]) throws {
    struct Broken: Error {}
    var rest = bytes[...]
    func varint() throws -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Broken()
    }
    while !rest.isEmpty {
      let key = try varint()
      switch key & 7 {
      case 0: fields.append((Int(key >> 3), .number(try varint())))
      case 2:
        let count = Int(try varint())
        guard count <= rest.count else { throw Broken() }
        fields.append((Int(key >> 3), .bytes(Array(rest.prefix(count)))))
        rest = rest.dropFirst(count)
      default: throw Broken()
      }
    }
  }

  func numbers(_ field: Int) -> [Int] {
    fields.compactMap { entry in
      if entry.number == field, case .number(let value) = entry.value { return Int(value) }
      return nil
    }
  }

  func bytes(_ field: Int) -> [[UInt8]] {
    fields.compactMap { entry in
      if entry.number == field, case .bytes(let value) = entry.value { return value }
      return nil
    }
  }

  func messages(_ field: Int) throws -> [ProtocolMessage] {
    try bytes(field).map(ProtocolMessage.init)
  }
  func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }
}

/// A model as onnx.proto lays it out, read without what Nibble writes it with.
///
/// Field numbers: ModelProto.ir_version 1, graph 7, opset_import 8; OperatorSetIdProto.domain 1,
/// version 2; GraphProto.node 1, initializer 5, input 11, output 12; NodeProto.input 1, output 2,
/// op_type 4, attribute 5; AttributeProto.name 1, i 3, ints 8; TensorProto.dims 1, data_type 2, name
/// 8, raw_data 9; ValueInfoProto.name 1, type 2; TypeProto.tensor_type 1 with elem_type 1, shape 2.
struct ONNXModel {
  struct Node {
    var kind: String
    var inputs: [String]
    var outputs: [String]
    var attributes: [String: [Int]]
  }

  struct Constant: Equatable {
    /// The element type's number in TensorProto: 1 float, 2 uint8, 3 int8.
    var type: Int
    var shape: [Int]
    var bytes: [UInt8]

    /// The bits of 32-bit elements.
    var words: [UInt32] {
      stride(from: 0, to: bytes.count, by: 4).map { start in
        (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
      }
    }
  }

  /// A graph's input or output; -1 stands for a dimension with a name.
  struct Value: Equatable {
    var name: String
    var type: Int
    var shape: [Int]
  }

  var version: Int
  var operatorSets: [String: Int]
  var nodes: [Node]
  var constants: [String: Constant]
  var inputs: [Value]
  var outputs: [Value]

  init(_ bytes: [UInt8]) throws {
    struct Incomplete: Error {}
    func one<Element>(_ elements: [Element]) throws -> Element {
      guard let element = elements.first, elements.count == 1 else { throw Incomplete() }
      return element
    }
    let model = try ProtocolMessage(bytes)
    version = try one(model.numbers(1))
    operatorSets = try Dictionary(
      model.messages(8).map { ($0.texts(1).first ?? "", try one($0.numbers(2))) },
      uniquingKeysWith: max)
    let graph = try one(model.messages(7))
    nodes = try graph.messages(1).map { node in
      let attributes = try node.messages(5).map { attribute in
        (try one(attribute.texts(1)), attribute.numbers(3) + attribute.numbers(8))
      }
      return Node(
        kind: try one(node.texts(4)), inputs: node.texts(1), outputs: node.texts(2),
        attributes: Dictionary(attributes) { first, _ in first })
    }
    let tensors = try graph.messages(5).map { tensor in
      (
        try one(tensor.texts(8)),
        Constant(
          type: try one(tensor.numbers(2)), shape: tensor.numbers(1),
          bytes: try one(tensor.bytes(9)))
      )
    }
    guard Set(tensors.map(\.0)).count == tensors.count else { throw Incomplete() }
    constants = Dictionary(tensors) { first, _ in first }
    func values(_ field: Int) throws -> [Value] {
      try graph.messages(field).map { value in
        let tensor = try one(try one(value.messages(2)).messages(1))
        let dimensions = try one(tensor.messages(2)).messages(1)
        return Value(
          name: try one(value.texts(1)), type: try one(tensor.numbers(1)),
          shape: dimensions.map { $0.numbers(1).first ?? -1 })
      }
    }
    inputs = try values(11)
    outputs = try values(12)
  }

  /// The node that makes a value.
  func node(making value: String) -> Node? { nodes.first { $0.outputs.contains(value) } }
  /// The nodes that take a value.
  func nodes(taking value: String) -> [Node] { nodes.filter { $0.inputs.contains(value) } }
}
