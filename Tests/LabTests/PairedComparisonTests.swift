import Testing

@testable import Lab

/// Knuth's linear congruential generator, for numbers that are the same in every run.
private struct Congruential: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 32 | state << 32
  }
}

/// Two recipes on the same images.
@Suite struct PairedComparisonTests {
  private func evaluation(_ predictions: [UInt8], _ baseline: [UInt8], _ labels: [UInt8])
    -> Evaluation
  {
    Evaluation(
      predictions: predictions[...], baseline: baseline[...], labels: labels[...], classes: 10)
  }

  @Test func gainsAndLossesFoundThroughTheFlipsAreThoseOfThePredictionsThemselves() {
    // Random predictions, compared directly: the reference needs no flips.
    var random = Congruential(state: 5)
    for images in [1, 7, 400] {
      func classes() -> [UInt8] {
        (0..<images).map { _ in UInt8.random(in: 0..<4, using: &random) }
      }
      let (labels, baseline) = (classes(), classes())
      // Mostly the baseline's predictions, as compression leaves them.
      let first = zip(baseline, classes()).map { Bool.random(using: &random) ? $0 : $1 }
      let second = zip(baseline, classes()).map { Bool.random(using: &random) ? $0 : $1 }
      let comparison = PairedComparison(
        from: evaluation(first, baseline, labels), to: evaluation(second, baseline, labels))
      let all = labels.indices
      #expect(comparison.images == images)
      #expect(comparison.disagreements == all.count { first[$0] != second[$0] })
      #expect(
        comparison.gained == all.count { first[$0] != labels[$0] && second[$0] == labels[$0] })
      #expect(comparison.lost == all.count { first[$0] == labels[$0] && second[$0] != labels[$0] })
    }
  }

  @Test func anEvaluationOfAPartIsComparedOnThatPart() {
    let labels: [UInt8] = [0, 1, 2, 3]
    let part = evaluation([0, 1], [0, 0], [0, 1])
    let whole = evaluation([0, 0, 0, 0], [0, 0, 2, 3], labels)
    let comparison = PairedComparison(from: part, to: whole)
    #expect(comparison == PairedComparison(images: 2, gained: 0, lost: 1, disagreements: 1))
  }

  @Test(  // Summed as fractions with Python 3.11's `fractions` and `math.comb`.
    arguments: [
      (31, 12, 0.003657766827927844), (12, 31, 0.003657766827927844), (5, 5, 0.876953125),
      (1, 0, 0.5), (6, 0, 0.015625), (2, 9, 0.03857421875), (0, 0, 1.0),
      (1_500, 1_600, 0.07251506890654377), (59, 6, 2.72580319860688e-12),
    ])
  func theMidPValueIsThatOfExactFractions(gained: Int, lost: Int, expected: Double) {
    let comparison = PairedComparison(
      images: 10_000, gained: gained, lost: lost, disagreements: gained + lost)
    #expect(abs(comparison.midP - expected) <= expected * 1e-6, "\(comparison.midP)")
  }

  @Test func theBandHoldsTheDifferenceAndShrinksWithFewerDisagreements() {
    let wide = PairedComparison(images: 10_000, gained: 300, lost: 200, disagreements: 600)
    let narrow = PairedComparison(images: 10_000, gained: 120, lost: 20, disagreements: 150)
    #expect(wide.difference == narrow.difference)
    #expect(wide.band.contains(wide.difference) && narrow.band.contains(narrow.difference))
    #expect(
      narrow.band.upperBound - narrow.band.lowerBound < wide.band.upperBound - wide.band.lowerBound)
    // (100)/10002 ± 1.96·√(501 − 100²/10002)/10002, worked out by hand.
    #expect(abs(wide.band.lowerBound - 0.005616) < 1e-5)
    #expect(abs(wide.band.upperBound - 0.014380) < 1e-5)
  }
}
