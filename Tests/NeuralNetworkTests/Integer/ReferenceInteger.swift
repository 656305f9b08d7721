@testable import NeuralNetwork

extension Reference {
  /// Sums of a convolution in whole numbers: sum[y, x, f] = Σ kernel[i, j, c, f] · input[y + i, x + j, c].
  ///
  /// - Parameters:
  ///   - input: [height, width, channels] codes.
  ///   - kernel: [kernelHeight, kernelWidth, channels, filters] codes.
  /// - Returns: [outputHeight, outputWidth, filters].
  static func integerConvolution(
    input: [Int], kernel: [Int], geometry: ConvolutionGeometry
  ) -> [Int] {
    // Whole numbers below 2⁵³ are exact in double precision, products and sums included.
    convolutionForward(
      input: input.map(Double.init), kernel: kernel.map(Double.init),
      bias: [Double](repeating: 0, count: geometry.filters), geometry: geometry
    ).map { Int($0) }
  }

  /// Sums of a dense layer in whole numbers: sum[j] = Σ input[i] · kernel[i, j].
  static func integerDense(input: [Int], kernel: [Int], outputs: Int) -> [Int] {
    denseForward(
      input: input.map(Double.init), kernel: kernel.map(Double.init),
      bias: [Double](repeating: 0, count: outputs)
    ).map { Int($0) }
  }

  /// A layer's output from the sum of its codes: sum · multiplier + offset, rounded once.
  static func scaled(_ sum: Int, multiplier: Float, offset: Float) -> Float {
    offset.addingProduct(multiplier, Float(sum))
  }

  /// The code of a scaled sum: held to 0 … levels (which is ReLU too), then rounded half to even.
  static func requantized(_ sum: Int, multiplier: Float, offset: Float, levels: Int) -> Int {
    let scaled = scaled(sum, multiplier: multiplier, offset: offset)
    return Int(min(max(scaled, 0), Float(levels)).rounded(.toNearestOrEven))
  }
}
