import NeuralNetwork
import Testing

@testable import Compression

/// What is in the bytes of ONNX files, read by a reader of the tests' own.
@Suite struct ONNXStructureTests {
  private static let grids: ActivationGrids = [
    "input": QuantizationParameters(scale: 1 / 255, levels: 255),
    "conv2d": .init(scale: 0.03, levels: 255),
    "dense": .init(scale: 0.11, levels: 255),
  ]

  private static func model(
    _ line: String, grids: ActivationGrids = [:]
  ) throws -> (model: ONNXModel, compressed: CompressedNetwork) {
    let compressed = try Compressor.compress(
      TestNetworks.seedShaped(filters: 3, units: 5), Recipe(line: line))
    return (
      try ONNXModel(ONNXFile.encode(compressed, activationGrids: grids)), compressed
    )
  }

  /// From ONNX's output, input, height, width to the flat index in height, width, input, output.
  private static func place(_ index: Int, filters: Int) -> Int {
    index % 9 * filters + index / 9
  }

  @Test func theModelNamesItsVersionsAndItsEnds() throws {
    let (model, _) = try Self.model("")
    #expect(model.version == 7)
    #expect(model.operatorSets.keys.sorted() == [""])
    #expect(try #require(model.operatorSets[""]) >= 13)
    #expect(model.inputs == [.init(name: "images", type: 1, shape: [-1, 1, 28, 28])])
    #expect(model.outputs == [.init(name: "logits", type: 1, shape: [-1, 10])])
  }

