/// A network prepared for inference in integer arithmetic.
///
/// For networks of a 3×3 convolution of one channel, a pooling and two dense layers whose kernels are
/// signed codes of at most 8 bits, symmetric about zero, and whose values are rounded to grids of at
/// most 256 values. Products are summed exactly in 32 bits, so an image's logits are the same to the
/// last bit whatever range it is computed in, on however many threads, with or without instructions
/// for it. `InferencePlan` on the weights that the codes stand for differs only by its float rounding.
package final class IntegerPlan: Sendable {
  /// The number of logits of an image.
  package let classes: Int

  private let inference: IntegerInference

  /// Prepares a network; nil if it is of another kind, or a kernel or grid is missing or too wide.
  ///
  /// - Parameters:
  ///   - network: Gives the layers and biases; its kernels' values are not looked at.
  ///   - kernels: The codes of each layer with a kernel.
  ///   - activationGrids: The grids of the sites `input` and of both layers with ReLU.
  ///   - accumulator: What holds the sums; less than 32 bits lose what they cannot hold.
  package convenience init?(
    _ network: Network, kernels: IntegerKernels, activationGrids: ActivationGrids,
    accumulator: AccumulatorWidth = .int32
  ) {
    guard let weights = IntegerWeights(network, kernels: kernels) else { return nil }
    self.init(
      network, weights: weights, activationGrids: activationGrids, accumulator: accumulator)
  }

  /// Prepares a network whose kernels are packed already; nil if a grid is missing or too wide.
  package init?(
    _ network: Network, weights: IntegerWeights, activationGrids: ActivationGrids,
    accumulator: AccumulatorWidth = .int32
  ) {
    guard
      let inference = IntegerInference(
        network, weights: weights, activationGrids: activationGrids, accumulator: accumulator)
    else { return nil }
    self.inference = inference
    classes = inference.shape.classes
    precondition(classes <= 256, "A class fits in a byte.")
  }

  /// The logits of a range of images: `range.count` × `classes` values, image after image.
  package func logits(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int, cache: IntegerStageCache? = nil
  ) -> [Float] {
    let classes = classes
    let output = FloatBuffer(count: range.count * classes)
    forEachBlock(of: dataset, in: range, threads: threads, cache: cache) {
      image, logits in
      (output.base + (image - range.lowerBound) * classes).update(from: logits, count: classes)
    }
    return output.elements
  }

  /// The class with the largest logit for each image of a range; of equal ones the lowest.
  package func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int, cache: IntegerStageCache? = nil
  ) -> [UInt8] {
    let classes = classes
    let output = ByteBuffer(count: range.count)
    forEachBlock(of: dataset, in: range, threads: threads, cache: cache) {
      image, logits in
      output.codes[image - range.lowerBound] = UInt8(
        largestIndex(UnsafeBufferPointer(start: logits, count: classes)))
    }
    return Array(UnsafeBufferPointer(start: output.codes, count: range.count))
  }

  /// Makes what runs single images without allocating memory, for measurements of latency.
  package func makeSingleImageRunner() -> SingleImageRunner {
    SingleImageRunner(inference)
  }

  /// Makes what runs batches without allocating memory, for measurements of throughput.
  package func makeBatchRunner() -> BatchRunner { BatchRunner(inference) }

  /// Calls body with the logits of every image, on several threads and in no fixed order.
  private func forEachBlock(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int, cache: IntegerStageCache?,
    _ body: @Sendable (_ image: Int, _ logits: UnsafePointer<Float>) -> Void
  ) {
    let shape = inference.shape
    precondition(
      [dataset.height, dataset.width] == [shape.height, shape.width],
      "The network takes images of another size.")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= dataset.count,
      "The range \(range) lies within the \(dataset.count) images.")
    if let cache {
      cache.withStages(of: inference, on: dataset) { features, hidden in
        forEachBlock(
          of: dataset, in: range, threads: threads, features: features, hidden: hidden, body)
      }
    } else {
      forEachBlock(of: dataset, in: range, threads: threads, features: nil, hidden: nil, body)
    }
  }

  private func forEachBlock(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int, features: IntegerStages.Stage?,
    hidden: IntegerStages.Stage?,
    _ body: @Sendable (_ image: Int, _ logits: UnsafePointer<Float>) -> Void
  ) {
    let inference = inference
    let stride = inference.shape.classStride
    let size = dataset.height * dataset.width
    let blockSize = IntegerInference.blockSize
    let blocks = (range.count + blockSize - 1) / blockSize
    let scratches = (0..<min(threads, blocks)).map { _ in
      IntegerInference.Scratch(inference, images: min(blockSize, range.count))
    }
    dataset.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      // The array outlives all calls of the closure, which only read it.
      nonisolated(unsafe) let images = base
      Parallel.forEach(count: blocks, threads: threads) { block, worker in
        let first = range.lowerBound + block * blockSize
        let block = first..<min(first + blockSize, range.upperBound)
        let scratch = scratches[worker]
        Self.run(
          inference, images + first * size, block: block, in: scratch, features: features,
          hidden: hidden)
        for image in block {
          body(image, scratch.logits.base + (image - first) * stride)
        }
      }
    }
  }

  private static func run(
    _ inference: IntegerInference, _ pixels: UnsafePointer<UInt8>, block: Range<Int>,
    in scratch: IntegerInference.Scratch, features: IntegerStages.Stage?,
    hidden: IntegerStages.Stage?
  ) {
    guard let features, let hidden else {
      inference.run(pixels, images: block.count, in: scratch)
      return
    }
    let hiddenCodes = hidden.codes(of: block.lowerBound)
    if !hidden.knows(block) {
      let featureCodes = features.codes(of: block.lowerBound)
      if !features.knows(block) {
        inference.computeFeatures(pixels, images: block.count, into: featureCodes, in: scratch)
        features.learn(block)
      }
      inference.computeHidden(featureCodes, images: block.count, into: scratch.hidden.codes)
      // Whole tiles of rows are computed, so they cannot be computed in place.
      hiddenCodes.update(from: scratch.hidden.codes, count: block.count * hidden.stride)
      hidden.learn(block)
    }
    inference.computeLogits(hiddenCodes, images: block.count, into: scratch.logits.base)
  }
}
