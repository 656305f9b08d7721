/// The maximum of each 2×2 window; an odd last row or column is dropped.
///
/// An image [height, width, channels] becomes [height / 2, width / 2, channels].
package struct MaxPooling2D: CodeLayer {
  /// The name by which other layers may read the output.
  package let name: String

  /// Makes a pooling.
  package init(name: String = "max_pooling2d") {
    self.name = name
  }

  package var commutesWithRounding: Bool { true }

  package func outputShape(for inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].count == 3, "Pooling needs an image, not \(inputs[0]).")
    return [inputs[0][0] / 2, inputs[0][1] / 2, inputs[0][2]]
  }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    pooled(call).output
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    let shape = call.inputShape
    return ReferenceGradients(inputs: [
      Reference.maxPoolBackward(
        dOutput: dOutput, argmax: pooled(call).argmax, height: shape[0], width: shape[1],
        channels: shape[2])
    ])
  }

  private func pooled<Scalar>(_ call: ReferenceCall<Scalar>) -> (output: [Scalar], argmax: [UInt8])
  {
    let shape = call.inputShape
    return Reference.maxPoolForward(
      input: call.input, height: shape[0], width: shape[1], channels: shape[2])
  }

  package func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    PoolingInference(shape: inputs[0])
  }

  package func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    PoolingTraining(self, values: values)
  }

  package func codes(from codes: [Int32], shape: [Int]) -> [Int32] {
    let (width, channels) = (shape[1], shape[2])
    var pooled: [Int32] = []
    pooled.reserveCapacity(shape[0] / 2 * (width / 2) * channels)
    for y in 0..<shape[0] / 2 {
      for x in 0..<width / 2 {
        let first = (2 * y * width + 2 * x) * channels
        for channel in first..<first + channels {
          pooled.append(
            max(
              max(codes[channel], codes[channel + channels]),
              max(
                codes[channel + width * channels], codes[channel + (width + 1) * channels])))
        }
      }
    }
    return pooled
  }
}
