/// One image after another through a network, in memory that is set aside once.
///
/// A runner belongs to one thread at a time; its predictions are those of its `InferencePlan`.
package final class SingleImageRunner {
  private let method: Method

  private enum Method {
    case convNet(FusedInference, FusedInference.Scratch)
    case integer(IntegerInference, IntegerInference.Scratch)
    case generic(GenericInference, GenericInference.Scratch)
  }

  /// Makes a runner on the fast kernels.
  init(_ convNet: FusedInference) {
    method = .convNet(convNet, FusedInference.Scratch(convNet, images: 1))
  }

  /// Makes a runner in integer arithmetic.
  init(_ integer: IntegerInference) {
    method = .integer(integer, IntegerInference.Scratch(integer, images: 1))
  }

  /// Makes a runner layer by layer.
  init(_ generic: GenericInference) {
    method = .generic(generic, GenericInference.Scratch(generic))
  }

  /// The predicted class of one image; of equal logits the lowest class.
  ///
  /// Nothing is allocated.
  package func run(_ dataset: ImageDataset, _ index: Int) -> UInt8 {
    switch method {
    case .convNet(let convNet, let scratch):
      return predict(dataset, index, convNet.shape, logits: scratch.logits) {
        convNet.runOne($0, in: scratch)
      }
    case .integer(let integer, let scratch):
      return predict(dataset, index, integer.shape, logits: scratch.logits) {
        integer.run($0, images: 1, in: scratch)
      }
    case .generic(let generic, let scratch):
      precondition(0..<dataset.count ~= index, "There is no image \(index).")
      dataset.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        generic.run(base + index * dataset.height * dataset.width, in: scratch)
      }
      return UInt8(
        largestIndex(UnsafeBufferPointer(start: scratch.logits, count: generic.classes)))
    }
  }

  @inline(__always)
  private func predict(
    _ dataset: ImageDataset, _ index: Int, _ shape: ConvNetShape, logits: FloatBuffer,
    _ run: (UnsafePointer<UInt8>) -> Void
  ) -> UInt8 {
    precondition(
      dataset.height == shape.height && dataset.width == shape.width,
      "The network takes images of another size.")
    precondition(0..<dataset.count ~= index, "There is no image \(index).")
    dataset.pixels.withUnsafeBufferPointer { pixels in
      if let base = pixels.baseAddress { run(base + index * shape.height * shape.width) }
    }
    return UInt8(largestIndex(UnsafeBufferPointer(start: logits.base, count: shape.classes)))
  }
}
