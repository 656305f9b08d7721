import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct SoftmaxCrossEntropyTests {
  @Test(arguments: [1, 2, 7, 10])
  func isTheReference(_ classes: Int) {
    var generator = SplitMix64(seed: 61)
    for label in 0..<classes {
      let logits = FloatBuffer(randomFloats(classes, from: &generator).map { 8 * $0 })
      let dLogits = FloatBuffer(count: classes)
      let loss = SoftmaxCrossEntropy.lossAndGradient(
        logits: logits.base, classes: classes, label: label, share: 0.25, dLogits: dLogits.base)
      let forward = Reference.softmaxCrossEntropyForward(
        logits: logits.elements.map(Double.init), label: label)
      let expected = Reference.softmaxCrossEntropyBackward(
        probabilities: forward.probabilities, label: label)
      #expect(abs(loss - forward.loss) < 1e-6)
      #expect(largestDifference(expected.map { $0 / 4 }, dLogits.elements) < 1e-7)
    }
  }
}
