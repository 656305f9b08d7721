/// All values of an image in the order height, width, channel: a view, nothing is moved.
package struct Flatten: CodeLayer {
  /// The name by which other layers may read the output.
  package let name: String

  /// Makes a flattening.
  package init(name: String = "flatten") {
    self.name = name
  }

  package var isView: Bool { true }

  package func outputShape(for inputs: [[Int]]) -> [Int] { [inputs[0].reduce(1, *)] }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    call.input
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    ReferenceGradients(inputs: [dOutput])
  }

  package func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    preconditionFailure("A view is not run.")
  }

  package func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    preconditionFailure("A view is not run.")
  }

  package func codes(from codes: [Int32], shape: [Int]) -> [Int32] { codes }
}
