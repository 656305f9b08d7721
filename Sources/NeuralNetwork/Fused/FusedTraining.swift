import VectorLanes

/// Training of a network that the fast kernels apply to.
///
/// A step is two parallel regions. In the first, threads share the images: forward pass, loss, and
/// the gradients by activations; an image's convolution gradient is kept apart. In the second,
/// threads share the weights: each tile of them sums its gradient over the images in their order and
/// is updated on the spot. So the order of every sum is fixed, whatever the number of threads.
final class FusedTraining: BatchTraining {
  /// Vectors of k in one task of the second region: a batch's features of that width fit in a
  /// first-level cache.
  private static let taskVectors = 12

  private let initial: Network
  private let layers: ConvNetLayers
  private let weights: ConvNetWeights
  private let convBias, firstBias, lastBias: TrainedParameter
  private let batch: Batch
  private var pixelValues: FloatBuffer
  private var featureGrid, hiddenGrid: QuantizationParameters?

  /// The network's sizes.
  let shape: ConvNetShape
  /// The kernels with Adam's means, in the layout of the fast kernels.
  let convKernel, firstKernel, lastKernel: TrainedParameter

  /// The kernels that forward and backward passes compute with.
  ///
  /// They are the trained ones themselves, unless the network is trained for rounded weights.
  var running: EffectiveWeights

  /// What a teacher says of the images; nil learns from the labels alone.
  var distillation: Distillation?

  /// The grids that values between the layers are rounded to in the forward pass; where a value lies
  /// within its grid's range the gradient passes as if there were none, unless `gridsPassGradient`
  /// says otherwise.
  var activationGrids: ActivationGrids = [:] {
    didSet {
      featureGrid = activationGrids[layers.convolution.name]
      hiddenGrid = activationGrids[layers.first.name]
      pixelValues = FloatBuffer(PixelValues.table(grid: activationGrids[Network.inputSite]))
    }
  }

  /// Whether the gradient passes a rounding to a grid at all.
  var gridsPassGradient = true

  /// Prepares a network for batches of at most `batchSize` images, or gives nil if the fast kernels
  /// do not apply to it.
  init?(_ network: Network, batchSize: Int) {
    guard let layers = ConvNetLayers(network) else { return nil }
    initial = network
    self.layers = layers
    shape = layers.shape
    weights = ConvNetWeights(layers)
    running = EffectiveWeights(
      conv: weights.convKernel, first: weights.firstKernel, last: weights.lastKernel)
    convKernel = TrainedParameter(weights.convKernel)
    convBias = TrainedParameter(weights.convBias)
    firstKernel = TrainedParameter(weights.firstKernel)
    firstBias = TrainedParameter(weights.firstBias)
    lastKernel = TrainedParameter(weights.lastKernel)
    lastBias = TrainedParameter(weights.lastBias)
    batch = Batch(shape, images: batchSize)
    pixelValues = FloatBuffer(PixelValues.table())
  }

  /// The network as it is now.
  var network: Network { weights.unpacked(into: initial, layers) }

  /// The kernels as what masks and rounds them sees them, in file order.
  var constrainedKernels: [ConstrainedKernel] {
    [
      ConstrainedKernel(
        convKernel, running: running.conv, of: layers.convolution,
        layout: .rows(stride: shape.filterStride)),
      ConstrainedKernel(
        firstKernel, running: running.first, of: layers.first,
        layout: .columns(stride: shape.featureStride)),
      ConstrainedKernel(
        lastKernel, running: running.last, of: layers.last,
        layout: .columns(stride: shape.hiddenStride)),
    ]
  }

  /// Learns from some images by one step of Adam (see `BatchTraining`).
  func step(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, rate: Float, threads: Int
  ) -> BatchResult {
    precondition(indices.count <= batch.capacity, "A batch fits into the memory set aside for it.")
    let groups =
      roundedUp(indices.count, to: DenseInputGradient.tileRows)
      / DenseInputGradient.tileRows
    let parts = min(threads, groups)
    // All captured state is buffers; a part touches the rows of its own images alone.
    nonisolated(unsafe) let training = self
    Parallel.forEach(count: parts, threads: threads) { part, _ in
      let first = groups * part / parts * DenseInputGradient.tileRows
      let end = groups * (part + 1) / parts * DenseInputGradient.tileRows
      training.computeGradients(
        dataset, indices: indices, rows: first..<min(end, indices.count))
    }
    let adam = AdamUpdate(rate: rate)
    let taskWidth = Self.taskVectors * laneCount
    let tasks = (shape.featureStride + taskWidth - 1) / taskWidth
    let images = indices.count
    Parallel.forEach(count: tasks + 1, threads: threads) { task, _ in
      if task == 0 {
        training.updateSmallParameters(images: images, by: adam)
      } else {
        training.updateFirstKernel(
          range: (task - 1) * taskWidth..<min(task * taskWidth, training.shape.featureStride),
          images: images, by: adam)
      }
    }
    return batch.result(images: images)
  }

