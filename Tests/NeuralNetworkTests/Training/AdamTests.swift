import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct AdamTests {
  /// By hand for w = 1, rate 0.1, gradients 0.5 then −0.25: after one step m = 0.05, v = 0.00025 and
  /// w = 1 − 0.1 · 0.05/0.1 / √(0.00025/0.001) = 0.9; after two m = 0.02, v = 0.00031225, m̂ =
  /// 0.02/0.19, v̂ = 0.00031225/0.001999 and w = 0.9 − 0.1 · m̂/√v̂ = 0.8733662.
  @Test func twoStepsByHand() {
    let adam = Adam(learningRate: 0.1)
    var (weights, mean, square): ([Float], [Float], [Float]) = ([1], [0], [0])
    Adam.update(
      weights: &weights, gradient: [0.5], mean: &mean, square: &square, rate: adam.rate(atStep: 1))
    #expect(abs(weights[0] - 0.9) < 1e-5)
    Adam.update(
      weights: &weights, gradient: [-0.25], mean: &mean, square: &square,
      rate: adam.rate(atStep: 2))
    #expect(abs(mean[0] - 0.02) < 1e-7)
    #expect(abs(square[0] - 0.000_312_25) < 1e-9)
    #expect(abs(weights[0] - 0.873_366_2) < 1e-5)
  }

  /// (1 − 0.999ᵗ)^½ / (1 − 0.9ᵗ) tends to 1.
  @Test func correctionsFade() {
    let adam = Adam(learningRate: 0.001)
    #expect(abs(adam.rate(atStep: 1) - 0.001 * 0.316_227_77) < 1e-8)
    #expect(abs(adam.rate(atStep: 20_000) - 0.001) < 1e-9)
  }

  @Test func vectorsAreTheReference() {
    var generator = SplitMix64(seed: 71)
    let count = 48
    var weights = randomFloats(count, from: &generator)
    var mean = [Float](repeating: 0, count: count)
    var square = mean
    let parameter = TrainedParameter(FloatBuffer(weights))
    for step in 1...5 {
      // Three rows of gradients, 50 apart, of which 48 count.
      let gradients = FloatBuffer(randomFloats(150, from: &generator))
      let sum = (0..<count).map {
        gradients.base[$0] + gradients.base[50 + $0] + gradients.base[100 + $0]
      }
      let rate = Adam(learningRate: 0.01).rate(atStep: step)
      Adam.update(
        weights: &weights, gradient: sum, mean: &mean, square: &square, rate: rate)
      parameter.update(
        summing: gradients.base, rows: 3, stride: 50, by: AdamUpdate(rate: rate))
    }
    #expect(largestDifference(weights.map(Double.init), parameter.weights.elements) < 1e-6)
    #expect(largestDifference(mean.map(Double.init), parameter.mean.elements) < 1e-6)
    #expect(largestDifference(square.map(Double.init), parameter.square.elements) < 1e-6)
  }
}
