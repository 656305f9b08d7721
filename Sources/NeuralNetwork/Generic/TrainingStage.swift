import VectorLanes

/// The values of one place of a network for every image of a batch.
final class BatchValues {
  /// The values of an image.
  let size: Int
  private let buffer: FloatBuffer
  private let stride: Int

  /// Makes room; behind every image there is a vector of zeros that may be read.
  init(images: Int, size: Int) {
    self.size = size
    stride = roundedUp(size + laneCount, to: laneCount)
    buffer = FloatBuffer(count: images * stride)
  }

  /// Where an image's values begin.
  subscript(image: Int) -> UnsafeMutablePointer<Float> { buffer.base + image &* stride }
}

/// A parameter in training with its gradients: a sum for each group of a batch's images.
struct GroupedParameter {
  /// The weights with Adam's means.
  let trained: TrainedParameter
  /// [groups][count], each group written by one task.
  let gradients: FloatBuffer

  /// Makes a parameter at the beginning of its training.
  init(_ weights: FloatBuffer, groups: Int) {
    trained = TrainedParameter(weights)
    gradients = FloatBuffer(count: groups * weights.count)
  }

  /// The number of values, padding included.
  var count: Int { trained.weights.count }

  /// Where a group's gradient begins.
  func gradient(ofGroup group: Int) -> UnsafeMutablePointer<Float> {
    gradients.base + group &* count
  }

  /// Learns from the sum of all groups' gradients, added in their order.
  func update(by adam: AdamUpdate) {
    trained.update(
      summing: gradients.base, rows: gradients.count / max(count, 1), stride: count, by: adam)
  }
}

/// One layer of a network in training on batches.
///
/// A pass is run for every image, by several threads in any order; behind it `after…` is called once.
/// A layer whose images know of one another, a normalization, needs two passes.
protocol TrainingStage: AnyObject {
  /// The passes of each direction.
  var passes: Int { get }
  /// What the layer learns.
  var parameters: [GroupedParameter] { get }
  /// The layer with the parameters as they are now.
  var layer: Layer { get }

  /// Takes the kernel's zeros as zeros from now on.
  func keepZeros()
  /// Called behind a step: makes zero again what must stay so.
  func finish()
  /// Called before a step.
  func prepare()
  /// Computes the layer's output for an image.
  func forward(pass: Int, image: Int)
  /// Called when every image went through a pass.
  func afterForward(pass: Int, images: Int)
  /// Computes the gradients by input and parameters for an image of a group.
  func backward(pass: Int, image: Int, group: Int)
  /// Called when every image went through a pass.
  func afterBackward(pass: Int, images: Int)
}

extension TrainingStage {
  var passes: Int { 1 }
  var parameters: [GroupedParameter] { [] }
  func keepZeros() {}
  func finish() {}
  func prepare() {}
  func afterForward(pass: Int, images: Int) {}
  func afterBackward(pass: Int, images: Int) {}
}

/// Where a stage reads and writes.
struct StageValues {
  /// The layer's input.
  let input: BatchValues
  /// The gradient by the input; nil where nobody asks for it.
  let dInput: BatchValues?
  /// The layer's output.
  let output: BatchValues
  /// The gradient by the output.
  let dOutput: BatchValues

  /// The gradient of ReLU: sets the output's gradient to zero where the output is.
  func passWhereActive(image: Int) {
    let (gradients, values) = (dOutput[image], output[image])
    for index in stride(from: 0, to: output.size, by: laneCount) {
      // The last vector reaches into the room behind the image, where both are zero.
      Lanes(at: gradients + index)
        .replacing(with: Lanes.zero, where: Lanes(at: values + index) .<= Lanes.zero)
        .store(to: gradients + index)
    }
  }
}
