import VectorLanes

/// The forward pass of a network that the fast kernels apply to.
///
/// Images go through in blocks, so that a block's features stay in the second-level cache while the
/// first dense layer's weights stream past them.
struct ConvNetInference: Sendable {
  /// The most images of one block.
  static let blockSize = 32

  /// The network's sizes.
  let shape: ConvNetShape
  private let weights: ConvNetWeights
  private let pixelValues: FloatBuffer
  private let featureGrid: UniformGrid?
  private let hiddenGrid: UniformGrid?
  private let featureSite: String
  private let hiddenSite: String

  /// Prepares a network, or gives nil if the fast kernels do not apply to it.
  init?(_ network: Sequential, activationGrids: ActivationGrids) {
    guard let shape = ConvNetShape(network) else { return nil }
    self.shape = shape
    weights = ConvNetWeights(network, shape: shape)
    let sites = network.activationSites.compactMap { $0 }
    (featureSite, hiddenSite) = (sites[0], sites[1])
    featureGrid = activationGrids[featureSite]
    hiddenGrid = activationGrids[hiddenSite]
    pixelValues = FloatBuffer(PixelValues.table(grid: activationGrids[Sequential.inputSite]))
  }

  /// The memory that one thread works in.
  struct Scratch {
    /// Pixel values, height × width an image.
    let images: FloatBuffer
    /// Pooled convolution outputs, `featureStride` an image.
    let features: FloatBuffer
    /// Outputs of the first dense layer, `hiddenStride` an image.
    let hidden: FloatBuffer
    /// Outputs of the last dense layer, `classStride` an image.
    let logits: FloatBuffer

    /// Makes room for blocks of up to `images` images.
    init(_ shape: ConvNetShape, images: Int) {
      let rows = roundedUp(images, to: 4)
      self.images = FloatBuffer(count: images * shape.height * shape.width)
      features = FloatBuffer(count: rows * shape.featureStride)
      hidden = FloatBuffer(count: rows * shape.hiddenStride)
      logits = FloatBuffer(count: rows * shape.classStride)
    }
  }

  /// Runs a block of images; their logits are then in `scratch`, `classStride` apart.
  func run(_ pixels: UnsafePointer<UInt8>, images: Int, in scratch: Scratch) {
    computeFeatures(pixels, images: images, in: scratch)
    DenseForward.forward(
      firstSizes, rows: images, input: scratch.features.base, weights: weights.firstKernel.base,
      bias: weights.firstBias.base, output: scratch.hidden.base, relu: true)
    hiddenGrid?.round(scratch.hidden.base, count: images * shape.hiddenStride)
    DenseForward.forward(
      lastSizes, rows: images, input: scratch.hidden.base, weights: weights.lastKernel.base,
      bias: weights.lastBias.base, output: scratch.logits.base, relu: false)
  }

  /// Runs one image; the same logits as `run` to the last bit.
  func runOne(_ pixels: UnsafePointer<UInt8>, in scratch: Scratch) {
    computeFeatures(pixels, images: 1, in: scratch)
    DenseForward.forwardOne(
      firstSizes, input: scratch.features.base, weights: weights.firstKernel.base,
      bias: weights.firstBias.base, output: scratch.hidden.base, relu: true)
    hiddenGrid?.round(scratch.hidden.base, count: shape.hiddenStride)
    DenseForward.forwardOne(
      lastSizes, input: scratch.hidden.base, weights: weights.lastKernel.base,
      bias: weights.lastBias.base, output: scratch.logits.base, relu: false)
  }

  /// Calls body with the values of each site for a block that has just been run.
  func visitActivations(
    images: Int, in scratch: Scratch,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    body(
      Sequential.inputSite,
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
    _ pixels: UnsafePointer<UInt8>, images: Int, in scratch: Scratch
  ) {
    let imageSize = shape.height * shape.width
    PixelValues.convert(
      pixels, count: images * imageSize, table: pixelValues.base, into: scratch.images.base)
    for image in 0..<images {
      PooledConvolution.forward(
        shape, image: scratch.images.base + image * imageSize, weights: weights.convKernel.base,
        bias: weights.convBias.base, features: scratch.features.base + image * shape.featureStride)
    }
    featureGrid?.round(scratch.features.base, count: images * shape.featureStride)
  }
}
