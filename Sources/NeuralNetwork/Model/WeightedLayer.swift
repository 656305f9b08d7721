/// A layer that sums products of its input with a kernel: convolutions and dense layers.
package protocol WeightedLayer: NetworkLayer {
  /// The weights; the last dimension is the output channel.
  var kernel: Tensor { get set }
  /// One bias for each output channel.
  var bias: Tensor { get set }
  /// Whether the bias is a parameter; if not it is zero, and neither stored nor counted.
  var hasBias: Bool { get }
  /// What is applied to each sum.
  var activation: Activation { get set }
  /// Whether each channel meets a filter of its own only.
  var isDepthwise: Bool { get }
  /// The kernels on vectors that compute the layer in any size.
  var laneKernels: any LaneKernels.Type { get }

  /// The places of the layer's sums for an input of the given shape; a dense layer is a convolution of
  /// 1×1 over one pixel.
  func geometry(for input: [Int]) -> ConvolutionGeometry
}

extension WeightedLayer {
  package var hasBias: Bool { true }
  package var isDepthwise: Bool { false }

  package var parameterPaths: [(role: ParameterRole, path: WritableKeyPath<Self, Tensor>)] {
    [(.kernel, \.kernel)] + (hasBias ? [(.bias, \.bias)] : [])
  }

  /// A layer with ReLU is a site of its name.
  package var activationSite: String? { activation == .relu ? name : nil }

  /// Every weight is used once for each place of the output.
  package func macs(for inputs: [[Int]]) -> Int {
    let output = outputShape(for: inputs)
    return output.dropLast().reduce(1, *) * kernel.count
  }

  package func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    WeightedInference(self, inputShape: inputs[0])
  }

  package func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    WeightedTraining(self, values: values)
  }

  /// The shape of an image that a kernel of rows × columns leaves of another, without padding.
  func convolvedShape(of input: [Int], channels: Int, filters: Int) -> [Int] {
    precondition(
      input.count == 3 && input[2] == channels,
      "\(name) needs an image of \(channels) channels, not \(input).")
    let height = input[0] - kernel.shape[0] + 1
    let width = input[1] - kernel.shape[1] + 1
    precondition(height > 0 && width > 0, "\(name)'s kernel is larger than \(input).")
    return [height, width, filters]
  }
}
