import NeuralNetwork
import Testing

@testable import Compression

/// Field numbers are those of onnx.proto: ModelProto.graph 7 and opset_import 8; GraphProto.node 1,
/// initializer 5, input 11, output 12; NodeProto.input 1, output 2, op_type 4, attribute 5;
/// TensorProto.dims 1, data_type 2, name 8, raw_data 9.
@Suite struct ONNXFileTests {
  private static func model(
    _ line: String, grids: ActivationGrids = [:]
  ) throws -> (graph: ProtocolMessage, compressed: CompressedNetwork) {
    let network = TestNetworks.seedShaped(filters: 3, units: 5)
    let compressed = try Compressor.compress(network, Recipe(line: line))
    let model = try ProtocolMessage(ONNXFile.encode(compressed, activationGrids: grids))
    #expect(model.numbers(1) == [7])
    #expect(try model.messages(8).map { $0.numbers(2) } == [[13]])
    return (try #require(try model.messages(7).first), compressed)
  }

  private static func kinds(_ graph: ProtocolMessage) throws -> [String] {
    try graph.messages(1).flatMap { $0.texts(4) }
  }

  @Test func theFloatGraphHasTheLayersAndWeightsOfTheNetwork() throws {
    let (graph, compressed) = try Self.model("")
    #expect(
      try Self.kinds(graph) == [
        "Conv", "Relu", "MaxPool", "Transpose", "Flatten", "Gemm", "Relu", "Gemm", "Identity",
      ])
    let constants = try graph.messages(5)
    #expect(
      constants.map { $0.numbers(1) } == [[3, 1, 3, 3], [3], [507, 5], [5], [5, 10], [10]])
    #expect(constants.allSatisfy { $0.numbers(2) == [1] })
    // Filter 2, row 1, column 0 of HWIO is element (1·3 + 0)·3 + 2; of OIHW it is 2·9 + 1·3 + 0.
    let raw = try #require(constants[0].bytes(9).first)
    let bits = raw[21 * 4..<22 * 4].enumerated().reduce(UInt32(0)) {
      $0 | UInt32($1.element) << UInt32(8 * $1.offset)
    }
    #expect(Float(bitPattern: bits) == compressed.network.kernels[0].tensor.elements[11])
    #expect(try graph.messages(11).flatMap { $0.texts(1) } == ["images"])
    #expect(try graph.messages(12).flatMap { $0.texts(1) } == ["logits"])
  }

  @Test func everyInputOfANodeIsThereBeforeIt() throws {
    for line in ["", "weights.bits=8", "weights.bits=3 weights.granularity=tensor"] {
      let grids = [
        "input": QuantizationParameters(scale: 0.1, levels: 255),
        "dense": .init(scale: 1, levels: 15),
      ]
      let (graph, _) = try Self.model(line, grids: grids)
      var known = Set(["images"] + (try graph.messages(5).flatMap { $0.texts(8) }))
      #expect(known.count == (try graph.messages(5).count) + 1)
      for node in try graph.messages(1) {
        #expect(Set(node.texts(1)).isSubset(of: known))
        known.formUnion(node.texts(2))
      }
      #expect(known.contains("logits"))
    }
  }

  @Test func roundedKernelsAreCodesBehindADequantizeLinear() throws {
    let grid = QuantizationParameters(scale: 0.02, levels: 255)
    let (graph, compressed) = try Self.model(
      "weights.bits=8", grids: ["input": grid, "conv2d": grid, "dense": grid])
    let kinds = try Self.kinds(graph)
    #expect(kinds.count { $0 == "QuantizeLinear" } == 3)
    #expect(kinds.count { $0 == "DequantizeLinear" } == 6)
    let codes = try #require(
      try graph.messages(5).first { $0.texts(8) == ["dense/kernel/codes"] })
    #expect(codes.numbers(2) == [3])
    guard case .quantized(let kernel) = compressed.tensors[2].values else {
      Issue.record("The kernel is rounded.")
      return
    }
    #expect(codes.bytes(9) == [kernel.codes.map { UInt8(truncatingIfNeeded: $0) }])
    let zeros = try graph.messages(5).first { $0.texts(8) == ["dense/kernel/zero_points"] }
    #expect(zeros?.bytes(9) == [[UInt8](repeating: 0, count: 5)])
  }

  @Test func whatONNXHasNoFormForIsRefused() throws {
    #expect(throws: ONNXError.self) {
      try Self.model("weights.bits=4 weights.granularity=group:16")
    }
    #expect(throws: ONNXError.self) {
      try Self.model("", grids: ["input": QuantizationParameters(scale: 1, levels: 65_535)])
    }
  }
}
