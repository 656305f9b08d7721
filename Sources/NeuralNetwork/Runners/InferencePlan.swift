/// A network prepared for inference in float arithmetic, by the fastest runner that takes it.
///
/// Networks of a 3×3 convolution of one channel, a pooling and two dense layers run on the fused
/// kernels, in any sizes; others run layer by layer, with normalizations folded. An image's logits are
/// the same to the last bit whatever range it is computed in, on however many threads.
package final class InferencePlan: Sendable {
  /// The runners, the fastest first; the last one takes every network.
  private static let runners: [any FloatRunner.Type] = [FusedRunner.self, GenericRunner.self]

  /// What runs the network.
  package let runner: any FloatRunner

  /// Prepares a network whose values are rounded to the given grids as they pass.
  ///
  /// A network of images of more than one channel, of more than 256 classes, or with layers whose shapes
  /// do not fit one another is a programmer's mistake.
  ///
  /// - Parameters:
  ///   - network: The layers and parameters; they are copied.
  ///   - activationGrids: The grids by site; sites without one stay float.
  ///   - skipsZeros: Whether zeros may be left out of a layer where that pays. Logits then differ by
  ///     float rounding from those of the full product.
  ///   - pixelDivisor: What the bytes of the images are divided by; running images of another divisor
  ///     is a programmer's mistake.
  package init(
    _ network: Network, activationGrids: ActivationGrids = [:], skipsZeros: Bool = true,
    pixelDivisor: Float = 255
  ) {
    precondition(
      network.inputShape[2] == 1, "An inference plan takes grey images, of one channel.")
    precondition(1...256 ~= network.outputCount, "A class fits in a byte.")
    let options = FloatOptions(
      activationGrids: activationGrids, skipsZeros: skipsZeros, pixelDivisor: pixelDivisor)
    var prepared: (any FloatRunner)?
    // Not a lazy `compactMap`, whose `first` would prepare the runner that it finds twice.
    for kind in Self.runners where prepared == nil { prepared = kind.init(network, options) }
    guard let prepared else { preconditionFailure("The generic runner takes every network.") }
    runner = prepared
  }

  /// The number of logits of an image.
  package var classes: Int { runner.classes }

  /// Whether the first dense layer multiplies its nonzero weights only.
  package var skipsZeros: Bool { runner.skipsZeros }

  /// The logits of a range of images: `range.count` × `classes` values, image after image.
  package func logits(of dataset: ImageDataset, in range: Range<Int>, threads: Int) -> [Float] {
    runner.logits(of: dataset, in: range, threads: threads)
  }

  /// The class with the largest logit for each image of a range; of equal ones the lowest.
  package func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int
  ) -> [UInt8] {
    runner.predictions(of: dataset, in: range, threads: threads)
  }

  /// Makes what runs images on one thread without allocating memory (see `ForwardRunner`).
  package func makeSession(images: Int? = nil) -> any RunnerSession {
    runner.makeSession(images: images)
  }

  /// Calls body(site, values) for blocks of images (see `FloatRunner`).
  package func visitActivations(
    of dataset: ImageDataset, in range: Range<Int>,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    runner.visitActivations(of: dataset, in: range, body)
  }
}
