import NeuralNetwork
import RandomNumbers
import Testing

/// The backward operation against central differences of the forward one.
@Suite struct ReferenceConvolutionTests {
  private static let tolerance = 1e-8

  @Test(arguments: [
    ConvolutionGeometry(
      height: 5, width: 6, channels: 1, kernelHeight: 3, kernelWidth: 3, filters: 4),
    ConvolutionGeometry(
      height: 4, width: 3, channels: 2, kernelHeight: 2, kernelWidth: 3, filters: 3),
    ConvolutionGeometry(
      height: 1, width: 1, channels: 3, kernelHeight: 1, kernelWidth: 1, filters: 1),
  ])
  func convolution(_ geometry: ConvolutionGeometry) {
    var generator = SplitMix64(seed: 1)
    let inputs = geometry.height * geometry.width * geometry.channels
    let weights =
      geometry.kernelHeight * geometry.kernelWidth * geometry.channels * geometry.filters
    let input = randomDoubles(inputs, from: &generator)
    let kernel = randomDoubles(weights, from: &generator)
    let bias = randomDoubles(geometry.filters, from: &generator)
    let dOutput = randomDoubles(
      geometry.outputHeight * geometry.outputWidth * geometry.filters, from: &generator)
    func loss(_ input: [Double], _ kernel: [Double], _ bias: [Double]) -> Double {
      dot(
        dOutput,
        Reference.convolutionForward(input: input, kernel: kernel, bias: bias, geometry: geometry))
    }

    let gradient = Reference.convolutionBackward(
      dOutput: dOutput, input: input, kernel: kernel, geometry: geometry)

    let errors = [
      gradientError(of: { loss($0, kernel, bias) }, at: input, gradient: gradient.dInput),
      gradientError(of: { loss(input, $0, bias) }, at: kernel, gradient: gradient.dKernel),
      gradientError(of: { loss(input, kernel, $0) }, at: bias, gradient: gradient.dBias),
    ]
    #expect(errors.allSatisfy { $0 < Self.tolerance }, "\(errors)")
  }
}
