import Foundation
import NeuralNetwork
import Testing

@testable import Compression

@Suite struct EntropyRangeTests {
  private func histogram(_ values: [Float]) -> ActivationHistogram {
    var histogram = ActivationHistogram(hasBins: true)
    values.withUnsafeBufferPointer { histogram.add($0) }
    return histogram
  }

  /// Worked by hand: P of the first four bins is 4, 2, 1, 1+2 of 10; two levels spread 6 and 2 of 8
  /// over two bins each, so Q is 3, 3, 1, 1 of 8.
  @Test func theDivergenceIsThatOfTheDefinition() {
    let expected =
      0.4 * log(0.4 / 0.375) + 0.2 * log(0.2 / 0.375) + 0.1 * log(0.1 / 0.125)
      + 0.3 * log(0.3 / 0.125)
    let found = EntropyRange.divergence([4, 2, 1, 1, 1, 1], length: 4, levels: 2)
    #expect(abs(found - expected) < 1e-12)
  }

  /// A prefix that loses nothing and has a bin for every level diverges from nothing.
  @Test func aPrefixOfEverythingOnEveryLevelLosesNothing() {
    #expect(EntropyRange.divergence([3, 1, 4, 1, 5], length: 5, levels: 5) == 0)
    #expect(EntropyRange.divergence([2, 2, 2, 2], length: 4, levels: 2) == 0)
  }

  /// What lies beyond a prefix cannot be told by an empty last bin.
  @Test func anEmptyLastBinCannotHoldWhatLiesBeyond() {
    #expect(EntropyRange.divergence([1, 0, 5], length: 2, levels: 1) == .infinity)
    #expect(EntropyRange.divergence([0, 0, 5], length: 2, levels: 1) == .infinity)
  }

  /// An outlier far out is clipped, since its share of the information is small.
  @Test func outliersAreClipped() {
    var random = TestRandom(21)
    var values = (0..<20_000).map { _ in Float.random(in: 0..<1, using: &random) }
    values.append(40)
    let reach = EntropyRange.reach(of: histogram(values), levels: 15)
    #expect(reach >= 0.9 && reach < 10)
  }

  /// An even distribution has nothing to clip.
  @Test func anEvenDistributionKeepsItsRange() {
    let values = (1...20_480).map { Float($0) / 20_480 }
    let reach = EntropyRange.reach(of: histogram(values), levels: 255)
    #expect(reach > 0.95 && reach <= 1)
  }

  @Test func gridsAsFineAsTheBinsAndEmptyHistogramsKeepTheGreatest() {
    let values: [Float] = [0, 0.5, 2]
    #expect(EntropyRange.reach(of: histogram(values), levels: 65_535) == 2)
    #expect(EntropyRange.reach(of: histogram([0, 0]), levels: 15) == 0)
  }
}
