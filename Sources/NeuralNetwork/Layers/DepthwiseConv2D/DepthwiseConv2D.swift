/// A convolution of each channel with a filter of its own, without padding and with stride 1.
///
/// output[y, x, c] = activation(bias[c] + Σ kernel[i, j, c] · input[y + i, x + j, c]). An image
/// [height, width, channels] becomes [height − kernel height + 1, width − kernel width + 1, channels].
/// Howard et al. 2017, "MobileNets"; Keras' `DepthwiseConv2D` with a depth multiplier of 1.
package struct DepthwiseConv2D: WeightedLayer {
  /// The layer's name in interchange files, such as `depthwise_conv2d`.
  package let name: String
  /// Weights of shape [height, width, channels]; Keras writes a fourth dimension of 1.
  package var kernel: Tensor
  /// One bias for each channel.
  package var bias: Tensor
  /// What is applied to each sum.
  package var activation: Activation

  /// Makes a depthwise convolution from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 3, "A depthwise kernel has three dimensions.")
    precondition(bias.shape == [kernel.shape[2]], "A depthwise layer needs a bias a channel.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }

  package var isDepthwise: Bool { true }
  package var laneKernels: any LaneKernels.Type { LaneDepthwise.self }

  package func outputShape(for inputs: [[Int]]) -> [Int] {
    convolvedShape(of: inputs[0], channels: kernel.shape[2], filters: kernel.shape[2])
  }

  package func geometry(for input: [Int]) -> ConvolutionGeometry {
    ConvolutionGeometry(
      height: input[0], width: input[1], channels: input[2], kernelHeight: kernel.shape[0],
      kernelWidth: kernel.shape[1], filters: kernel.shape[2])
  }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    activation.applied(
      to: Reference.depthwiseForward(
        input: call.input, kernel: call[.kernel], bias: call[.bias],
        geometry: geometry(for: call.inputShape)))
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    let gradient = Reference.depthwiseBackward(
      dOutput: activation.gradient(dOutput, output: output), input: call.input,
      kernel: call[.kernel], geometry: geometry(for: call.inputShape))
    return ReferenceGradients(
      inputs: [gradient.dInput],
      parameters: [.kernel: gradient.dKernel, .bias: gradient.dBias])
  }
}
