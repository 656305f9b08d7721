/// Consecutive images of a data set.
package struct ImageBlock {
  /// The bytes of the first image; the others follow, each in the order height, width.
  let pixels: UnsafePointer<UInt8>
  /// The images' places in the data set.
  let images: Range<Int>

  /// The number of images.
  var count: Int { images.count }
}

/// Whatever runs a network forward: in float, in integers, over nonzero weights, or in fixed point.
///
/// A runner is shared by threads; each has a scratch of its own, which is all the memory that running
/// takes. The calls of this protocol come once for each block of images, never inside a kernel. An
/// image's logits are the same to the last bit whatever block it comes in, on however many threads.
package protocol ForwardRunner: Sendable {
  /// The memory that one thread works in.
  associatedtype Scratch: AnyObject

  /// The rows and columns of an image.
  var imageShape: (height: Int, width: Int) { get }
  /// What the bytes of the images are divided by (see `ImageDataset`).
  var pixelDivisor: Float { get }
  /// The number of logits of an image.
  var classes: Int { get }
  /// The distance of two images' logits, in floats.
  var logitStride: Int { get }
  /// The most images of one block.
  var blockSize: Int { get }

  /// Makes room for blocks of up to `images` images, at most `blockSize`.
  func makeScratch(images: Int) -> Scratch

  /// Runs a block.
  ///
  /// - Returns: The logits, `logitStride` apart, until the scratch is used again.
  func run(_ block: ImageBlock, in scratch: Scratch) -> UnsafePointer<Float>
}

/// A runner whose values between layers are floats that can be looked at.
package protocol FloatRunner: ForwardRunner {
  /// Prepares a network, or gives nil if it is not of the runner's kind.
  init?(_ network: Network, _ options: FloatOptions)

  /// Whether nonzero weights alone are multiplied somewhere.
  var skipsZeros: Bool { get }

  /// Calls body with the values of each site for the block that was run last.
  func visitActivations(
    images: Int, in scratch: Scratch,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void)
}

/// How a network runs in float.
package struct FloatOptions: Sendable {
  /// The grids that values are rounded to as they pass.
  var activationGrids: ActivationGrids = [:]
  /// Whether zeros may be left out of a layer where that pays.
  var skipsZeros = true
  /// What bytes are divided by.
  var pixelDivisor: Float = 255
}

extension ForwardRunner {
  package var pixelDivisor: Float { 255 }

  /// The logits of a range of images: `range.count` × `classes` values, image after image.
  package func logits(of dataset: ImageDataset, in range: Range<Int>, threads: Int) -> [Float] {
    let output = FloatBuffer(count: range.count * classes)
    forEachBlock(of: dataset, in: range, threads: threads) { images, logits in
      for (row, image) in images.enumerated() {
        (output.base + (image - range.lowerBound) * classes)
          .update(from: logits + row * logitStride, count: classes)
      }
    }
    return output.elements
  }

  /// The class with the largest logit for each image of a range; of equal ones the lowest.
  package func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int
  ) -> [UInt8] {
    predictions(of: dataset, in: range, threads: threads, isCancelled: { false }) ?? []
  }

  /// The same, until it is cancelled.
  ///
  /// - Parameter isCancelled: Asked before every block.
  /// - Returns: Nil if it was cancelled.
  package func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int,
    isCancelled: @Sendable () -> Bool
  ) -> [UInt8]? {
    precondition(classes <= 256, "A class fits in a byte.")
    let output = ByteBuffer(count: range.count)
    let isComplete = forEachBlock(
      of: dataset, in: range, threads: threads, isCancelled: isCancelled
    ) { images, logits in
      for (row, image) in images.enumerated() {
        output.codes[image - range.lowerBound] = predictedClass(logits + row * logitStride)
      }
    }
    return isComplete ? Array(UnsafeBufferPointer(start: output.codes, count: range.count)) : nil
  }

  /// Makes what runs images on one thread without allocating memory, for measurements of speed.
  ///
  /// - Parameter images: The images of a block; nil takes as many as suit the runner.
  package func makeSession(images: Int? = nil) -> any RunnerSession {
    Session(self, images: min(images ?? blockSize, blockSize))
  }

  /// The class with the largest of an image's logits; of equal ones the lowest.
  func predictedClass(_ logits: UnsafePointer<Float>) -> UInt8 {
    UInt8(largestIndex(UnsafeBufferPointer(start: logits, count: classes)))
  }

  /// Calls body with the logits of blocks of images, on several threads and in no fixed order.
  ///
  /// - Returns: Whether every block was run.
  @discardableResult
  private func forEachBlock(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int,
    isCancelled: @Sendable () -> Bool = { false },
    _ body: @Sendable (_ images: Range<Int>, _ logits: UnsafePointer<Float>) -> Void
  ) -> Bool {
    check(dataset, range)
    let blockSize = blockSize
    let blocks = (range.count + blockSize - 1) / blockSize
    // Each worker takes its own, and its calls never overlap.
    nonisolated(unsafe) let scratches = (0..<min(threads, blocks)).map { _ in
      makeScratch(images: min(blockSize, range.count))
    }
    dataset.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      // The array outlives all calls of the closure, which only read it.
      nonisolated(unsafe) let bytes = base
      Parallel.forEach(count: blocks, threads: threads) { block, worker in
        if isCancelled() { return }
        let first = range.lowerBound + block * blockSize
        let images = first..<min(first + blockSize, range.upperBound)
        let block = ImageBlock(pixels: bytes + first * dataset.imageSize, images: images)
        body(images, run(block, in: scratches[worker]))
      }
    }
    return !isCancelled()
  }

  /// Refuses images that the runner was not prepared for.
  func check(_ dataset: ImageDataset, _ range: Range<Int>) {
    precondition(
      (dataset.height, dataset.width) == imageShape,
      "The network takes images of \(imageShape), not \(dataset.height)×\(dataset.width).")
    precondition(
      dataset.divisor == pixelDivisor,
      "The network was prepared for bytes divided by \(pixelDivisor), not \(dataset.divisor).")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= dataset.count,
      "The range \(range) lies within the \(dataset.count) images.")
  }
}

extension FloatRunner {
  /// Calls body(site, values) for blocks of images, in image order, on the calling thread.
  ///
  /// The sites are `input` and the names of the layers with ReLU (see `ActivationGrids`); a block may
  /// come in several calls. Values are as the network passes them on, after their rounding.
  package func visitActivations(
    of dataset: ImageDataset, in range: Range<Int>,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    check(dataset, range)
    let scratch = makeScratch(images: blockSize)
    dataset.forEachBlock(in: range, of: blockSize) { block in
      _ = run(block, in: scratch)
      visitActivations(images: block.count, in: scratch, body)
    }
  }
}

extension ImageDataset {
  /// The bytes of an image.
  var imageSize: Int { height * width }

  /// Calls body with the blocks of a range of images, in order.
  func forEachBlock(in range: Range<Int>, of size: Int, _ body: (ImageBlock) -> Void) {
    pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for first in stride(from: range.lowerBound, to: range.upperBound, by: size) {
        let images = first..<min(first + size, range.upperBound)
        body(ImageBlock(pixels: base + first * imageSize, images: images))
      }
    }
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
