/// A network prepared for fast inference in float arithmetic.
///
/// Networks of a 3×3 convolution of one channel, a pooling and two dense layers run on the fast
/// kernels, in any sizes; others run layer by layer, with normalizations folded. An image's logits are the same to
/// the last bit whatever range it is computed in, on however many threads.
package final class InferencePlan: Sendable {
  /// The number of logits of an image.
  package let classes: Int

  private let imageShape: [Int]
  private let pixelDivisor: Float
  private let method: Method

  private enum Method: Sendable {
    case convNet(FusedInference)
    case generic(GenericInference)
  }

  /// Prepares a network whose values are rounded to the given grids as they pass.
  ///
  /// - Parameter skipsZeros: Whether the first dense layer may leave out its zeros where that pays.
  ///   Logits then differ by float rounding from those of the full product.
  /// - Parameter pixelDivisor: What the bytes of the images are divided by (see `ImageDataset`).
  package init(
    _ network: Network, activationGrids: ActivationGrids = [:], skipsZeros: Bool = true,
    pixelDivisor: Float = 255
  ) {
    precondition(
      network.inputShape[2] == 1, "An inference plan takes grey images, of one channel.")
    classes = network.outputCount
    precondition(1...256 ~= classes, "A class fits in a byte.")
    imageShape = Array(network.inputShape.prefix(2))
    self.pixelDivisor = pixelDivisor
    if let convNet = FusedInference(
      network, activationGrids: activationGrids, skipsZeros: skipsZeros,
      pixelDivisor: pixelDivisor)
    {
      method = .convNet(convNet)
    } else {
      method = .generic(
        GenericInference(
          network, activationGrids: activationGrids, pixelDivisor: pixelDivisor))
    }
  }

  /// Whether the first dense layer multiplies its nonzero weights only.
  package var skipsZeros: Bool {
    if case .convNet(let convNet) = method { convNet.sparseKernel != nil } else { false }
  }

  /// The logits of a range of images: `range.count` × `classes` values, image after image.
  package func logits(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int
  ) -> [Float] {
    check(dataset, range)
    let output = FloatBuffer(count: range.count * classes)
    forEachBlock(of: dataset, in: range, threads: threads) { first, images, logits, stride in
      for image in 0..<images {
        (output.base + (first - range.lowerBound + image) * classes)
          .update(from: logits + image * stride, count: classes)
      }
    }
    return output.elements
  }

  /// The class with the largest logit for each image of a range; of equal ones the lowest.
  package func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int
  ) -> [UInt8] {
    let logits = logits(of: dataset, in: range, threads: threads)
    return logits.withUnsafeBufferPointer { logits in
      (0..<range.count).map { image in
        UInt8(
          largestIndex(
            UnsafeBufferPointer(rebasing: logits[image * classes..<(image + 1) * classes])))
      }
    }
  }

  /// Calls body(site, values) for blocks of images, in image order, on the calling thread.
  ///
  /// The sites are `input` and the names of the layers with ReLU (see `ActivationGrids`); a block may
  /// come in several calls. Values are as the network passes them on, after their rounding.
  package func visitActivations(
    of dataset: ImageDataset, in range: Range<Int>,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    check(dataset, range)
    switch method {
    case .convNet(let convNet):
      let scratch = FusedInference.Scratch(convNet, images: convNet.blockSize)
      dataset.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        for first in stride(
          from: range.lowerBound, to: range.upperBound, by: convNet.blockSize)
        {
          let images = min(convNet.blockSize, range.upperBound - first)
          convNet.run(base + first * dataset.height * dataset.width, images: images, in: scratch)
          convNet.visitActivations(images: images, in: scratch, body)
        }
      }
    case .generic(let generic):
      let scratch = GenericInference.Scratch(generic)
      dataset.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        for index in range {
          generic.run(base + index * dataset.height * dataset.width, in: scratch)
          generic.visitSites(in: scratch, body)
        }
      }
    }
  }

  /// Makes what runs single images without allocating memory, for measurements of latency.
  package func makeSingleImageRunner() -> SingleImageRunner {
    switch method {
    case .convNet(let convNet): SingleImageRunner(convNet)
    case .generic(let generic): SingleImageRunner(generic)
    }
  }

  /// Makes what runs batches without allocating memory, for measurements of throughput.
  package func makeBatchRunner() -> BatchRunner {
    switch method {
    case .convNet(let convNet): BatchRunner(convNet)
    case .generic(let generic): BatchRunner(generic)
    }
  }

  /// Calls body with the logits of blocks of images, on several threads and in no fixed order.
  private func forEachBlock(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int,
    _ body:
      @Sendable (
        _ first: Int, _ images: Int, _ logits: UnsafePointer<Float>, _ stride: Int
      ) -> Void
  ) {
    switch method {
    case .convNet(let convNet):
      let blockSize = convNet.blockSize
      let blocks = (range.count + blockSize - 1) / blockSize
      let scratches = (0..<min(threads, blocks)).map { _ in
        FusedInference.Scratch(convNet, images: min(blockSize, range.count))
      }
      dataset.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        // The array outlives all calls of the closure, which only read it.
        nonisolated(unsafe) let images = base
        Parallel.forEach(count: blocks, threads: threads) { block, worker in
          let first = range.lowerBound + block * blockSize
          let count = min(blockSize, range.upperBound - first)
          convNet.run(
            images + first * dataset.height * dataset.width, images: count, in: scratches[worker])
          body(first, count, scratches[worker].logits.base, convNet.shape.classStride)
        }
      }
    case .generic(let generic):
      let scratches = (0..<min(threads, range.count)).map { _ in
        GenericInference.Scratch(generic)
      }
      dataset.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        // The array outlives all calls of the closure, which only read it.
        nonisolated(unsafe) let images = base
        Parallel.forEach(count: range.count, threads: threads) { offset, worker in
          let index = range.lowerBound + offset
          generic.run(images + index * dataset.height * dataset.width, in: scratches[worker])
          body(index, 1, scratches[worker].logits, classes)
        }
      }
    }
  }

  private func check(_ dataset: ImageDataset, _ range: Range<Int>) {
    precondition(
      [dataset.height, dataset.width] == imageShape,
      "The network takes images of \(imageShape), not \([dataset.height, dataset.width]).")
    precondition(
      dataset.divisor == pixelDivisor,
      "The network was prepared for bytes divided by \(pixelDivisor), not \(dataset.divisor).")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= dataset.count,
      "The range \(range) lies within the \(dataset.count) images.")
  }
}

/// The index of the largest value; of equal ones the lowest.
func largestIndex(_ values: UnsafeBufferPointer<Float>) -> Int {
  var best = 0
  for index in values.indices where values[index] > values[best] {
    best = index
  }
  return best
}
