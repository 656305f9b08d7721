import VectorLanes

/// The forward pass of a network that the fast kernels apply to.
///
/// Images go through in blocks, so that a block's features stay in the second-level cache while the
/// first dense layer's weights stream past them. Where many of those weights are zero only the
/// others are multiplied.
struct FusedRunner: FloatRunner {
  /// The network's sizes.
  let shape: ConvNetShape
  /// The nonzero weights of the first dense layer, if only they are multiplied.
  let sparseKernel: SparseDenseWeights?
  private let weights: ConvNetWeights
  private let pixelValues: FloatBuffer
  private let featureGrid: QuantizationParameters?
  private let hiddenGrid: QuantizationParameters?
  private let featureSite: String
  private let hiddenSite: String

  let pixelDivisor: Float

  /// Prepares a network, or gives nil if the fused kernels do not apply to it.
  init?(_ network: Network, _ options: FloatOptions) {
    guard let layers = ConvNetLayers(network) else { return nil }
    shape = layers.shape
    pixelDivisor = options.pixelDivisor
    let kernel = layers.first.kernel
    sparseKernel =
      options.skipsZeros && SparseDenseWeights.pays(for: kernel)
      ? SparseDenseWeights(kernel) : nil
    weights = ConvNetWeights(layers)
    (featureSite, hiddenSite) = (layers.convolution.name, layers.first.name)
    featureGrid = options.activationGrids[featureSite]
    hiddenGrid = options.activationGrids[hiddenSite]
    pixelValues = FloatBuffer(
      PixelValues.table(
        grid: options.activationGrids[Network.inputSite], divisor: options.pixelDivisor))
  }

  var imageShape: (height: Int, width: Int) { (shape.height, shape.width) }
  var classes: Int { shape.classes }
  var logitStride: Int { shape.classStride }
  var skipsZeros: Bool { sparseKernel != nil }

  /// A block's features stay in a second-level cache; nonzero weights take a whole group.
  var blockSize: Int { sparseKernel == nil ? 32 : SparseDenseForward.groupImages }

  /// The memory that one thread works in.
  final class Scratch {
    /// Pixel values, height × width an image.
    let images: FloatBuffer
    /// Pooled convolution outputs, `featureStride` an image.
    let features: FloatBuffer
    /// The same side by side for 64 images, and the first dense layer's sums likewise, where zeros
    /// are left out.
    let columns: FloatBuffer
    /// Positions of the features that are not zero, where zeros are left out.
    let active: ByteBuffer
    /// Outputs of the first dense layer, `hiddenStride` an image.
    let hidden: FloatBuffer
    /// Outputs of the last dense layer, `classStride` an image.
    let logits: FloatBuffer

    /// Makes room for blocks of up to `images` images.
    init(_ inference: FusedRunner, images: Int) {
      let shape = inference.shape
      let isGroup = inference.sparseKernel != nil && images > SparseDenseForward.fewImages
      let rows = isGroup ? SparseDenseForward.groupImages : roundedUp(images, to: 4)
      self.images = FloatBuffer(count: images * shape.height * shape.width)
      features = FloatBuffer(count: roundedUp(rows, to: 4) * shape.featureStride)
      columns = FloatBuffer(
        count: isGroup ? rows * (shape.featureStride + shape.hiddenStride) : 0)
      active = ByteBuffer(count: inference.sparseKernel == nil ? 0 : 4 * (shape.features + 1))
      hidden = FloatBuffer(count: rows * shape.hiddenStride)
      logits = FloatBuffer(count: rows * shape.classStride)
    }
  }

  func makeScratch(images: Int) -> Scratch { Scratch(self, images: images) }

  func run(_ block: ImageBlock, in scratch: Scratch) -> UnsafePointer<Float> {
    let (pixels, images) = (block.pixels, block.count)
    if images == 1 {
      runOne(pixels, in: scratch)
      return UnsafePointer(scratch.logits.base)
    }
    if let sparseKernel {
      computeHidden(pixels, images: images, skippingZerosOf: sparseKernel, in: scratch)
    } else {
      computeFeatures(pixels, images: 0..<images, in: scratch)
      DenseForward.forward(
        firstSizes, rows: images, input: scratch.features.base, weights: weights.firstKernel.base,
        bias: weights.firstBias.base, output: scratch.hidden.base, relu: true)
    }
    hiddenGrid?.round(scratch.hidden.base, count: images * shape.hiddenStride)
    DenseForward.forward(
      lastSizes, rows: images, input: scratch.hidden.base, weights: weights.lastKernel.base,
      bias: weights.lastBias.base, output: scratch.logits.base, relu: false)
    return UnsafePointer(scratch.logits.base)
  }

