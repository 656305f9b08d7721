/// A convolution, depthwise convolution or dense layer in the generic runner.
struct WeightedInference: InferenceStage {
  private let kernels: any LaneKernels.Type
  private let geometry: ConvolutionGeometry
  private let weights: FloatBuffer
  private let bias: FloatBuffer
  private let relu: Bool

  /// Packs a layer's parameters.
  init(_ layer: some WeightedLayer, inputShape: [Int]) {
    kernels = layer.laneKernels
    geometry = layer.geometry(for: inputShape)
    weights = LaneLayout.pack(layer.kernel.elements, channels: layer.bias.count)
    bias = LaneLayout.pack(layer.bias.elements, channels: layer.bias.count)
    relu = layer.activation == .relu
  }

  func run(
    _ inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    workspace: UnsafeMutablePointer<Float>
  ) {
    kernels.forward(
      geometry, input: inputs[0], weights: weights.base, bias: bias.base, output: output,
      relu: relu)
  }
}
