/// What a layer applies to its sums.
package enum Activation: String, Sendable, Equatable, Codable {
  /// The sums as they are; the last dense layer's are the logits.
  case linear
  /// max(0, x).
  case relu

  /// The sums after the activation, by the reference.
  func applied<Scalar: BinaryFloatingPoint>(to sums: [Scalar]) -> [Scalar] {
    self == .relu ? Reference.reluForward(sums) : sums
  }

  /// The gradient by the sums, given that by the output, by the reference.
  func gradient<Scalar: BinaryFloatingPoint>(_ dOutput: [Scalar], output: [Scalar]) -> [Scalar] {
    self == .relu ? Reference.reluBackward(dOutput: dOutput, output: output) : dOutput
  }
}
