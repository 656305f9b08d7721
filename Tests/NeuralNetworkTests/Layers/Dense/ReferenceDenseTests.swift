import NeuralNetwork
import RandomNumbers
import Testing

/// The backward operation against central differences of the forward one.
@Suite struct ReferenceDenseTests {
  private static let tolerance = 1e-8

  @Test(arguments: [(1, 1), (7, 3), (12, 5)])
  func dense(_ inputs: Int, _ outputs: Int) {
    var generator = SplitMix64(seed: 2)
    let input = randomDoubles(inputs, from: &generator)
    let kernel = randomDoubles(inputs * outputs, from: &generator)
    let bias = randomDoubles(outputs, from: &generator)
    let dOutput = randomDoubles(outputs, from: &generator)
    func loss(_ input: [Double], _ kernel: [Double], _ bias: [Double]) -> Double {
      dot(dOutput, Reference.denseForward(input: input, kernel: kernel, bias: bias))
    }

    let gradient = Reference.denseBackward(dOutput: dOutput, input: input, kernel: kernel)

    let errors = [
      gradientError(of: { loss($0, kernel, bias) }, at: input, gradient: gradient.dInput),
      gradientError(of: { loss(input, $0, bias) }, at: kernel, gradient: gradient.dKernel),
      gradientError(of: { loss(input, kernel, $0) }, at: bias, gradient: gradient.dBias),
    ]
    #expect(errors.allSatisfy { $0 < Self.tolerance }, "\(errors)")
  }
}
