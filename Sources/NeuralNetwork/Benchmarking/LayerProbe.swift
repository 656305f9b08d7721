import VectorLanes

/// Runs single layers of a network by themselves, to see how fast each kernel is.
///
/// Every call runs 64 images on one thread, with the data and memory layout of a real evaluation.
package final class LayerProbe {
  /// The images of a call.
  package static let images = 64

  private let shape: ConvNetShape
  private let weights: ConvNetWeights
  private let sparse: SparseDenseWeights
  private let integer: IntegerRunner
  private let pixels: ByteBuffer
  private let pixelValues: FloatBuffer
  private let features: FloatBuffer
  private let columns: FloatBuffer
  private let hidden: FloatBuffer
  private let integerScratch: IntegerRunner.Scratch

  /// Prepares a network's layers; nil if the fast kernels do not apply to it.
  ///
  /// - Parameters:
  ///   - network: Runs in float arithmetic, with the zeros of its first dense layer left out or not.
  ///   - kernels: The codes that run in integer arithmetic.
  ///   - activationGrids: Their grids.
  ///   - dataset: Its first 64 images are run.
  package init?(
    _ network: Network, kernels: IntegerKernels, activationGrids: ActivationGrids,
    dataset: ImageDataset
  ) {
    guard let layers = ConvNetLayers(network), dataset.count >= Self.images,
      dataset.height == layers.shape.height, dataset.width == layers.shape.width,
      let integer = IntegerRunner(network, kernels: kernels, activationGrids: activationGrids)
    else { return nil }
    shape = layers.shape
    self.integer = integer
    weights = ConvNetWeights(layers)
    sparse = SparseDenseWeights(layers.first.kernel)
    let size = shape.height * shape.width
    pixels = ByteBuffer(count: Self.images * size)
    pixelValues = FloatBuffer(count: Self.images * size)
    let table = PixelValues.table()
    for index in 0..<Self.images * size {
      pixels.codes[index] = dataset.pixels[index]
      pixelValues.base[index] = table[Int(dataset.pixels[index])]
    }
    features = FloatBuffer(count: Self.images * shape.featureStride)
    columns = FloatBuffer(count: Self.images * (shape.featureStride + shape.hiddenStride))
    hidden = FloatBuffer(count: Self.images * shape.hiddenStride)
    integerScratch = IntegerRunner.Scratch(integer, images: Self.images)
    convolve()
    convolveIntegers()
  }

  /// The multiply-adds of the convolution for 64 images, at the places that pooling looks at.
  package var convolutionProducts: Int {
    Self.images * 4 * shape.pooledHeight * shape.pooledWidth * shape.filters * 9
  }

  /// The multiply-adds of the first dense layer for 64 images, zeros included.
  package var denseProducts: Int { Self.images * shape.features * shape.hidden }

  /// The multiply-adds of its nonzero weights.
  package var nonzeroProducts: Int { Self.images * sparse.values.count }

  /// Convolution, ReLU and pooling in float.
  package func convolve() {
    for image in 0..<Self.images {
      PooledConvolution.forward(
        shape, image: pixelValues.base + image * shape.height * shape.width,
        weights: weights.convKernel.base, bias: weights.convBias.base,
        features: features.base + image * shape.featureStride)
    }
  }

  /// The first dense layer in float, every weight.
  package func multiplyDense() {
    for first in stride(from: 0, to: Self.images, by: 32) {
      DenseForward.forward(
        DenseForward.Sizes(inputStride: shape.featureStride, outputStride: shape.hiddenStride),
        rows: 32, input: features.base + first * shape.featureStride,
        weights: weights.firstKernel.base, bias: weights.firstBias.base,
        output: hidden.base + first * shape.hiddenStride, relu: true)
    }
  }

  /// The first dense layer in float, nonzero weights only, the transposition of its input included.
  package func multiplySparse() {
    for first in stride(from: 0, to: Self.images, by: laneCount) {
      SparseDenseForward.interleave(
        features.base + first * shape.featureStride, stride: shape.featureStride,
        into: columns.base + first)
    }
    SparseDenseForward.forward(
      sparse, input: columns.base, bias: weights.firstBias.base,
      sums: columns.base + Self.images * shape.featureStride, output: hidden.base,
      stride: shape.hiddenStride)
  }

  /// Convolution, pooling and requantization in integers.
  package func convolveIntegers() {
    integer.computeFeatures(
      pixels.codes, images: Self.images, into: integerScratch.features.codes, in: integerScratch)
  }

  /// The first dense layer in integers, requantization included.
  package func multiplyIntegers() {
    integer.computeHidden(
      integerScratch.features.codes, images: Self.images, into: integerScratch.hidden.codes)
  }
}
