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
