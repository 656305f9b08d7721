/// A 2×2 maximum pooling in training.
final class PoolingStage: TrainingStage {
  private let shape: [Int]
  private let values: StageValues

  /// Prepares a pooling of images of a shape.
  init(inputShape: [Int], values: StageValues) {
    shape = inputShape
    self.values = values
  }

  var layer: Layer { .maxPool2x2 }

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

/// A flattening in training: input and output are the same memory.
final class FlatteningStage: TrainingStage {
  var layer: Layer { .flatten }
  func forward(pass: Int, image: Int) {}
  func backward(pass: Int, image: Int, group: Int) {}
}
