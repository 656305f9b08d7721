/// A two-dimensional convolution without padding and with stride 1.
///
/// output[y, x, f] = activation(bias[f] + Σ kernel[i, j, c, f] · input[y + i, x + j, c]), the sum over
/// the kernel's rows i, columns j and channels c. An image [height, width, channels] becomes
/// [height − kernel height + 1, width − kernel width + 1, filters].
package struct Conv2D: WeightedLayer {
  /// The layer's name in interchange files, such as `conv2d`.
  package let name: String
  /// Weights of shape [height, width, input channels, filters] (Keras' HWIO).
  package var kernel: Tensor
  /// One bias for each filter.
  package var bias: Tensor
  /// What is applied to each sum.
  package var activation: Activation

  /// Makes a convolution from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 4, "A convolution's kernel has four dimensions.")
    precondition(bias.shape == [kernel.shape[3]], "A convolution needs one bias for each filter.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }

  package var laneKernels: any LaneKernels.Type { LaneConvolution.self }

  package func outputShape(for inputs: [[Int]]) -> [Int] {
    convolvedShape(of: inputs[0], channels: kernel.shape[2], filters: kernel.shape[3])
  }

  package func geometry(for input: [Int]) -> ConvolutionGeometry {
    ConvolutionGeometry(
      height: input[0], width: input[1], channels: input[2], kernelHeight: kernel.shape[0],
      kernelWidth: kernel.shape[1], filters: kernel.shape[3])
  }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    activation.applied(
      to: Reference.convolutionForward(
        input: call.input, kernel: call[.kernel], bias: call[.bias],
        geometry: geometry(for: call.inputShape)))
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    let gradient = Reference.convolutionBackward(
      dOutput: activation.gradient(dOutput, output: output), input: call.input,
      kernel: call[.kernel], geometry: geometry(for: call.inputShape))
    return ReferenceGradients(
      inputs: [gradient.dInput],
      parameters: [.kernel: gradient.dKernel, .bias: gradient.dBias])
  }
}
