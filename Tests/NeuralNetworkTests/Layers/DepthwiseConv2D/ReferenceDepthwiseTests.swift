import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct ReferenceDepthwiseTests {
  @Test func depthwiseGradientsAreThoseOfItsOutput() {
    var generator = SplitMix64(seed: 21)
    let geometry = ConvolutionGeometry(
      height: 5, width: 6, channels: 3, kernelHeight: 3, kernelWidth: 2, filters: 3)
    let input = randomDoubles(90, from: &generator)
    let kernel = randomDoubles(18, from: &generator)
    let bias = randomDoubles(3, from: &generator)
    let weights = randomDoubles(3 * 5 * 3, from: &generator)
    func loss(_ input: [Double], _ kernel: [Double], _ bias: [Double]) -> Double {
      dot(
        Reference.depthwiseForward(input: input, kernel: kernel, bias: bias, geometry: geometry),
        weights)
    }
    let gradient = Reference.depthwiseBackward(
      dOutput: weights, input: input, kernel: kernel, geometry: geometry)
    #expect(
      gradientError(of: { loss($0, kernel, bias) }, at: input, gradient: gradient.dInput) < 1e-8)
    #expect(
      gradientError(of: { loss(input, $0, bias) }, at: kernel, gradient: gradient.dKernel) < 1e-8)
    #expect(
      gradientError(of: { loss(input, kernel, $0) }, at: bias, gradient: gradient.dBias) < 1e-8)
  }
}
