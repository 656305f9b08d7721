import NeuralNetwork
import RandomNumbers
import Testing

/// Loss and gradient against central differences and known answers.
@Suite struct ReferenceSoftmaxTests {
  private static let tolerance = 1e-8

  @Test(arguments: [1, 2, 10])
  func softmaxCrossEntropy(_ classes: Int) {
    var generator = SplitMix64(seed: 5)
    for label in 0..<classes {
      let logits = randomDoubles(classes, from: &generator).map { 5 * $0 }
      let forward = Reference.softmaxCrossEntropyForward(logits: logits, label: label)
      let gradient = Reference.softmaxCrossEntropyBackward(
        probabilities: forward.probabilities, label: label)
      let error = gradientError(
        of: { Reference.softmaxCrossEntropyForward(logits: $0, label: label).loss }, at: logits,
        gradient: gradient)
      #expect(error < Self.tolerance)
    }
  }

  @Test func softmaxCrossEntropyOfLargeLogitsIsFinite() {
    let forward = Reference.softmaxCrossEntropyForward(logits: [1000.0, 0, -1000], label: 1)
    #expect(forward.loss == 1000)
    #expect(forward.probabilities == [1, 0, 0])
  }

  /// log 10 for ten equal logits; e/(e+1) for a lead of 1 between two.
  @Test func softmaxCrossEntropyKnownAnswers() {
    let equal = Reference.softmaxCrossEntropyForward(
      logits: [Double](repeating: 3, count: 10), label: 4)
    #expect(abs(equal.loss - 2.302585092994046) < 1e-14)
    let two = Reference.softmaxCrossEntropyForward(logits: [1.0, 0], label: 0)
    #expect(abs(two.probabilities[0] - 0.7310585786300049) < 1e-15)
  }
}
