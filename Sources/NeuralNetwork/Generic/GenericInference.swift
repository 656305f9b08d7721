import VectorLanes

/// The forward pass of a network of any layers, one layer after another on vectors.
///
/// Normalizations are folded first. An image's logits depend on nothing but the image.
struct GenericInference: Sendable {
  /// The number of logits.
  let classes: Int
  private let stages: [Stage]
  private let sizes: [Int]
  private let pixelValues: FloatBuffer

  private struct Stage: Sendable {
    let work: Work
    let site: String?
    let grid: QuantizationParameters?
  }

  private enum Work: Sendable {
    case convolution(ConvolutionGeometry, FloatBuffer, FloatBuffer, relu: Bool)
    case depthwise(ConvolutionGeometry, FloatBuffer, FloatBuffer, relu: Bool)
    case maxPool(height: Int, width: Int, channels: Int)
    case flatten
  }

  /// Prepares a network whose values are rounded to the given grids as they pass.
  init(
    _ network: Network, activationGrids: ActivationGrids, pixelDivisor: Float = 255
  ) {
    let network = network.foldingBatchNormalization
    var shape = network.inputShape
    var stages: [Stage] = []
    var sizes = [shape.reduce(1, *)]
    for (layer, site) in zip(network.layers, network.activationSites) {
      let work: Work
      if let weights = layer.weights {
        let channels = weights.bias.count
        let kernel = LaneConvolution.pack(weights.kernel.elements, channels: channels)
        let bias = LaneConvolution.pack(weights.bias.elements, channels: channels)
        let (geometry, relu) = (layer.geometry(for: shape), weights.activation == .relu)
        work =
          layer.isDepthwise
          ? .depthwise(geometry, kernel, bias, relu: relu)
          : .convolution(geometry, kernel, bias, relu: relu)
      } else if layer == .maxPool2x2 {
        work = .maxPool(height: shape[0], width: shape[1], channels: shape[2])
      } else {
        work = .flatten
      }
      stages.append(Stage(work: work, site: site, grid: site.flatMap { activationGrids[$0] }))
      shape = layer.outputShape(for: shape)
      sizes.append(shape.reduce(1, *))
    }
    self.stages = stages
    self.sizes = sizes
    classes = network.outputCount
    pixelValues = FloatBuffer(
      PixelValues.table(
        grid: activationGrids[Network.inputSite], divisor: pixelDivisor))
  }

  /// The memory that one thread works in: the values behind each layer.
  struct Scratch {
    fileprivate let values: [FloatBuffer]

    /// Makes room for one image.
    init(_ inference: GenericInference) {
      // A vector more than is needed, since the last one of an image is read whole.
      var values = inference.sizes.map { FloatBuffer(count: $0 + laneCount) }
      for (index, stage) in inference.stages.enumerated() {
        if case .flatten = stage.work { values[index + 1] = values[index] }
      }
      self.values = values
    }

    /// The logits of the image that was run last.
    var logits: UnsafePointer<Float> { UnsafePointer(values[values.count - 1].base) }
  }

  /// Runs an image; its logits are then in `scratch`.
  func run(_ pixels: UnsafePointer<UInt8>, in scratch: Scratch) {
    PixelValues.convert(
      pixels, count: sizes[0], table: pixelValues.base, into: scratch.values[0].base)
    for (index, stage) in stages.enumerated() {
      let (input, output) = (scratch.values[index].base, scratch.values[index + 1].base)
      switch stage.work {
      case .convolution(let geometry, let weights, let bias, let relu):
        LaneConvolution.forward(
          geometry, input: input, weights: weights.base, bias: bias.base, output: output,
          relu: relu)
      case .depthwise(let geometry, let weights, let bias, let relu):
        LaneConvolution.depthwiseForward(
          geometry, input: input, weights: weights.base, bias: bias.base, output: output,
          relu: relu)
      case .maxPool(let height, let width, let channels):
        LanePooling.forward(
          height: height, width: width, channels: channels, input: input, output: output)
      case .flatten:
        break
      }
      stage.grid?.round(output, count: sizes[index + 1])
    }
  }

  /// Calls body with the values of each site for the image that was run last.
  func visitSites(
    in scratch: Scratch, _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    body(Network.inputSite, UnsafeBufferPointer(start: scratch.values[0].base, count: sizes[0]))
    for (index, stage) in stages.enumerated() {
      guard let site = stage.site else { continue }
      body(
        site,
        UnsafeBufferPointer(start: scratch.values[index + 1].base, count: sizes[index + 1]))
    }
  }
}
