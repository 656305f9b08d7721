extension Reference {
  /// output[j] = bias[j] + Σ input[i] · kernel[i, j].
  ///
  /// - Parameters:
  ///   - input: [inputs].
  ///   - kernel: [inputs, outputs].
  ///   - bias: [outputs].
  /// - Returns: [outputs].
  package static func denseForward<Scalar: BinaryFloatingPoint>(
    input: [Scalar], kernel: [Scalar], bias: [Scalar]
  ) -> [Scalar] {
    var output = bias
    for i in input.indices {
      for j in bias.indices {
        output[j] += input[i] * kernel[i * bias.count + j]
      }
    }
    return output
  }

  /// The gradients of `denseForward` by its input, kernel and bias.
  ///
  /// dInput[i] = Σ dOutput[j] · kernel[i, j], dKernel[i, j] = input[i] · dOutput[j], dBias = dOutput.
  ///
  /// - Parameters:
  ///   - dOutput: [outputs].
  ///   - input: [inputs], as the forward pass was given it.
  ///   - kernel: [inputs, outputs].
  /// - Returns: Gradients of the shapes [inputs], [inputs, outputs] and [outputs].
  package static func denseBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], input: [Scalar], kernel: [Scalar]
  ) -> (dInput: [Scalar], dKernel: [Scalar], dBias: [Scalar]) {
    var dInput = [Scalar](repeating: 0, count: input.count)
    var dKernel = [Scalar](repeating: 0, count: kernel.count)
    for i in input.indices {
      for j in dOutput.indices {
        dInput[i] += dOutput[j] * kernel[i * dOutput.count + j]
        dKernel[i * dOutput.count + j] = dOutput[j] * input[i]
      }
    }
    return (dInput, dKernel, dOutput)
  }
}
