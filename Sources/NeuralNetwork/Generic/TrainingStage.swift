import VectorLanes

/// The values of one place of a network for every image of a batch.
package final class BatchValues {
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

  /// Adds the values of one image of another place of the same size.
  func add(_ other: BatchValues, image: Int) {
    let (values, summands) = (self[image], other[image])
    for index in Swift.stride(from: 0, to: size, by: laneCount) {
      (Lanes(at: values + index) + Lanes(at: summands + index)).store(to: values + index)
    }
  }
}

/// A parameter in training with its gradients: a sum for each group of a batch's images.
package struct GroupedParameter {
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
package protocol TrainingStage: AnyObject {
  /// The passes of each direction.
  var passes: Int { get }
  /// What the layer learns, by role.
  var parameters: [ParameterRole: GroupedParameter] { get }
  /// The layer with the parameters as they are now.
  var layer: any NetworkLayer { get }

  /// Takes the kernel's zeros as zeros from now on.
  func keepZeros()
  /// Called after a step: makes zero again what must stay so.
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
  package var passes: Int { 1 }
  package var parameters: [ParameterRole: GroupedParameter] { [:] }
  package func keepZeros() {}
  package func finish() {}
  package func prepare() {}
  package func afterForward(pass: Int, images: Int) {}
  package func afterBackward(pass: Int, images: Int) {}
}

/// Where a stage reads and writes.
package struct StageValues {
  /// The shape of each input for one image.
  let inputShapes: [[Int]]
  /// The most images of a batch.
  let images: Int
  /// The groups that a batch's images are shared out to.
  let groups: Int
  /// The layer's inputs.
  let inputs: [BatchValues]
  /// The gradient by each input; nil where nobody asks for it.
  ///
  /// What the layer writes there is its own: where an output has several readers, their gradients are
  /// added later.
  let dInputs: [BatchValues?]
  /// The layer's output.
  let output: BatchValues
  /// The gradient by the output.
  let dOutput: BatchValues

  /// The first input.
  var input: BatchValues { inputs[0] }
  /// The gradient by the first input.
  var dInput: BatchValues? { dInputs[0] }

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