  /// The first region for the images of some rows, of which the first begins a tile.
  private func computeGradients(_ dataset: ImageDataset, indices: ArraySlice<Int>, rows: Range<Int>)
  {
    let start = rows.lowerBound
    let features = batch.features.base + start * shape.featureStride
    let hidden = batch.hidden.base + start * shape.hiddenStride
    let logits = batch.logits.base + start * shape.classStride
    let dLogits = batch.dLogits.base + start * shape.classStride
    let dHidden = batch.dHidden.base + start * shape.hiddenStride
    let dFeatures = batch.dFeatures.base + start * shape.featureStride
    for row in rows { convolve(dataset, index: indices[indices.startIndex + row], row: row) }
    DenseForward.forward(
      firstSizes, rows: rows.count, input: features, weights: running.first.base,
      bias: weights.firstBias.base, output: hidden, relu: true)
    if let hiddenGrid {
      let exact = batch.exactHidden.base + start * shape.hiddenStride
      let count = rows.count * shape.hiddenStride
      exact.update(from: hidden, count: count)
      hiddenGrid.round(hidden, count: count)
    }
    DenseForward.forward(
      lastSizes, rows: rows.count, input: hidden, weights: running.last.base,
      bias: weights.lastBias.base, output: logits, relu: false)
    for row in rows {
      let image = indices[indices.startIndex + row]
      computeLoss(
        row: row, image: image, label: Int(dataset.labels[image]),
        share: 1 / Float(indices.count))
    }
    DenseInputGradient.backward(
      lastSizes, outputs: shape.classes, rows: rows.count, dOutput: dLogits,
      weights: running.last.base, dInput: dHidden)
    let outputs =
      hiddenGrid == nil ? hidden : batch.exactHidden.base + start * shape.hiddenStride
    Self.passWhereActive(
      dHidden, outputs: outputs, count: rows.count * shape.hiddenStride,
      reach: hiddenGrid.map(reach) ?? .infinity)
    DenseInputGradient.backward(
      firstSizes, outputs: shape.hidden, rows: rows.count, dOutput: dHidden,
      weights: running.first.base, dInput: dFeatures)
    for row in rows {
      PooledConvolution.backward(
        shape, image: batch.images.base + row * shape.height * shape.width,
        dFeatures: batch.dFeatures.base + row * shape.featureStride,
        argmax: batch.argmax.base + row * shape.featureStride,
        gradient: batch.dConv.base + row * 10 * shape.filterStride)
    }
  }

  private func convolve(_ dataset: ImageDataset, index: Int, row: Int) {
    let size = shape.height * shape.width
    let image = batch.images.base + row * size
    dataset.pixels.withUnsafeBufferPointer { pixels in
      if let base = pixels.baseAddress {
        PixelValues.convert(
          base + index * size, count: size, table: pixelValues.base, into: image)
      }
    }
    PooledConvolution.forward(
      shape, image: image, weights: running.conv.base, bias: weights.convBias.base,
      features: batch.features.base + row * shape.featureStride,
      argmax: batch.argmax.base + row * shape.featureStride)
    if let featureGrid {
      let features = batch.features.base + row * shape.featureStride
      let reach = reach(of: featureGrid)
      for index in 0..<shape.features where features[index] > reach {
        batch.argmax.base[row * shape.featureStride + index] = PooledConvolution.inactive
      }
      featureGrid.round(features, count: shape.featureStride)
    }
  }

  /// The greatest value through whose rounding the gradient passes.
  private func reach(of grid: QuantizationParameters) -> Float {
    gridsPassGradient ? grid.scale * Float(grid.levels) : 0
  }

  private func computeLoss(row: Int, image: Int, label: Int, share: Float) {
    precondition(label < shape.classes, "A label is one of the network's classes.")
    let logits = batch.logits.base + row * shape.classStride
    let dLogits = batch.dLogits.base + row * shape.classStride
    batch.losses.base[row] = Float(
      distillation?.lossAndGradient(
        logits: logits, image: image, label: label, share: share, dLogits: dLogits)
        ?? SoftmaxCrossEntropy.lossAndGradient(
          logits: logits, classes: shape.classes, label: label, share: share, dLogits: dLogits))
    let predicted = largestIndex(UnsafeBufferPointer(start: logits, count: shape.classes))
    batch.hits.base[row] = predicted == label ? 1 : 0
  }

