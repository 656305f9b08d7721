import Testing

@testable import Lab

@Suite struct AccuracyBandTests {
  // Wilson's interval for 9,098 of 10,000, computed from the formula by hand (and as statsmodels'
  // proportion_confint(9098, 10000, method="wilson") gives it): 0.904034 … 0.915260.
  @Test func wilsonOfAnUsualAccuracy() {
    let band = AccuracyBand.wilson(correct: 9_098, images: 10_000)
    #expect(abs(band.lower - 0.904034) < 1e-5)
    #expect(abs(band.upper - 0.915260) < 1e-5)
    #expect(band.estimate == 0.9098)
  }

  @Test func wilsonStaysInsideZeroAndOne() {
    for (correct, images) in [(0, 10), (10, 10), (0, 1), (1, 1), (0, 0)] {
      let band = AccuracyBand.wilson(correct: correct, images: images)
      #expect(band.lower >= 0 && band.upper <= 1 && band.lower <= band.upper)
    }
    #expect(AccuracyBand.wilson(correct: 10, images: 10).lower < 1)
  }

  // By hand: 0.9 + (10 − 30)/1000 = 0.88. g = 10.5, l = 30.5, m = 1002:
  // variance = (41 − 400/1002)/1002² = 4.0438e-5, times 0.9 → sd 0.0060327, times 1.959964.
  @Test func aPartIsCorrectedByTheBaseline() {
    let band = AccuracyBand.paired(
      baselineCorrect: 9_000, total: 10_000, gained: 10, lost: 30, images: 1_000)
    #expect(abs(band.estimate - 0.88) < 1e-12)
    #expect(abs(band.halfWidth - 0.0118239) < 1e-6)
  }

  @Test func theWholeSetHasNoBand() {
    let band = AccuracyBand.paired(
      baselineCorrect: 9_000, total: 10_000, gained: 100, lost: 250, images: 10_000)
    #expect(band.estimate == 0.885 && band.lower == 0.885 && band.upper == 0.885)
  }

  @Test func aPartWithoutDifferencesStillHasABand() {
    let band = AccuracyBand.paired(
      baselineCorrect: 9_000, total: 10_000, gained: 0, lost: 0, images: 1_000)
    #expect(band.halfWidth > 0 && band.halfWidth < 0.003)
  }
}
