/// One image after another through a network, in memory that is set aside once.
///
/// A runner belongs to one thread at a time; its predictions are those of its `InferencePlan`.
package final class SingleImageRunner {
  private let method: Method

  private enum Method {
    case convNet(ConvNetInference, ConvNetInference.Scratch)
    case reference(ReferenceNetwork<Float>, pixelValues: [Float])
  }

  /// Makes a runner on the fast kernels.
  init(_ convNet: ConvNetInference) {
    method = .convNet(convNet, ConvNetInference.Scratch(convNet.shape, images: 1))
  }

  /// Makes a runner on the reference operations.
  init(_ reference: ReferenceNetwork<Float>) {
    method = .reference(reference, pixelValues: PixelValues.table())
  }

  /// The predicted class of one image; of equal logits the lowest class.
  ///
  /// Nothing is allocated, but where the network needs the reference operations.
  package func run(_ dataset: ImageDataset, _ index: Int) -> UInt8 {
    switch method {
    case .convNet(let convNet, let scratch):
      let size = convNet.shape.height * convNet.shape.width
      precondition(
        dataset.height == convNet.shape.height && dataset.width == convNet.shape.width,
        "The network takes images of another size.")
      precondition(0..<dataset.count ~= index, "There is no image \(index).")
      dataset.pixels.withUnsafeBufferPointer { pixels in
        if let base = pixels.baseAddress { convNet.runOne(base + index * size, in: scratch) }
      }
      return UInt8(
        largestIndex(UnsafeBufferPointer(start: scratch.logits.base, count: convNet.shape.classes)))
    case .reference(let reference, let pixelValues):
      let logits = reference.forward(dataset.image(index).map { pixelValues[Int($0)] }).logits
      return UInt8(logits.withUnsafeBufferPointer(largestIndex))
    }
  }
}
