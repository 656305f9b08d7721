/// A 2×2 maximum pooling in the generic runner.
struct PoolingInference: InferenceStage {
  /// The input's [height, width, channels].
  let shape: [Int]

  func run(
    _ inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    workspace: UnsafeMutablePointer<Float>
  ) {
    LanePooling.forward(
      height: shape[0], width: shape[1], channels: shape[2], input: inputs[0], output: output)
  }
}

/// A 2×2 maximum pooling in training.
final class PoolingTraining: TrainingStage {
  let layer: any NetworkLayer
  private let shape: [Int]
  private let values: StageValues

  /// Prepares a pooling.
  init(_ layer: MaxPooling2D, values: StageValues) {
    self.layer = layer
    self.values = values
    shape = values.inputShapes[0]
  }

  func forward(pass: Int, image: Int) {
    LanePooling.forward(
      height: shape[0], width: shape[1], channels: shape[2], input: values.input[image],
      output: values.output[image])
  }

  func backward(pass: Int, image: Int, group: Int) {
    guard let dInput = values.dInput else { return }
    LanePooling.backward(
      height: shape[0], width: shape[1], channels: shape[2], input: values.input[image],
      output: values.output[image], dOutput: values.dOutput[image], dInput: dInput[image])
  }
}