  /// The nodes of the QDQ graph as they were when ONNX Runtime 1.32 ran it with the predictions of
  /// the integer network.
  @Test func theRoundedGraphIsTheOneThatRuntimesRan() throws {
    let (model, _) = try Self.model("weights.bits=8", grids: Self.grids)
    let lines = model.nodes.map { node in
      let attributes = node.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
      return "\(node.kind)(\(node.inputs.joined(separator: ", ")))\(attributes.joined())"
    }
    #expect(
      lines == [
        "QuantizeLinear(images, input/scale, input/zero_point)",
        "DequantizeLinear(input/quantize:0, input/scale, input/zero_point)",
        "DequantizeLinear(conv2d/kernel/codes, conv2d/kernel/scales, conv2d/kernel/zero_points) "
          + "axis=[0]",
        "Conv(input/dequantize:0, conv2d/kernel:0, conv2d/bias)",
        "Relu(layer0:0)",
        "MaxPool(layer0/relu:0) kernel_shape=[2, 2] strides=[2, 2]",
        "QuantizeLinear(layer1:0, conv2d/scale, conv2d/zero_point)",
        "DequantizeLinear(conv2d/quantize:0, conv2d/scale, conv2d/zero_point)",
        "Transpose(conv2d/dequantize:0) perm=[0, 2, 3, 1]",
        "Flatten(layer2:0)",
        "DequantizeLinear(dense/kernel/codes, dense/kernel/scales, dense/kernel/zero_points) "
          + "axis=[1]",
        "Gemm(layer2/flat:0, dense/kernel:0, dense/bias)",
        "Relu(layer3:0)",
        "QuantizeLinear(layer3/relu:0, dense/scale, dense/zero_point)",
        "DequantizeLinear(dense/quantize:0, dense/scale, dense/zero_point)",
        "DequantizeLinear(dense_1/kernel/codes, dense_1/kernel/scales, dense_1/kernel/zero_points) "
          + "axis=[1]",
        "Gemm(dense/dequantize:0, dense_1/kernel:0, dense_1/bias)",
        "Identity(layer4:0)",
      ])
  }

  @Test(arguments: [
    "", "prune.sparsity=0.8", "weights.bits=16", "weights.codebook=kmeans weights.bits=3",
  ])
  func floatConstantsAreTheNetworksToTheBit(line: String) throws {
    let (model, compressed) = try Self.model(line)
    #expect(Set(model.constants.keys) == Set(compressed.network.parameters.map(\.name.text)))
    for parameter in compressed.network.parameters {
      let constant = try #require(model.constants[parameter.name.text])
      let elements = parameter.tensor.elements
      let expected =
        parameter.name == "conv2d/kernel"
        ? elements.indices.map { elements[Self.place($0, filters: 3)] } : elements
      #expect(constant.type == 1)
      #expect(constant.words == expected.map(\.bitPattern), "\(parameter.name)")
      #expect(
        constant.shape
          == (parameter.name == "conv2d/kernel" ? [3, 1, 3, 3] : parameter.tensor.shape))
    }
  }

  @Test(arguments: ["tensor", "channel"], ["symmetric", "asymmetric"])
  func roundedConstantsAreTheNetworksToTheBit(granularity: String, scheme: String) throws {
    for bits in [1, 3, 8] {
      let (model, compressed) = try Self.model(
        "weights.bits=\(bits) weights.granularity=\(granularity) weights.scheme=\(scheme)")
      for stored in compressed.tensors {
        guard case .quantized(let quantized) = stored.values else {
          #expect(
            model.constants[stored.name.text]?.words == stored.tensor.elements.map(\.bitPattern))
          continue
        }
        let codes = quantized.codes.map { UInt8(truncatingIfNeeded: $0) }
        let isConvolution = stored.name == "conv2d/kernel"
        let type = scheme == "symmetric" ? 3 : 2
        let scaleShape = granularity == "tensor" ? [] : [quantized.scales.count]
        #expect(
          model.constants[stored.name.text + "/codes"]
            == .init(
              type: type,
              shape: isConvolution ? [3, 1, 3, 3] : quantized.layout.shape,
              bytes: isConvolution
                ? codes.indices.map { codes[Self.place($0, filters: 3)] } : codes))
        let scales = try #require(model.constants[stored.name.text + "/scales"])
        #expect(scales.type == 1 && scales.shape == scaleShape)
        #expect(scales.words == quantized.scales.map(\.bitPattern))
        let zeros =
          scheme == "symmetric"
          ? quantized.scales.map { _ in UInt8(0) } : quantized.zeroPoints.map { UInt8($0) }
        #expect(
          model.constants[stored.name.text + "/zero_points"]
            == .init(type: type, shape: scaleShape, bytes: zeros))
        // The axis is the output channel's: the first of a convolution, the last of a dense kernel.
        let node = try #require(model.node(making: stored.name.text + ":0"))
        #expect(
          node.attributes["axis"] == (granularity == "tensor" ? nil : [isConvolution ? 0 : 1]))
      }
    }
  }

  /// Every rounded value is rounded and turned back on one and the same grid, and by nothing else.
  @Test(arguments: [255, 15])
  func activationsPassPairsOnTheirGrid(levels: Int) throws {
    let grids = Self.grids.mapValues { QuantizationParameters(scale: $0.scale, levels: levels) }
    let (model, _) = try Self.model("weights.bits=8", grids: grids)
    let quantizers = model.nodes.filter { $0.kind == "QuantizeLinear" }
    #expect(quantizers.count == 3)
    for (quantizer, site) in zip(quantizers, ["input", "conv2d", "dense"]) {
      let takers = model.nodes(taking: quantizer.outputs[0])
      #expect(takers.map(\.kind) == ["DequantizeLinear"])
      #expect(
        takers.first.map { Array($0.inputs.dropFirst()) } == Array(quantizer.inputs.dropFirst()))
      #expect(quantizer.attributes.isEmpty)
      let scale = try #require(grids[site]?.scale)
      #expect(
        model.constants[quantizer.inputs[1]]?.words == [scale.bitPattern]
          && model.constants[quantizer.inputs[1]]?.shape == [])
      #expect(model.constants[quantizer.inputs[2]] == .init(type: 2, shape: [], bytes: [0]))
      // QuantizeLinear clamps to 255 by itself; a narrower grid needs its end.
      let source = model.node(making: quantizer.inputs[0])
      #expect((source?.kind == "Clip") == (levels < 255))
      if let source, source.kind == "Clip" {
        #expect(model.constants[source.inputs[1]]?.words == [Float(0).bitPattern])
        #expect(model.constants[source.inputs[2]]?.words == [(scale * Float(levels)).bitPattern])
      }
    }
  }
}
