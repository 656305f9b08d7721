extension Reference {
  /// output[y, x, c] = bias[c] + Σ kernel[i, j, c] · input[y + i, x + j, c].
  ///
  /// - Parameters:
  ///   - input: [height, width, channels].
  ///   - kernel: [kernelHeight, kernelWidth, channels].
  ///   - bias: [channels].
  ///   - geometry: Its filters are the channels.
  /// - Returns: [outputHeight, outputWidth, channels].
  package static func depthwiseForward<Scalar: BinaryFloatingPoint>(
    input: [Scalar], kernel: [Scalar], bias: [Scalar], geometry: ConvolutionGeometry
  ) -> [Scalar] {
    var output: [Scalar] = []
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        for channel in 0..<geometry.channels {
          var sum = bias[channel]
          geometry.forEachDepthwiseTap(y: y, x: x, channel: channel) { inputIndex, kernelIndex in
            sum += input[inputIndex] * kernel[kernelIndex]
          }
          output.append(sum)
        }
      }
    }
    return output
  }

  /// The gradients of `depthwiseForward` by its input, kernel and bias.
  package static func depthwiseBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], input: [Scalar], kernel: [Scalar], geometry: ConvolutionGeometry
  ) -> (dInput: [Scalar], dKernel: [Scalar], dBias: [Scalar]) {
    var dInput = [Scalar](repeating: 0, count: input.count)
    var dKernel = [Scalar](repeating: 0, count: kernel.count)
    var dBias = [Scalar](repeating: 0, count: geometry.channels)
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        for channel in 0..<geometry.channels {
          let gradient = dOutput[(y * geometry.outputWidth + x) * geometry.channels + channel]
          dBias[channel] += gradient
          geometry.forEachDepthwiseTap(y: y, x: x, channel: channel) { inputIndex, kernelIndex in
            dKernel[kernelIndex] += gradient * input[inputIndex]
            dInput[inputIndex] += gradient * kernel[kernelIndex]
          }
        }
      }
    }
    return (dInput, dKernel, dBias)
  }
}

extension ConvolutionGeometry {
  /// Visits the pairs of input and kernel values that make up one output value of a channel.
  @inline(__always)
  fileprivate func forEachDepthwiseTap(
    y: Int, x: Int, channel: Int, _ body: (_ inputIndex: Int, _ kernelIndex: Int) -> Void
  ) {
    for i in 0..<kernelHeight {
      for j in 0..<kernelWidth {
        body(
          ((y + i) * width + x + j) * channels + channel, (i * kernelWidth + j) * channels + channel
        )
      }
    }
  }
}
