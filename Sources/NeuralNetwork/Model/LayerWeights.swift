/// What every layer with weights has.
package struct LayerWeights: Sendable, Equatable {
  /// The layer's name in interchange files.
  package let name: String
  /// The weights; the last dimension is the output channel.
  package let kernel: Tensor
  /// One bias for each output channel.
  package let bias: Tensor
  /// What is applied to each sum.
  package let activation: Activation
}

extension Layer {
  /// The weights, or nil for a layer without a kernel.
  package var weights: LayerWeights? {
    switch self {
    case .conv2d(let conv):
      LayerWeights(
        name: conv.name, kernel: conv.kernel, bias: conv.bias, activation: conv.activation)
    case .dense(let dense):
      LayerWeights(
        name: dense.name, kernel: dense.kernel, bias: dense.bias, activation: dense.activation)
    case .depthwiseConv2d(let conv):
      LayerWeights(
        name: conv.name, kernel: conv.kernel, bias: conv.bias, activation: conv.activation)
    case .maxPool2x2, .flatten, .batchNormalization:
      nil
    }
  }

  /// Whether each channel meets a filter of its own only.
  package var isDepthwise: Bool {
    if case .depthwiseConv2d = self { true } else { false }
  }

  /// The places of a layer's sums for an input of the given shape; a dense layer is a convolution of
  /// 1×1 over one pixel.
  package func geometry(for input: [Int]) -> ConvolutionGeometry {
    switch self {
    case .conv2d(let conv):
      ConvolutionGeometry(
        height: input[0], width: input[1], channels: input[2],
        kernelHeight: conv.kernel.shape[0], kernelWidth: conv.kernel.shape[1],
        filters: conv.kernel.shape[3])
    case .dense(let dense):
      ConvolutionGeometry(
        height: 1, width: 1, channels: dense.kernel.shape[0], kernelHeight: 1, kernelWidth: 1,
        filters: dense.kernel.shape[1])
    case .depthwiseConv2d(let conv):
      ConvolutionGeometry(
        height: input[0], width: input[1], channels: input[2],
        kernelHeight: conv.kernel.shape[0], kernelWidth: conv.kernel.shape[1],
        filters: conv.kernel.shape[2])
    case .maxPool2x2, .flatten, .batchNormalization:
      preconditionFailure("Only layers with weights have a geometry.")
    }
  }
}
