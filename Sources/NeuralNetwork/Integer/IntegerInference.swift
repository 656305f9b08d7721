import VectorLanes

/// The forward pass of a network in integer arithmetic.
///
/// Codes of a byte go in, exact 32-bit sums come out of every layer; they become codes of the next
/// layer's grid by one float multiplication and addition for each value. Logits stay float.
struct IntegerInference: Sendable {
  /// The most images of one block: their features stay in the second-level cache.
  static let blockSize = 32
  /// The most inputs of an output whose sums are sure to fit in 32 bits: 2³¹ / (255 · 128).
  private static let largestInputs = 65_793

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
  private let lastOutput: Requantization

  /// Prepares a network, or gives nil if it is of another kind, a kernel or grid is missing or does
  /// not fit, or a grid has more than 256 values.
  init?(_ network: Sequential, kernels: IntegerKernels, activationGrids: ActivationGrids) {
    guard let shape = ConvNetShape(network), max(shape.features, shape.hidden) <= Self.largestInputs
    else { return nil }
    let names = network.kernels.map { String($0.name.dropLast("/kernel".count)) }
    guard let convolution = kernels[names[0]], let first = kernels[names[1]],
      let last = kernels[names[2]],
      convolution.fits(weights: 9 * shape.filters, channels: shape.filters),
      first.fits(weights: shape.features * shape.hidden, channels: shape.hidden),
      last.fits(weights: shape.hidden * shape.classes, channels: shape.classes)
    else { return nil }
    guard let inputGrid = activationGrids[Sequential.inputSite],
      let featureGrid = activationGrids[names[0]], let hiddenGrid = activationGrids[names[1]],
      [inputGrid, featureGrid, hiddenGrid].allSatisfy({ $0.levels <= 255 })
    else { return nil }
    self.shape = shape
    let biases = network.parameters.filter { !$0.isKernel }.map(\.tensor.elements)
    featureKey = IntegerStages.FeatureKey(
      shape: shape, kernel: convolution, bias: biases[0], inputGrid: inputGrid, grid: featureGrid)
    hiddenKey = IntegerStages.HiddenKey(kernel: first, bias: biases[1], grid: hiddenGrid)
    weights = IntegerWeights(shape, convolution: convolution, first: first, last: last)
    pixelCodes = ByteBuffer(count: 256)
    for byte in 0..<256 {
      pixelCodes.codes[byte] = UInt8(inputGrid.code(Float(byte) / 255))
    }
    let codes = pixelCodes.codes
    isPixelCode = (0..<256).allSatisfy { Int(codes[$0]) == $0 }
    convolutionOutput = Requantization(
      kernel: convolution, bias: biases[0], inputScale: inputGrid.scale, grid: featureGrid)
    firstOutput = Requantization(
      kernel: first, bias: biases[1], inputScale: featureGrid.scale, grid: hiddenGrid)
    lastOutput = Requantization(
      kernel: last, bias: biases[2], inputScale: hiddenGrid.scale, grid: nil)
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
      IntegerDense.Sizes(
        inputs: roundedUp(shape.features, to: 4), inputStride: featureStride,
        outputStride: shape.hiddenStride),
      rows: images, input: features, weights: weights.first.weights, requantization: firstOutput,
      codes: hidden)
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
