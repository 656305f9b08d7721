import VectorLanes

/// One layer prepared for the generic runner.
package protocol InferenceStage: Sendable {
  /// The floats that the layer works in besides its inputs and its output.
  var workspaceCount: Int { get }

  /// Computes the output for one image. Behind every input's and the output's last value there is room
  /// for a vector.
  func run(
    _ inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    workspace: UnsafeMutablePointer<Float>)
}

extension InferenceStage {
  package var workspaceCount: Int { 0 }
}

/// The kernels on vectors of a layer with weights, in any size.
///
/// Images lie in memory as [height][width][channels]; behind an image's last value there is room for a
/// vector. Weights lie as [tap][channel stride], a channel stride being whole vectors with zeros behind
/// the last channel, taps in the order row, column, input channel. A value's sum is made in an order
/// that depends on its place alone.
package protocol LaneKernels: SendableMetatype {
  /// Computes the output of one image (formula: see the layer).
  ///
  /// - Parameters:
  ///   - input: [height][width][channels].
  ///   - weights: [taps][channel stride].
  ///   - bias: [channel stride].
  ///   - output: [output height][output width][filters].
  ///   - relu: Whether sums below zero become zero.
  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool)

  /// The floats of the weights in the order in which `backward` reads them; 0 if it reads them as they
  /// are.
  static func transposedCount(_ geometry: ConvolutionGeometry) -> Int

  /// Brings weights into that order.
  static func transpose(
    _ geometry: ConvolutionGeometry, weights: UnsafePointer<Float>,
    into transposed: UnsafeMutablePointer<Float>)

  /// Adds the gradients by weights and bias of one image, and writes that by the input.
  ///
  /// - Parameters:
  ///   - dOutput: [output height][output width][filters].
  ///   - transposed: As `transpose` leaves them.
  ///   - dWeights: [taps][channel stride]; lanes behind the last channel get values of no meaning.
  ///   - dBias: [channel stride], likewise.
  ///   - dInput: [height][width][channels], written wholly; nil where nobody asks for it.
  static func backward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, dOutput: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, transposed: UnsafePointer<Float>,
    dWeights: UnsafeMutablePointer<Float>, dBias: UnsafeMutablePointer<Float>,
    dInput: UnsafeMutablePointer<Float>?)
}

/// Weights as the kernels on vectors read them.
enum LaneLayout {
  /// The values of a kernel [taps…][channels] with each tap's channels filled up to whole vectors.
  static func pack(_ kernel: [Float], channels: Int) -> FloatBuffer {
    let stride = roundedUp(channels, to: laneCount)
    let packed = FloatBuffer(count: kernel.count / channels * stride)
    for (index, weight) in kernel.enumerated() {
      packed.base[index / channels * stride + index % channels] = weight
    }
    return packed
  }

  /// The kernel of packed weights.
  static func unpack(_ weights: FloatBuffer, channels: Int) -> [Float] {
    let stride = roundedUp(channels, to: laneCount)
    return (0..<weights.count / stride).flatMap { tap in
      (0..<channels).map { weights.base[tap * stride + $0] }
    }
  }
}
