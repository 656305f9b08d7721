import NeuralNetwork

/// The nodes and constants of an ONNX graph as they are added.
struct ONNXGraph {
  /// The element types of onnx.proto's TensorProto.
  static let float = 1
  private static let uint8 = 2
  private static let int8 = 3
  private static let ints = 7
  private static let integer = 2

  /// The nodes in an order in which they can run.
  private(set) var nodes: [[UInt8]] = []
  /// The constants.
  private(set) var constants: [[UInt8]] = []

  /// Adds a node with one output, whose name it returns.
  mutating func node(
    _ kind: String, _ name: String, _ inputs: [String],
    integers: [(name: String, values: [Int])] = [], axis: Int? = nil, output: String? = nil
  ) -> String {
    let output = output ?? name + ":0"
    var node = ProtocolBuffer()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    node.add(3, name)
    node.add(4, kind)
    for attribute in integers {
      node.add(5) { message in
        message.add(1, attribute.name)
        for value in attribute.values { message.add(8, value) }
        message.add(20, ONNXGraph.ints)
      }
    }
    if let axis {
      node.add(5) { message in
        message.add(1, "axis")
        message.add(3, axis)
        message.add(20, ONNXGraph.integer)
      }
    }
    nodes.append(node.bytes)
    return output
  }

  /// Adds a float constant, whose name it returns.
  mutating func constant(_ name: String, _ tensor: Tensor) -> String {
    var writer = ByteWriter()
    writer.write(tensor.elements)
    return constant(name, ONNXGraph.float, tensor.shape, writer.bytes)
  }

  /// Adds a kernel: a float constant, or codes with what turns them back.
  mutating func kernel(
    _ stored: StoredTensor?, isConvolution: Bool
  ) throws(ONNXError) -> String {
    guard let stored else { throw .unsupported("a layer has no kernel") }
    guard case .quantized(let quantized) = stored.values, quantized.layout.bits <= 8 else {
      let tensor = isConvolution ? ONNXGraph.outputsFirst(stored.tensor) : stored.tensor
      return constant(stored.name.text, tensor)
    }
    let layout = quantized.layout
    if case .group = layout.granularity {
      throw .unsupported(
        "opset \(ONNXFile.operators) of ONNX has no scales for groups; weights.granularity must be "
          + "tensor or channel")
    }
    let isSymmetric = layout.scheme == .symmetric
    let codes = quantized.codes.map { UInt8(truncatingIfNeeded: $0) }
    let type = isSymmetric ? ONNXGraph.int8 : ONNXGraph.uint8
    let (shape, bytes) =
      isConvolution
      ? ONNXGraph.outputsFirst(layout.shape, codes) : (layout.shape, codes)
    let kernel = constant(stored.name.text + "/codes", type, shape, bytes)
    let isPerTensor = layout.granularity == .tensor
    let scaleShape = isPerTensor ? [] : [quantized.scales.count]
    let scales = constant(
      stored.name.text + "/scales", Tensor(shape: scaleShape, elements: quantized.scales))
    let zeros = constant(
      stored.name.text + "/zero_points", type, scaleShape,
      isSymmetric
        ? quantized.scales.map { _ in 0 }
        : quantized.zeroPoints.map { UInt8(truncatingIfNeeded: $0) })
    return node(
      "DequantizeLinear", stored.name.text, [kernel, scales, zeros],
      axis: isPerTensor ? nil : (isConvolution ? 0 : 1))
  }

  /// Adds the rounding of a value to the grid of a site, if it has one.
  mutating func rounded(
    _ value: String, site: String, _ grids: ActivationGrids
  ) throws(ONNXError) -> String {
    guard let grid = grids[site] else { return value }
    // QuantizeLinear clamps to 255; a narrower grid would need a Clip of its own.
    guard grid.levels <= 255 else {
      throw .unsupported(
        "opset \(ONNXFile.operators) of ONNX rounds activations to 8 bits; activations.bits must "
          + "be one of 2 … 8, 32")
    }
    let scale = constant(site + "/scale", Tensor(shape: [], elements: [grid.scale]))
    let zero = constant(site + "/zero_point", ONNXGraph.uint8, [], [0])
    var clipped = value
    if grid.levels < 255 {
      let low = constant(site + "/low", Tensor(shape: [], elements: [0]))
      let high = constant(
        site + "/high", Tensor(shape: [], elements: [grid.scale * Float(grid.levels)]))
      clipped = node("Clip", site + "/clip", [value, low, high])
    }
    let codes = node("QuantizeLinear", site + "/quantize", [clipped, scale, zero])
    return node("DequantizeLinear", site + "/dequantize", [codes, scale, zero])
  }

  private mutating func constant(
    _ name: String, _ type: Int, _ shape: [Int], _ bytes: [UInt8]
  ) -> String {
    var tensor = ProtocolBuffer()
    for extent in shape { tensor.add(1, extent) }
    tensor.add(2, type)
    tensor.add(8, name)
    tensor.add(9, bytes)
    constants.append(tensor.bytes)
    return name
  }

  /// From height, width, input, output to ONNX's output, input, height, width.
  private static func outputsFirst<Element>(
    _ shape: [Int], _ elements: [Element]
  ) -> ([Int], [Element]) {
    let (height, width, inputs, outputs) = (shape[0], shape[1], shape[2], shape[3])
    var turned: [Element] = []
    turned.reserveCapacity(elements.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for place in 0..<height * width {
          turned.append(elements[(place * inputs + input) * outputs + output])
        }
      }
    }
    return ([outputs, inputs, height, width], turned)
  }

  private static func outputsFirst(_ tensor: Tensor) -> Tensor {
    let (shape, elements) = outputsFirst(tensor.shape, tensor.elements)
    return Tensor(shape: shape, elements: elements)
  }
}
