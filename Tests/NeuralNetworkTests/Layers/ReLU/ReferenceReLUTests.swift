import NeuralNetwork
import RandomNumbers
import Testing

/// The backward operation against central differences of the forward one.
@Suite struct ReferenceReLUTests {
  private static let tolerance = 1e-8

  /// ReLU is checked away from its kink: 0.1 is far more than the step.
  @Test func relu() {
    var generator = SplitMix64(seed: 3)
    let input = randomDoubles(40, from: &generator).map { $0 < 0 ? $0 - 0.1 : $0 + 0.1 }
    let dOutput = randomDoubles(40, from: &generator)

    let gradient = Reference.reluBackward(
      dOutput: dOutput, output: Reference.reluForward(input))

    let error = gradientError(
      of: { dot(dOutput, Reference.reluForward($0)) }, at: input, gradient: gradient)
    #expect(error < Self.tolerance)
  }

  @Test func reluHasNoGradientAtItsKink() {
    #expect(Reference.reluBackward(dOutput: [1, 1, 1], output: [-0.0, 0.0, 0.5]) == [0, 0, 1])
  }
}
