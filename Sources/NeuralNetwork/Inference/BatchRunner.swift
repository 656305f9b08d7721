/// Batches of images through a network on the calling thread, in memory that is set aside once.
///
/// A batch goes through in blocks that fit into the second-level cache, as in an evaluation of a
/// whole data set. A runner belongs to one thread at a time; its predictions are those of its plan.
package final class BatchRunner {
  private let method: Method

  private enum Method {
    case convNet(FusedInference, FusedInference.Scratch)
    case integer(IntegerInference, IntegerInference.Scratch)
    case generic(GenericInference, GenericInference.Scratch)
  }

  /// Makes a runner on the fast kernels.
  init(_ convNet: FusedInference) {
    method = .convNet(convNet, FusedInference.Scratch(convNet, images: convNet.blockSize))
  }

  /// Makes a runner in integer arithmetic.
  init(_ integer: IntegerInference) {
    method = .integer(
      integer, IntegerInference.Scratch(integer, images: IntegerInference.blockSize))
  }

  /// Makes a runner layer by layer.
  init(_ generic: GenericInference) {
    method = .generic(generic, GenericInference.Scratch(generic))
  }

  /// Calls body with the predicted class of each image of a range, in order; of equal logits the
  /// lowest class.
  ///
  /// Nothing is allocated.
  package func run(_ dataset: ImageDataset, in range: Range<Int>, _ body: (UInt8) -> Void) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= dataset.count,
      "The range \(range) lies within the \(dataset.count) images.")
    dataset.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      let size = dataset.height * dataset.width
      switch method {
      case .convNet(let convNet, let scratch):
        precondition(
          [dataset.height, dataset.width] == [convNet.shape.height, convNet.shape.width],
          "The network takes images of another size.")
        forEachBlock(of: range, size: convNet.blockSize) { first, images in
          convNet.run(base + first * size, images: images, in: scratch)
          predict(scratch.logits, convNet.shape, images: images, body)
        }
      case .integer(let integer, let scratch):
        precondition(
          [dataset.height, dataset.width] == [integer.shape.height, integer.shape.width],
          "The network takes images of another size.")
        forEachBlock(of: range, size: IntegerInference.blockSize) { first, images in
          integer.run(base + first * size, images: images, in: scratch)
          predict(scratch.logits, integer.shape, images: images, body)
        }
      case .generic(let generic, let scratch):
        for index in range {
          generic.run(base + index * size, in: scratch)
          body(
            UInt8(
              largestIndex(UnsafeBufferPointer(start: scratch.logits, count: generic.classes))))
        }
      }
    }
  }

  private func forEachBlock(
    of range: Range<Int>, size: Int, _ body: (_ first: Int, _ images: Int) -> Void
  ) {
    for first in stride(from: range.lowerBound, to: range.upperBound, by: size) {
      body(first, min(size, range.upperBound - first))
    }
  }

  private func predict(
    _ logits: FloatBuffer, _ shape: ConvNetShape, images: Int, _ body: (UInt8) -> Void
  ) {
    for image in 0..<images {
      body(
        UInt8(
          largestIndex(
            UnsafeBufferPointer(
              start: logits.base + image * shape.classStride, count: shape.classes))))
    }
  }
}
