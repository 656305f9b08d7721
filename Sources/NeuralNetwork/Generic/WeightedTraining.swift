import VectorLanes

/// A convolution, depthwise convolution or dense layer in training.
final class WeightedTraining: TrainingStage {
  private let initial: any WeightedLayer
  private let kernels: any LaneKernels.Type
  private let geometry: ConvolutionGeometry
  private let values: StageValues
  private let kernel: GroupedParameter
  private let bias: GroupedParameter
  private let transposed: FloatBuffer
  // The places of kernel weights that stay zero.
  private var zeros: [Int] = []

  /// Prepares a layer with weights.
  init(_ layer: any WeightedLayer, values: StageValues) {
    initial = layer
    self.values = values
    kernels = layer.laneKernels
    geometry = layer.geometry(for: values.inputShapes[0])
    let channels = layer.bias.count
    kernel = GroupedParameter(
      LaneLayout.pack(layer.kernel.elements, channels: channels), groups: values.groups)
    bias = GroupedParameter(
      LaneLayout.pack(layer.bias.elements, channels: channels), groups: values.groups)
    transposed = FloatBuffer(
      count: values.dInput == nil ? 0 : kernels.transposedCount(geometry))
  }

  var parameters: [ParameterRole: GroupedParameter] {
    initial.hasBias ? [.kernel: kernel, .bias: bias] : [.kernel: kernel]
  }

  var layer: any NetworkLayer {
    var layer = initial
    let channels = layer.bias.count
    layer.kernel.elements = LaneLayout.unpack(kernel.trained.weights, channels: channels)
    layer.bias.elements = LaneLayout.unpack(bias.trained.weights, channels: channels)
    return layer
  }

  func keepZeros() {
    let elements = initial.kernel.elements
    let channels = initial.bias.count
    let stride = roundedUp(channels, to: laneCount)
    zeros = elements.indices.filter { elements[$0] == 0 }
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
    kernels.transpose(geometry, weights: kernel.trained.weights.base, into: transposed.base)
  }

  func forward(pass: Int, image: Int) {
    kernels.forward(
      geometry, input: values.input[image], weights: kernel.trained.weights.base,
      bias: bias.trained.weights.base, output: values.output[image],
      relu: initial.activation == .relu)
  }

  func backward(pass: Int, image: Int, group: Int) {
    if initial.activation == .relu { values.passWhereActive(image: image) }
    kernels.backward(
      geometry, input: values.input[image], dOutput: values.dOutput[image],
      weights: kernel.trained.weights.base, transposed: transposed.base,
      dWeights: kernel.gradient(ofGroup: group), dBias: bias.gradient(ofGroup: group),
      dInput: values.dInput?[image])
  }
}
