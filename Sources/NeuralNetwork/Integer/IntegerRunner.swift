import VectorLanes

/// A network prepared for inference in integer arithmetic.
///
/// For networks of a 3×3 convolution of one channel, a pooling and two dense layers whose kernels are
/// signed codes of at most 8 bits, symmetric about zero, and whose values are rounded to grids of at
/// most 256 values. Codes of a byte go in, exact 32-bit sums come out of every layer, with or without
/// instructions for it; they become codes of the next layer's grid by one float multiplication and
/// addition for each value. Logits stay float. `InferencePlan` on the weights that the codes stand for
/// differs only by its float rounding.
package struct IntegerRunner: ForwardRunner {
  /// The most images of one block: their features stay in a second-level cache.
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

  /// Prepares a network with kernels that are not packed yet; nil if it is of another kind, or a kernel
  /// or grid is missing or too wide.
  package init?(
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
  ///   - network: Gives the biases and the names of the layers; its kernels' values are not looked at.
  ///   - weights: Its packed kernels.
  ///   - activationGrids: The grids of the sites `input` and of both layers with ReLU.
  ///   - accumulator: What holds the sums; less than 32 bits lose what they cannot hold.
  package init?(
    _ network: Network, weights: IntegerWeights, activationGrids: ActivationGrids,
    accumulator: AccumulatorWidth = .int32
  ) {
    guard let layers = ConvNetLayers(network),
      let inputGrid = activationGrids[Network.inputSite],
      let featureGrid = activationGrids[layers.convolution.name],
      let hiddenGrid = activationGrids[layers.first.name],
      [inputGrid, featureGrid, hiddenGrid].allSatisfy({ $0.levels <= 255 })
    else { return nil }
    shape = weights.shape
    self.weights = weights
    let (convolution, first, last) = (weights.convolution, weights.first, weights.last)
    let convolutionBias = layers.convolution.bias.elements
    let (firstBias, lastBias) = (layers.first.bias.elements, layers.last.bias.elements)
    featureKey = IntegerStages.FeatureKey(
      shape: shape, kernel: convolution.kernel, bias: convolutionBias, inputGrid: inputGrid,
      grid: featureGrid,
      accumulator: accumulator)
    hiddenKey = IntegerStages.HiddenKey(
      kernel: first.kernel, bias: firstBias, grid: hiddenGrid, accumulator: accumulator)
    pixelCodes = ByteBuffer(count: 256)
    for byte in 0..<256 {
      pixelCodes.codes[byte] = UInt8(inputGrid.code(Float(byte) / 255))
    }
    let codes = pixelCodes.codes
    isPixelCode = (0..<256).allSatisfy { Int(codes[$0]) == $0 }
    convolutionOutput = Requantization(
      kernel: convolution.kernel, bias: convolutionBias, inputScale: inputGrid.scale,
      grid: featureGrid,
      accumulator: accumulator)
    firstOutput = Requantization(
      kernel: first.kernel, bias: firstBias, inputScale: featureGrid.scale, grid: hiddenGrid,
      accumulator: accumulator)
    hiddenValue = Requantization(
      kernel: first.kernel, bias: firstBias, inputScale: featureGrid.scale, grid: nil,
      accumulator: accumulator)
    lastOutput = Requantization(
      kernel: last.kernel, bias: lastBias, inputScale: hiddenGrid.scale, grid: nil,
      accumulator: accumulator)
  }

  /// Distance of the features of two images.
  var featureStride: Int {
    roundedUp(shape.features + shape.filterStride - shape.filters, to: 64)
  }

  package var imageShape: (height: Int, width: Int) { (shape.height, shape.width) }
  package var classes: Int { shape.classes }
  package var logitStride: Int { shape.classStride }
  package var blockSize: Int { Self.blockSize }

  /// The memory that one thread works in.
  package final class Scratch: Sendable {
    /// The codes of one image's pixels.
    let image: ByteBuffer
    /// Pooled convolution outputs, `featureStride` an image.
    let features: ByteBuffer
    /// Outputs of the first dense layer, `hiddenStride` an image.
    let hidden: ByteBuffer
    /// Outputs of the last dense layer, `classStride` an image.
    let logits: FloatBuffer

    /// Makes room for blocks of up to `images` images.
    init(_ inference: IntegerRunner, images: Int) {
      let shape = inference.shape
      let rows = roundedUp(images, to: IntegerDense.tileRows)
      image = ByteBuffer(count: shape.height * shape.width)
      features = ByteBuffer(count: images * inference.featureStride)
      hidden = ByteBuffer(count: rows * shape.hiddenStride)
      logits = FloatBuffer(count: rows * shape.classStride)
    }
  }

  package func makeScratch(images: Int) -> Scratch { Scratch(self, images: images) }

  package func run(_ block: ImageBlock, in scratch: Scratch) -> UnsafePointer<Float> {
    let images = block.count
    computeFeatures(block.pixels, images: images, into: scratch.features.codes, in: scratch)
    computeHidden(scratch.features.codes, images: images, into: scratch.hidden.codes)
    computeLogits(scratch.hidden.codes, images: images, into: scratch.logits.base)
    return UnsafePointer(scratch.logits.base)
  }

  /// Calls body with a runner of the same logits that computes only what a cache does not know of a data
  /// set's images yet; it must run those images alone.
  package func withCache<Result>(
    _ cache: IntegerStageCache, of dataset: ImageDataset,
    _ body: (any ForwardRunner) -> sending Result
  ) -> sending Result {
    cache.withStages(of: self, on: dataset) { features, hidden in
      guard let features, let hidden else { return body(self) }
      return body(CachedIntegerRunner(runner: self, features: features, hidden: hidden))
    }
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
        shape, image: codes, weights: weights.convolution.packed.weights, output: convolutionOutput,
        features: features + image * featureStride)
    }
  }

  /// Computes the first dense layer's outputs; there must be room for whole tiles of rows.
  func computeHidden(
    _ features: UnsafePointer<UInt8>, images: Int, into hidden: UnsafeMutablePointer<UInt8>
  ) {
    IntegerDense.forward(
      hiddenSizes,
      rows: images, input: features, weights: weights.first.packed.weights,
      requantization: firstOutput,
      codes: hidden)
  }

  /// Computes the first dense layer's outputs as values, before ReLU; there must be room for whole
  /// tiles of rows.
  func computeHiddenValues(
    _ features: UnsafePointer<UInt8>, images: Int, into values: UnsafeMutablePointer<Float>
  ) {
    IntegerDense.forward(
      hiddenSizes,
      rows: images, input: features, weights: weights.first.packed.weights,
      dequantization: hiddenValue,
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
      rows: images, input: hidden, weights: weights.last.packed.weights, dequantization: lastOutput,
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

/// A network in integer arithmetic that computes only what is not known of its images yet.
private struct CachedIntegerRunner: ForwardRunner {
  let runner: IntegerRunner
  let features: IntegerStages.Stage
  let hidden: IntegerStages.Stage

  var imageShape: (height: Int, width: Int) { runner.imageShape }
  var classes: Int { runner.classes }
  var logitStride: Int { runner.logitStride }
  var blockSize: Int { runner.blockSize }

  func makeScratch(images: Int) -> IntegerRunner.Scratch { runner.makeScratch(images: images) }

  func run(_ block: ImageBlock, in scratch: IntegerRunner.Scratch) -> UnsafePointer<Float> {
    let hiddenCodes = hidden.codes(of: block.images.lowerBound)
    if !hidden.knows(block.images) {
      let featureCodes = features.codes(of: block.images.lowerBound)
      if !features.knows(block.images) {
        runner.computeFeatures(
          block.pixels, images: block.count, into: featureCodes, in: scratch)
        features.learn(block.images)
      }
      runner.computeHidden(featureCodes, images: block.count, into: scratch.hidden.codes)
      // Whole tiles of rows are computed, so they cannot be computed in place.
      hiddenCodes.update(from: scratch.hidden.codes, count: block.count * hidden.stride)
      hidden.learn(block.images)
    }
    runner.computeLogits(hiddenCodes, images: block.count, into: scratch.logits.base)
    return UnsafePointer(scratch.logits.base)
  }
}
