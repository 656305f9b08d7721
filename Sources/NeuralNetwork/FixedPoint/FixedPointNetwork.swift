/// A network in integers alone, in the plainest form: codes in, 32-bit sums and biases, fixed-point
/// multipliers between the layers, 32-bit sums out.
///
/// As in Jacob et al. 2018 (arXiv:1712.05877), with per-channel multipliers where weights have a scale
/// for each channel. From an image's codes to the sums of the last layer there is no floating point.
/// This is the readable network that an inspector shows; `IntegerRunner` is the fast one, whose only
/// difference is a float multiplier. Layers may come in any order and size.
package struct FixedPointNetwork: Sendable {
  /// The layers with weights, in order.
  package var weightedLayers: [FixedPointLayer] {
    stages.compactMap { if case .weighted(let layer) = $0 { layer } else { nil } }
  }

  /// The codes of the 256 values of a pixel.
  package let pixelCodes: [Int32]
  /// What holds the sums.
  package let accumulator: AccumulatorWidth
  private let stages: [Stage]
  private let inputShape: [Int]

  private enum Stage: Sendable {
    case weighted(FixedPointLayer)
    case moving(any CodeLayer, inputShape: [Int])
  }

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - network: Gives the layers and biases; its kernels' values are not looked at.
  ///   - kernels: The codes of each layer with a kernel, by the layer's name.
  ///   - activationGrids: The grids of the input and of every layer with ReLU, at most 256 levels.
  ///   - hasSignedActivations: Whether values between layers have codes around zero (int8) in place
  ///     of codes from zero (uint8); the sums are the same.
  ///   - accumulator: What holds the sums; less than 32 bits lose what they cannot hold.
  package init(
    _ network: Network, kernels: [String: AffineKernel], activationGrids: ActivationGrids,
    hasSignedActivations: Bool = false, accumulator: AccumulatorWidth = .int32
  ) throws(FixedPointError) {
    self.accumulator = accumulator
    func code(_ site: String) throws(FixedPointError) -> ActivationCode {
      guard let grid = activationGrids[site], grid.levels <= 255 else {
        throw .missingGrid(site: site)
      }
      return ActivationCode(grid, isSigned: hasSignedActivations)
    }
    inputShape = network.inputShape
    let inputCode = try code(Network.inputSite)
    let inputGrid = activationGrids[Network.inputSite]
    pixelCodes = (0..<256).map { byte in
      Int32(inputGrid?.code(Float(byte) / 255) ?? 0) + inputCode.zeroPoint
    }
    var current = inputCode
    var shape = network.inputShape
    let last = network.layers.lastIndex { $0.weights != nil }
    var stages: [Stage] = []
    for (index, layer) in network.layers.enumerated() {
      guard layer.inputs == [.previous] else { throw .unsupportedLayer(layer.name) }
      let outputShape = layer.outputShape(for: [shape])
      if let weights = layer.weights {
        let isLast = index == last
        guard (weights.activation == .relu) != isLast else {
          throw .unsupportedActivation(layer: weights.name)
        }
        guard let kernel = kernels[weights.name] else { throw .missingCodes(layer: weights.name) }
        let output = isLast ? nil : try code(weights.name)
        stages.append(
          .weighted(
            try FixedPointLayer(
              name: weights.name, geometry: weights.geometry(for: shape),
              isDepthwise: weights.isDepthwise, outputShape: outputShape, kernel: kernel,
              bias: weights.bias.elements, input: current, output: output)))
        if let output { current = output }
      } else if let layer = layer as? any CodeLayer {
        stages.append(.moving(layer, inputShape: shape))
      } else {
        throw .unsupportedLayer(layer.name)
      }
      shape = outputShape
    }
    self.stages = stages
  }

  /// What one image became on its way, for each layer with weights.
  package struct Trace: Sendable {
    /// The codes that each layer was given.
    package fileprivate(set) var inputs: [[Int32]] = []
    /// Its 32-bit sums.
    package fileprivate(set) var accumulators: [[Int32]] = []
    /// Its output codes; for the last layer its sums.
    package fileprivate(set) var outputs: [[Int32]] = []
  }

  /// Runs an image, given as bytes in the order height, width.
  package func trace(_ pixels: ArraySlice<UInt8>) -> Trace {
    precondition(
      pixels.count == inputShape.reduce(1, *), "The network takes images of another size.")
    var trace = Trace()
    var codes = pixels.map { pixelCodes[Int($0)] }
    for stage in stages {
      switch stage {
      case .weighted(let layer):
        let sums = layer.accumulators(of: codes, in: accumulator)
        let output = layer.codes(of: sums)
        trace.inputs.append(codes)
        trace.accumulators.append(sums)
        trace.outputs.append(output)
        codes = output
      case .moving(let layer, let inputShape):
        codes = layer.codes(from: codes, shape: inputShape)
      }
    }
    return trace
  }

  /// The logits of an image: the last layer's sums, each times its scale.
  package func logits(_ pixels: ArraySlice<UInt8>) -> [Double] {
    let sums = trace(pixels).accumulators.last ?? []
    guard let last = weightedLayers.last else { return [] }
    return sums.enumerated().map { channel, sum in Double(sum) * last.sumScale(channel) }
  }
}

extension FixedPointNetwork: ForwardRunner {
  /// The logits of one image.
  package final class Scratch {
    fileprivate let logits: FloatBuffer

    fileprivate init(_ network: FixedPointNetwork) {
      logits = FloatBuffer(count: network.classes)
    }
  }

  package var imageShape: (height: Int, width: Int) { (inputShape[0], inputShape[1]) }
  package var classes: Int { weightedLayers.last?.biases.count ?? 0 }
  package var logitStride: Int { classes }
  package var blockSize: Int { 1 }

  package func makeScratch(images: Int) -> Scratch { Scratch(self) }

  package func run(_ block: ImageBlock, in scratch: Scratch) -> UnsafePointer<Float> {
    let size = inputShape.reduce(1, *)
    let logits = logits(Array(UnsafeBufferPointer(start: block.pixels, count: size))[...])
    for (index, logit) in logits.enumerated() { scratch.logits.base[index] = Float(logit) }
    return UnsafePointer(scratch.logits.base)
  }
}
