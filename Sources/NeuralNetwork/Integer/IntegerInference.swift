import VectorLanes

/// The forward pass of a network in integer arithmetic.
///
/// Codes of a byte go in, exact 32-bit sums come out of every layer; they become codes of the next
/// layer's grid by one float multiplication and addition for each value. Logits stay float.
struct IntegerInference: Sendable {
  /// The most images of one block: their features stay in the second-level cache.
  static let blockSize = 32
  /// The network's sizes.
  let shape: ConvNetShape
  /// What the features of an image depend on.
  let featureKey: IntegerStages.FeatureKey
  /// What the hidden values of an image depend on, besides its features.
  let hiddenKey: IntegerStages.HiddenKey

  private let weights: IntegerWeights
  private let pixelCodes: ByteBuffer
  private let isPixelCode: Bool
  private let convolutionOutput: Requantization
  private let firstOutput: Requantization
  private let hiddenValue: Requantization
  private let lastOutput: Requantization

  /// Prepares a network with kernels that are not packed yet; nil if they do not fit it either.
  init?(
    _ network: Network, kernels: IntegerKernels, activationGrids: ActivationGrids,
    accumulator: AccumulatorWidth = .int32
  ) {
    guard let weights = IntegerWeights(network, kernels: kernels) else { return nil }
    self.init(
      network, weights: weights, activationGrids: activationGrids, accumulator: accumulator)
  }

  /// Prepares a network, or gives nil if a grid is missing or has more than 256 values.
  ///
  /// - Parameters:
  ///   - network: Gives the biases and the sites of the grids.
  ///   - weights: Its packed kernels.
  ///   - accumulator: What holds the sums of every layer.
  init?(
    _ network: Network, weights: IntegerWeights, activationGrids: ActivationGrids,
    accumulator: AccumulatorWidth = .int32
  ) {
    shape = weights.shape
    self.weights = weights
    let (convolution, first, last) = (weights.kernels[0], weights.kernels[1], weights.kernels[2])
    let sites = network.activationSites.compactMap { $0 }
    guard let inputGrid = activationGrids[Network.inputSite],
      let featureGrid = activationGrids[sites[0]], let hiddenGrid = activationGrids[sites[1]],
      [inputGrid, featureGrid, hiddenGrid].allSatisfy({ $0.levels <= 255 })
    else { return nil }
    let biases = network.parameters.filter { !$0.isKernel }.map(\.tensor.elements)
    featureKey = IntegerStages.FeatureKey(
      shape: shape, kernel: convolution, bias: biases[0], inputGrid: inputGrid, grid: featureGrid,
      accumulator: accumulator)
    hiddenKey = IntegerStages.HiddenKey(
      kernel: first, bias: biases[1], grid: hiddenGrid, accumulator: accumulator)
    pixelCodes = ByteBuffer(count: 256)
    for byte in 0..<256 {
      pixelCodes.codes[byte] = UInt8(inputGrid.code(Float(byte) / 255))
    }
    let codes = pixelCodes.codes
    isPixelCode = (0..<256).allSatisfy { Int(codes[$0]) == $0 }
    convolutionOutput = Requantization(
      kernel: convolution, bias: biases[0], inputScale: inputGrid.scale, grid: featureGrid,
      accumulator: accumulator)
    firstOutput = Requantization(
      kernel: first, bias: biases[1], inputScale: featureGrid.scale, grid: hiddenGrid,
      accumulator: accumulator)
    hiddenValue = Requantization(
      kernel: first, bias: biases[1], inputScale: featureGrid.scale, grid: nil,
      accumulator: accumulator)
    lastOutput = Requantization(
      kernel: last, bias: biases[2], inputScale: hiddenGrid.scale, grid: nil,
      accumulator: accumulator)
  }

  /// Distance of the features of two images.
  var featureStride: Int {
    roundedUp(shape.features + shape.filterStride - shape.filters, to: 64)
  }

