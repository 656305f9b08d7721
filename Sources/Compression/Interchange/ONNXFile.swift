package import NeuralNetwork

/// Writes a compressed network as an ONNX model.
///
/// Opset 13 of the operators at onnx.ai, messages by the field numbers of onnx.proto. The input
/// `images` has the shape [N, 1, 28, 28] and values byte/255; the output `logits` [N, 10]. Rounded
/// kernels of up to 8 bits are int8 (symmetric) or uint8 (asymmetric) constants behind a
/// DequantizeLinear, per tensor or per output channel; rounded activations pass a QuantizeLinear and
/// a DequantizeLinear (the QDQ form that runtimes turn into integer kernels). Everything else is
/// float. Values are flattened in the order height, width, channel, by a Transpose.
package enum ONNXFile {
  /// The version of the operators.
  package static let operators = 13
  private static let format = 7

  /// The bytes of a model.
  ///
  /// - Throws: `ONNXError` where ONNX has no form for what the recipe did.
  package static func encode(
    _ compressed: CompressedNetwork, activationGrids: ActivationGrids
  ) throws(ONNXError) -> [UInt8] {
    var graph = ONNXGraph()
    let stored = Dictionary(uniqueKeysWithValues: compressed.tensors.map { ($0.name, $0) })
    let network = compressed.network
    let sites = network.activationSites
    var value = try graph.rounded("images", site: Network.inputSite, activationGrids)
    for (index, layer) in network.layers.enumerated() {
      guard let layer = layer as? any ONNXLayer, layer.inputs == [.previous] else {
        throw ONNXError.unsupported(
          "ONNX files are written for networks of plain convolutions and dense layers")
      }
      value = try layer.addNodes(to: &graph, "layer\(index)", of: value, stored)
      if let site = sites[index] { value = try graph.rounded(value, site: site, activationGrids) }
    }
    _ = graph.node("Identity", "output", [value], output: "logits")
    return model(graph, network)
  }

  private static func model(_ graph: ONNXGraph, _ network: Network) -> [UInt8] {
    var model = ProtocolBuffer()
    model.add(1, format)
    model.add(2, "nibble")
    model.add(7) { message in
      for node in graph.nodes { message.add(1, node) }
      message.add(2, "nibble")
      for constant in graph.constants { message.add(5, constant) }
      let shape = network.inputShape
      message.add(11) { describe(&$0, "images", [shape[2], shape[0], shape[1]]) }
      message.add(12) { describe(&$0, "logits", [network.outputCount]) }
    }
    model.add(8) { $0.add(2, operators) }
    return model.bytes
  }

  /// A float value whose first dimension is the number of images.
  private static func describe(_ message: inout ProtocolBuffer, _ name: String, _ shape: [Int]) {
    message.add(1, name)
    message.add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, ONNXGraph.float)
        tensor.add(2) { dimensions in
          dimensions.add(1) { $0.add(2, "N") }
          for extent in shape { dimensions.add(1) { $0.add(1, extent) } }
        }
      }
    }
  }
}

/// Why a network cannot be written as ONNX.
package enum ONNXError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no operator for this.
  case unsupported(String)

  /// One line that says what is wrong and what is allowed.
  package var description: String {
    switch self {
    case .unsupported(let sentence): sentence
    }
  }
}
