/// A fully connected layer: output = activation(input × kernel + bias).
package struct Dense: WeightedLayer {
  /// The layer's name in interchange files, such as `dense_1`.
  package let name: String
  /// Weights of shape [inputs, outputs].
  package var kernel: Tensor
  /// One bias for each output.
  package var bias: Tensor
  /// What is applied to each sum.
  package var activation: Activation
  /// Whether the bias is a parameter; if not it is zero, and neither stored nor counted.
  package private(set) var hasBias = true

  /// Makes a dense layer from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 2, "A dense layer's kernel has two dimensions.")
    precondition(bias.shape == [kernel.shape[1]], "A dense layer needs one bias for each output.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }

  /// Makes a dense layer that only multiplies: output = input × kernel.
  package init(name: String, product kernel: Tensor) {
    self.init(
      name: name, kernel: kernel, bias: Tensor(zeros: [kernel.shape.last ?? 0]),
      activation: .linear)
    hasBias = false
  }

  package var laneKernels: any LaneKernels.Type { LaneConvolution.self }

  package func outputShape(for inputs: [[Int]]) -> [Int] {
    precondition(
      inputs[0] == [kernel.shape[0]], "\(name) needs \(kernel.shape[0]) inputs, not \(inputs[0]).")
    return [kernel.shape[1]]
  }

  package func geometry(for input: [Int]) -> ConvolutionGeometry {
    ConvolutionGeometry(
      height: 1, width: 1, channels: kernel.shape[0], kernelHeight: 1, kernelWidth: 1,
      filters: kernel.shape[1])
  }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    activation.applied(
      to: Reference.denseForward(
        input: call.input, kernel: call[.kernel],
        bias: hasBias ? call[.bias] : [Scalar](repeating: 0, count: bias.count)))
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    let gradient = Reference.denseBackward(
      dOutput: activation.gradient(dOutput, output: output), input: call.input,
      kernel: call[.kernel])
    var parameters: [ParameterRole: [Scalar]] = [.kernel: gradient.dKernel]
    if hasBias { parameters[.bias] = gradient.dBias }
    return ReferenceGradients(inputs: [gradient.dInput], parameters: parameters)
  }
}
