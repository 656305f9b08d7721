/// A convolution, depthwise convolution or dense layer in training.
final class WeightedStage: TrainingStage {
  private let initial: Layer
  private let weights: LayerWeights
  private let geometry: ConvolutionGeometry
  private let values: StageValues
  private let kernel: GroupedParameter
  private let bias: GroupedParameter
  private let transposed: FloatBuffer
  private let hasBias: Bool
  // The places of kernel weights that stay zero.
  private var zeros: [Int] = []

  /// Prepares a layer with weights.
  init(
    _ layer: Layer, _ weights: LayerWeights, inputShape: [Int], values: StageValues, groups: Int
  ) {
    initial = layer
    self.weights = weights
    self.values = values
    geometry = layer.geometry(for: inputShape)
    let channels = weights.bias.count
    kernel = GroupedParameter(
      LaneConvolution.pack(weights.kernel.elements, channels: channels), groups: groups)
    bias = GroupedParameter(
      LaneConvolution.pack(weights.bias.elements, channels: channels), groups: groups)
    hasBias = layer.parameters.count == 2
    let needsTranspose = values.dInput != nil && !layer.isDepthwise
    transposed =
      needsTranspose
      ? LaneConvolution.pack(
        [Float](repeating: 0, count: weights.kernel.count), channels: geometry.channels)
      : FloatBuffer(count: 0)
  }

  var parameters: [GroupedParameter] { hasBias ? [kernel, bias] : [kernel] }

  var layer: Layer {
    var layer = initial
    let channels = weights.bias.count
    for (name, parameter, shape) in [
      ("kernel", kernel, weights.kernel.shape), ("bias", bias, weights.bias.shape),
    ] {
      let elements = LaneConvolution.unpack(parameter.trained.weights, channels: channels)
      _ = layer.setParameter(
        "\(weights.name)/\(name)", to: Tensor(shape: shape, elements: elements))
    }
    return layer
  }

  func keepZeros() {
    let channels = weights.bias.count
    let stride = kernel.count / (weights.kernel.count / channels)
    zeros = weights.kernel.elements.indices.filter { weights.kernel.elements[$0] == 0 }
      .map { $0 / channels * stride + $0 % channels }
  }

  func finish() {
    for place in zeros {
      kernel.trained.weights.base[place] = 0
      kernel.trained.mean.base[place] = 0
      kernel.trained.square.base[place] = 0
    }
  }

  func prepare() {
    kernel.gradients.clear()
    bias.gradients.clear()
    guard transposed.count > 0 else { return }
    LaneGradients.transpose(
      geometry, weights: kernel.trained.weights.base, into: transposed.base)
  }

  func forward(pass: Int, image: Int) {
    let forward =
      initial.isDepthwise ? LaneConvolution.depthwiseForward : LaneConvolution.forward
    forward(
      geometry, values.input[image], kernel.trained.weights.base, bias.trained.weights.base,
      values.output[image], weights.activation == .relu)
  }

  func backward(pass: Int, image: Int, group: Int) {
    if weights.activation == .relu { values.passWhereActive(image: image) }
    let (dKernel, dBias) = (kernel.gradient(ofGroup: group), bias.gradient(ofGroup: group))
    if initial.isDepthwise, let dInput = values.dInput {
      LaneGradients.depthwise(
        geometry, input: values.input[image], dOutput: values.dOutput[image],
        weights: kernel.trained.weights.base, dWeights: dKernel, dBias: dBias,
        dInput: dInput[image])
      return
    }
    precondition(!initial.isDepthwise, "A depthwise convolution is not a network's first layer.")
    LaneGradients.addWeights(
      geometry, input: values.input[image], dOutput: values.dOutput[image], dWeights: dKernel,
      dBias: dBias)
    if let dInput = values.dInput {
      LaneGradients.input(
        geometry, dOutput: values.dOutput[image], transposed: transposed.base,
        dInput: dInput[image])
    }
  }
}
