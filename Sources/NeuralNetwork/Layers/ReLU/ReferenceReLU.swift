extension Reference {
  /// output = max(0, input), element by element.
  package static func reluForward<Scalar: BinaryFloatingPoint>(_ input: [Scalar]) -> [Scalar] {
    input.map { max(0, $0) }
  }

  /// The gradient of `reluForward`, from its output; it is 0 where the output is 0.
  package static func reluBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], output: [Scalar]
  ) -> [Scalar] {
    zip(dOutput, output).map { $1 > 0 ? $0 : 0 }
  }
}
