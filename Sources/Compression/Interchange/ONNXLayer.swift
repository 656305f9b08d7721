import NeuralNetwork

/// A kind of layer that ONNX has operators for.
protocol ONNXLayer: NetworkLayer {
  /// Adds the layer's nodes.
  ///
  /// - Parameters:
  ///   - name: What the first node is called.
  ///   - value: The name of the input.
  ///   - stored: The network's tensors as they are stored.
  /// - Returns: The name of the output, after the activation.
  func addNodes(
    to graph: inout ONNXGraph, _ name: String, of value: String,
    _ stored: [ParameterName: StoredTensor]
  ) throws(ONNXError) -> String
}

extension Activation {
  /// Adds a node for ReLU; the name of the value behind it.
  fileprivate func addNode(to graph: inout ONNXGraph, _ name: String, of value: String) -> String {
    self == .relu ? graph.node("Relu", name + "/relu", [value]) : value
  }
}

extension Conv2D: ONNXLayer {
  func addNodes(
    to graph: inout ONNXGraph, _ name: String, of value: String,
    _ stored: [ParameterName: StoredTensor]
  ) throws(ONNXError) -> String {
    let kernel = try graph.kernel(
      stored[ParameterName(self.name, .kernel)], isConvolution: true)
    let bias = graph.constant("\(ParameterName(self.name, .bias))", bias)
    let sums = graph.node("Conv", name, [value, kernel, bias])
    return activation.addNode(to: &graph, name, of: sums)
  }
}

extension Dense: ONNXLayer {
  func addNodes(
    to graph: inout ONNXGraph, _ name: String, of value: String,
    _ stored: [ParameterName: StoredTensor]
  ) throws(ONNXError) -> String {
    let kernel = try graph.kernel(
      stored[ParameterName(self.name, .kernel)], isConvolution: false)
    let sums: String
    if hasBias {
      let bias = graph.constant("\(ParameterName(self.name, .bias))", bias)
      sums = graph.node("Gemm", name, [value, kernel, bias])
    } else {
      sums = graph.node("MatMul", name, [value, kernel])
    }
    return activation.addNode(to: &graph, name, of: sums)
  }
}

extension MaxPooling2D: ONNXLayer {
  func addNodes(
    to graph: inout ONNXGraph, _ name: String, of value: String,
    _ stored: [ParameterName: StoredTensor]
  ) throws(ONNXError) -> String {
    graph.node(
      "MaxPool", name, [value], integers: [("kernel_shape", [2, 2]), ("strides", [2, 2])])
  }
}

extension Flatten: ONNXLayer {
  func addNodes(
    to graph: inout ONNXGraph, _ name: String, of value: String,
    _ stored: [ParameterName: StoredTensor]
  ) throws(ONNXError) -> String {
    let turned = graph.node("Transpose", name, [value], integers: [("perm", [0, 2, 3, 1])])
    return graph.node("Flatten", name + "/flat", [turned])
  }
}
