import Foundation

/// Two recipes on the same images: who gains which, and whether that is more than chance.
///
/// The images on which both networks are right, or both wrong, say nothing about which is better; only
/// the others are counted (McNemar 1947).
package struct PairedComparison: Sendable, Hashable {
  /// How many images both networks saw.
  package let images: Int
  /// Images that only the second network has right.
  package let gained: Int
  /// Images that only the first network has right.
  package let lost: Int
  /// Images on which the two predict different classes.
  package let disagreements: Int

  /// Makes a comparison from counts.
  package init(images: Int, gained: Int, lost: Int, disagreements: Int) {
    precondition(
      gained >= 0 && lost >= 0 && gained + lost <= disagreements && disagreements <= images,
      "Gains and losses are disagreements, and those are images.")
    self.images = images
    self.gained = gained
    self.lost = lost
    self.disagreements = disagreements
  }

  /// Compares two evaluations on as many of the first images as both saw.
  ///
  /// Each evaluation lists where it differs from the same uncompressed network. Where neither does, both
  /// predict what that network predicts; where one does not, its prediction is the other's `before`.
  package init(from first: Evaluation, to second: Evaluation) {
    let images = min(first.images, second.images)
    let earlier = first.flips.filter { $0.image < images }
    let later = second.flips.filter { $0.image < images }
    var (gained, lost, disagreements) = (0, 0, 0)
    func count(_ label: Int, _ one: Int, _ other: Int) {
      guard one != other else { return }
      disagreements += 1
      gained += other == label ? 1 : 0
      lost += one == label ? 1 : 0
    }
    // Flips come in the order of the images, so that one pass over both lists finds the pairs.
    var (left, right) = (earlier[...], later[...])
    while let image = [left.first?.image, right.first?.image].compactMap(\.self).min() {
      let one = left.first?.image == image ? left.popFirst() : nil
      let other = right.first?.image == image ? right.popFirst() : nil
      if let flip = one ?? other {
        count(flip.label, one?.after ?? flip.before, other?.after ?? flip.before)
      }
    }
    self.init(images: images, gained: gained, lost: lost, disagreements: disagreements)
  }

  /// The difference of the accuracies, second minus first.
  package var difference: Double {
    images == 0 ? 0 : Double(gained - lost) / Double(images)
  }

  /// The ends of the difference's 95 % band, for images like these.
  ///
  /// Agresti and Min (2005): ½ is added to each cell of the paired table; with g = gained + ½, l = lost +
  /// ½ and m = images + 2 the band is (g − l)/m ± 1.96·√((g + l) − (g − l)²/m)/m.
  package var band: ClosedRange<Double> {
    let (g, l, m) = (Double(gained) + 0.5, Double(lost) + 0.5, Double(images) + 2)
    let centre = (g - l) / m
    let reach = 1.959_963_984_540_054 * ((g + l) - (g - l) * (g - l) / m).squareRoot() / m
    return max(-1, centre - reach)...min(1, centre + reach)
  }

  /// How likely a split at least so uneven is if each network is as likely as the other to be the one
  /// that is right: McNemar's test with mid-p.
  ///
  /// With n = gained + lost and X binomial of n and ½: 2·P(X ≤ min) − P(X = min), or 1 − ½·P(X = n/2)
  /// for equal counts. The mid-p version keeps close to its level without the exact test's caution
  /// (Fagerland, Lydersen and Laake 2013). 1 without any gain or loss.
  package var midP: Double {
    let n = gained + lost
    guard n > 0 else { return 1 }
    let least = min(gained, lost)
    if gained == lost { return 1 - Self.probability(least, of: n) / 2 }
    let tail = (0...least).reduce(0.0) { $0 + Self.probability($1, of: n) }
    return min(1, 2 * tail - Self.probability(least, of: n))
  }

  /// Whether the difference is more than chance at the 5 % level.
  package var isMoreThanChance: Bool { midP < 0.05 }

  /// The probability of `k` heads in `n` throws of a fair coin.
  private static func probability(_ k: Int, of n: Int) -> Double {
    let logarithm =
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2)
    return exp(logarithm)
  }
}
