import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct ReferenceNormalizationTests {
  @Test func normalizationGradientsAreThoseOfItsOutput() {
    var generator = SplitMix64(seed: 22)
    let input = randomDoubles(33, from: &generator)
    let gamma = randomDoubles(3, from: &generator)
    let beta = randomDoubles(3, from: &generator)
    let weights = randomDoubles(33, from: &generator)
    func loss(_ input: [Double], _ gamma: [Double], _ beta: [Double]) -> Double {
      dot(
        Reference.batchNormalizationForward(
          input: input, gamma: gamma, beta: beta, epsilon: 0.001
        ).output, weights)
    }
    let forward = Reference.batchNormalizationForward(
      input: input, gamma: gamma, beta: beta, epsilon: 0.001)
    let gradient = Reference.batchNormalizationBackward(
      dOutput: weights, normalized: forward.normalized, variance: forward.variance, gamma: gamma,
      epsilon: 0.001)
    #expect(
      gradientError(of: { loss($0, gamma, beta) }, at: input, gradient: gradient.dInput) < 1e-8)
    #expect(
      gradientError(of: { loss(input, $0, beta) }, at: gamma, gradient: gradient.dGamma) < 1e-8)
    #expect(
      gradientError(of: { loss(input, gamma, $0) }, at: beta, gradient: gradient.dBeta) < 1e-8)
    // Normalized values have mean 0 and variance σ² / (σ² + ε).
    for channel in 0..<3 {
      let values = stride(from: channel, to: 33, by: 3).map { forward.normalized[$0] }
      let variance = forward.variance[channel]
      #expect(abs(values.reduce(0, +)) < 1e-12)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 11 - variance / (variance + 0.001)) < 1e-12)
    }
  }
}
