/// The sizes of a convolution without padding and with stride 1.
package struct ConvolutionGeometry: Sendable, Equatable {
  /// Rows of the input.
  package let height: Int
  /// Columns of the input.
  package let width: Int
  /// Channels of the input.
  package let channels: Int
  /// Rows of the kernel.
  package let kernelHeight: Int
  /// Columns of the kernel.
  package let kernelWidth: Int
  /// Channels of the output.
  package let filters: Int

  /// Makes the sizes of a convolution.
  package init(
    height: Int, width: Int, channels: Int, kernelHeight: Int, kernelWidth: Int, filters: Int
  ) {
    precondition(
      kernelHeight <= height && kernelWidth <= width, "A kernel fits into its input.")
    self.height = height
    self.width = width
    self.channels = channels
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.filters = filters
  }

  /// Rows of the output.
  package var outputHeight: Int { height - kernelHeight + 1 }
  /// Columns of the output.
  package var outputWidth: Int { width - kernelWidth + 1 }
}

/// The operations of a network in their plainest form: one image at a time, loops and indices.
///
/// The fast kernels are tested against these, and these against finite differences. A function
/// `…Backward` takes the gradient of the loss by the forward function's output (`dOutput`) and gives
/// the gradients by its arguments.
package enum Reference {}

extension Reference {
  /// output[y, x, f] = bias[f] + Σ kernel[i, j, c, f] · input[y + i, x + j, c].
  ///
  /// - Parameters:
  ///   - input: [height, width, channels].
  ///   - kernel: [kernelHeight, kernelWidth, channels, filters].
  ///   - bias: [filters].
  /// - Returns: [outputHeight, outputWidth, filters].
  package static func convolutionForward<Scalar: BinaryFloatingPoint>(
    input: [Scalar], kernel: [Scalar], bias: [Scalar], geometry: ConvolutionGeometry
  ) -> [Scalar] {
    var output: [Scalar] = []
    output.reserveCapacity(geometry.outputHeight * geometry.outputWidth * geometry.filters)
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        for filter in 0..<geometry.filters {
          var sum = bias[filter]
          geometry.forEachTap(y: y, x: x, filter: filter) { inputIndex, kernelIndex in
            sum += input[inputIndex] * kernel[kernelIndex]
          }
          output.append(sum)
        }
      }
    }
    return output
  }

  /// The gradients of `convolutionForward` by its input, kernel and bias.
  ///
  /// dBias[f] = Σ dOutput[y, x, f], dKernel[i, j, c, f] = Σ dOutput[y, x, f] · input[y + i, x + j, c],
  /// both over all places y, x; dInput[r, s, c] = Σ dOutput[r − i, s − j, f] · kernel[i, j, c, f] over
  /// the places that the input value meets.
  ///
  /// - Parameters:
  ///   - dOutput: [outputHeight, outputWidth, filters].
  ///   - input: [height, width, channels], as the forward pass was given it.
  ///   - kernel: [kernelHeight, kernelWidth, channels, filters].
  /// - Returns: Gradients of the shapes of input, kernel and bias.
  package static func convolutionBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], input: [Scalar], kernel: [Scalar], geometry: ConvolutionGeometry
  ) -> (dInput: [Scalar], dKernel: [Scalar], dBias: [Scalar]) {
    var dInput = [Scalar](repeating: 0, count: input.count)
    var dKernel = [Scalar](repeating: 0, count: kernel.count)
    var dBias = [Scalar](repeating: 0, count: geometry.filters)
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        for filter in 0..<geometry.filters {
          let gradient = dOutput[(y * geometry.outputWidth + x) * geometry.filters + filter]
          dBias[filter] += gradient
          geometry.forEachTap(y: y, x: x, filter: filter) { inputIndex, kernelIndex in
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
  /// Visits the pairs of input and kernel values that make up one output value.
  @inline(__always)
  fileprivate func forEachTap(
    y: Int, x: Int, filter: Int, _ body: (_ inputIndex: Int, _ kernelIndex: Int) -> Void
  ) {
    for i in 0..<kernelHeight {
      for j in 0..<kernelWidth {
        for channel in 0..<channels {
          body(
            ((y + i) * width + x + j) * channels + channel,
            ((i * kernelWidth + j) * channels + channel) * filters + filter)
        }
      }
    }
  }
}