  /// The gradient of ReLU and of a grid: sets to zero what belongs to an output of zero, or to one
  /// beyond the grid's reach.
  private static func passWhereActive(
    _ gradients: UnsafeMutablePointer<Float>, outputs: UnsafePointer<Float>, count: Int,
    reach: Float
  ) {
    let zeros = Lanes(repeating: 0)
    let reaches = Lanes(repeating: reach)
    for index in stride(from: 0, to: count, by: laneCount) {
      let gradient = Lanes(at: gradients + index)
      let output = Lanes(at: outputs + index)
      gradient.replacing(with: zeros, where: (output .<= zeros) .| (output .> reaches))
        .store(to: gradients + index)
    }
  }

  private func updateFirstKernel(range: Range<Int>, images: Int, by adam: AdamUpdate) {
    DenseWeightUpdate.update(
      firstSizes, range: range, rows: images, dOutput: batch.dHidden.base,
      input: batch.features.base, parameter: firstKernel, by: adam)
  }

  /// Everything but the first dense layer's kernel, which is 99.8 % of the baseline CNN.
  private func updateSmallParameters(images: Int, by adam: AdamUpdate) {
    let convStride = 10 * shape.filterStride
    convKernel.update(summing: batch.dConv.base, rows: images, stride: convStride, by: adam)
    convBias.update(
      summing: batch.dConv.base + 9 * shape.filterStride, rows: images, stride: convStride,
      by: adam)
    firstBias.update(
      summing: batch.dHidden.base, rows: images, stride: shape.hiddenStride, by: adam)
    DenseWeightUpdate.update(
      lastSizes, range: 0..<shape.hiddenStride, rows: images, dOutput: batch.dLogits.base,
      input: batch.hidden.base, parameter: lastKernel, by: adam)
    lastBias.update(summing: batch.dLogits.base, rows: images, stride: shape.classStride, by: adam)
  }

  private var firstSizes: DenseForward.Sizes {
    DenseForward.Sizes(inputStride: shape.featureStride, outputStride: shape.hiddenStride)
  }

  private var lastSizes: DenseForward.Sizes {
    DenseForward.Sizes(inputStride: shape.hiddenStride, outputStride: shape.classStride)
  }
}

/// Kernels in the layout of the fast kernels.
struct EffectiveWeights {
  /// The convolution's, [9][filterStride].
  var conv: FloatBuffer
  /// The first dense layer's, [hiddenStride][featureStride].
  var first: FloatBuffer
  /// The last dense layer's, [classStride][hiddenStride].
  var last: FloatBuffer

  /// The same values in memory of their own.
  var copy: EffectiveWeights {
    EffectiveWeights(
      conv: FloatBuffer(conv.elements), first: FloatBuffer(first.elements),
      last: FloatBuffer(last.elements))
  }
}

/// The values and gradients of one batch, a row for each image.
private struct Batch {
  let capacity: Int
  let images, features, argmax, hidden, exactHidden, logits: FloatBuffer
  let dLogits, dHidden, dFeatures, dConv: FloatBuffer
  let losses, hits: FloatBuffer

  init(_ shape: ConvNetShape, images count: Int) {
    let rows = roundedUp(count, to: DenseInputGradient.tileRows)
    capacity = count
    images = FloatBuffer(count: rows * shape.height * shape.width)
    features = FloatBuffer(count: rows * shape.featureStride)
    argmax = FloatBuffer(count: rows * shape.featureStride)
    hidden = FloatBuffer(count: rows * shape.hiddenStride)
    exactHidden = FloatBuffer(count: rows * shape.hiddenStride)
    logits = FloatBuffer(count: rows * shape.classStride)
    dLogits = FloatBuffer(count: rows * shape.classStride)
    dHidden = FloatBuffer(count: rows * shape.hiddenStride)
    dFeatures = FloatBuffer(count: rows * shape.featureStride)
    dConv = FloatBuffer(count: rows * 10 * shape.filterStride)
    losses = FloatBuffer(count: rows)
    hits = FloatBuffer(count: rows)
  }

  func result(images: Int) -> BatchResult {
    (0..<images).reduce(into: BatchResult()) { result, row in
      result.loss += Double(losses.base[row])
      result.correct += Int(hits.base[row])
    }
  }
}