  /// The memory that one thread works in.
  struct Scratch {
    /// The codes of one image's pixels.
    let image: ByteBuffer
    /// Pooled convolution outputs, `featureStride` an image.
    let features: ByteBuffer
    /// Outputs of the first dense layer, `hiddenStride` an image.
    let hidden: ByteBuffer
    /// Outputs of the last dense layer, `classStride` an image.
    let logits: FloatBuffer

    /// Makes room for blocks of up to `images` images.
    init(_ inference: IntegerInference, images: Int) {
      let shape = inference.shape
      let rows = roundedUp(images, to: IntegerDense.tileRows)
      image = ByteBuffer(count: shape.height * shape.width)
      features = ByteBuffer(count: images * inference.featureStride)
      hidden = ByteBuffer(count: rows * shape.hiddenStride)
      logits = FloatBuffer(count: rows * shape.classStride)
    }
  }

  /// Runs a block of images; their logits are then in `scratch`, `classStride` apart.
  func run(_ pixels: UnsafePointer<UInt8>, images: Int, in scratch: Scratch) {
    computeFeatures(pixels, images: images, into: scratch.features.codes, in: scratch)
    computeHidden(scratch.features.codes, images: images, into: scratch.hidden.codes)
    computeLogits(scratch.hidden.codes, images: images, into: scratch.logits.base)
  }

  /// Computes the pooled convolution outputs of a block of images.
  func computeFeatures(
    _ pixels: UnsafePointer<UInt8>, images: Int, into features: UnsafeMutablePointer<UInt8>,
    in scratch: Scratch
  ) {
    let size = shape.height * shape.width
    for image in 0..<images {
      var codes = pixels + image * size
      if !isPixelCode {
        Self.convert(codes, count: size, table: pixelCodes.codes, into: scratch.image.codes)
        codes = UnsafePointer(scratch.image.codes)
      }
      IntegerConvolution.forward(
        shape, image: codes, weights: weights.convolution.weights, output: convolutionOutput,
        features: features + image * featureStride)
    }
  }

  /// Computes the first dense layer's outputs; there must be room for whole tiles of rows.
  func computeHidden(
    _ features: UnsafePointer<UInt8>, images: Int, into hidden: UnsafeMutablePointer<UInt8>
  ) {
    IntegerDense.forward(
      hiddenSizes,
      rows: images, input: features, weights: weights.first.weights, requantization: firstOutput,
      codes: hidden)
  }

  /// Computes the first dense layer's outputs as values, before ReLU; there must be room for whole
  /// tiles of rows.
  func computeHiddenValues(
    _ features: UnsafePointer<UInt8>, images: Int, into values: UnsafeMutablePointer<Float>
  ) {
    IntegerDense.forward(
      hiddenSizes,
      rows: images, input: features, weights: weights.first.weights, dequantization: hiddenValue,
      values: values)
  }

  /// Computes the logits; there must be room for whole tiles of rows.
  func computeLogits(
    _ hidden: UnsafePointer<UInt8>, images: Int, into logits: UnsafeMutablePointer<Float>
  ) {
    IntegerDense.forward(
      IntegerDense.Sizes(
        inputs: roundedUp(shape.hidden, to: 4), inputStride: shape.hiddenStride,
        outputStride: shape.classStride),
      rows: images, input: hidden, weights: weights.last.weights, dequantization: lastOutput,
      values: logits)
  }

  private var hiddenSizes: IntegerDense.Sizes {
    IntegerDense.Sizes(
      inputs: roundedUp(shape.features, to: 4), inputStride: featureStride,
      outputStride: shape.hiddenStride)
  }

  @inline(never)
  private static func convert(
    _ pixels: UnsafePointer<UInt8>, count: Int, table: UnsafePointer<UInt8>,
    into codes: UnsafeMutablePointer<UInt8>
  ) {
    var index = 0
    while index < count {
      codes[index] = table[Int(pixels[index])]
      index &+= 1
    }
  }
}