  /// Runs one image; the same logits as in a block to the last bit.
  private func runOne(_ pixels: UnsafePointer<UInt8>, in scratch: Scratch) {
    if let sparseKernel {
      computeHidden(pixels, images: 1, skippingZerosOf: sparseKernel, in: scratch)
    } else {
      computeFeatures(pixels, images: 0..<1, in: scratch)
      DenseForward.forwardOne(
        firstSizes, input: scratch.features.base, weights: weights.firstKernel.base,
        bias: weights.firstBias.base, output: scratch.hidden.base, relu: true)
    }
    hiddenGrid?.round(scratch.hidden.base, count: shape.hiddenStride)
    DenseForward.forwardOne(
      lastSizes, input: scratch.hidden.base, weights: weights.lastKernel.base,
      bias: weights.lastBias.base, output: scratch.logits.base, relu: false)
  }

  private func computeHidden(
    _ pixels: UnsafePointer<UInt8>, images: Int, skippingZerosOf kernel: SparseDenseWeights,
    in scratch: Scratch
  ) {
    guard images > SparseDenseForward.fewImages else {
      computeFeatures(pixels, images: 0..<images, in: scratch)
      for image in 0..<images {
        SparseDenseForward.forwardOne(
          kernel, input: scratch.features.base + image * shape.featureStride,
          bias: weights.firstBias.base, active: scratch.active.positions,
          output: scratch.hidden.base + image * shape.hiddenStride)
      }
      return
    }
    for first in stride(from: 0, to: images, by: laneCount) {
      computeFeatures(pixels, images: first..<min(first + laneCount, images), in: scratch)
      SparseDenseForward.interleave(
        scratch.features.base + first * shape.featureStride, stride: shape.featureStride,
        into: scratch.columns.base + first)
    }
    SparseDenseForward.forward(
      kernel, input: scratch.columns.base, bias: weights.firstBias.base,
      sums: scratch.columns.base + SparseDenseForward.groupImages * shape.featureStride,
      output: scratch.hidden.base, stride: shape.hiddenStride)
  }

  func visitActivations(
    images: Int, in scratch: Scratch,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    body(
      Network.inputSite,
      UnsafeBufferPointer(start: scratch.images.base, count: images * shape.height * shape.width))
    let sites = [
      (featureSite, scratch.features.base, shape.featureStride, shape.features),
      (hiddenSite, scratch.hidden.base, shape.hiddenStride, shape.hidden),
    ]
    for (site, base, stride, count) in sites {
      if stride == count {
        body(site, UnsafeBufferPointer(start: base, count: images * count))
      } else {
        for image in 0..<images {
          body(site, UnsafeBufferPointer(start: base + image * stride, count: count))
        }
      }
    }
  }

  private var firstSizes: DenseForward.Sizes {
    DenseForward.Sizes(inputStride: shape.featureStride, outputStride: shape.hiddenStride)
  }

  private var lastSizes: DenseForward.Sizes {
    DenseForward.Sizes(inputStride: shape.hiddenStride, outputStride: shape.classStride)
  }

  private func computeFeatures(
    _ pixels: UnsafePointer<UInt8>, images: Range<Int>, in scratch: Scratch
  ) {
    let imageSize = shape.height * shape.width
    let values = scratch.images.base + images.lowerBound * imageSize
    PixelValues.convert(
      pixels + images.lowerBound * imageSize, count: images.count * imageSize,
      table: pixelValues.base, into: values)
    let features = scratch.features.base + images.lowerBound * shape.featureStride
    for image in 0..<images.count {
      PooledConvolution.forward(
        shape, image: values + image * imageSize, weights: weights.convKernel.base,
        bias: weights.convBias.base, features: features + image * shape.featureStride)
    }
    featureGrid?.round(features, count: images.count * shape.featureStride)
  }
}
