/// How sure an accuracy is: an estimate with a band that covers the truth 95 times of 100.
package struct AccuracyBand: Sendable, Hashable {
  /// The estimated accuracy, 0 … 1.
  package let estimate: Double
  /// The lower end of the band.
  package let lower: Double
  /// The upper end of the band.
  package let upper: Double

  /// Half the width of the band.
  package var halfWidth: Double { (upper - lower) / 2 }

  /// The 97.5th percentile of the normal distribution.
  private static let z = 1.959_963_984_540_054

  /// The band of a network's accuracy on images like these, from so many correct of so many.
  ///
  /// Wilson's score interval (Wilson 1927): with p = correct / images and n images,
  /// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96. It says how far another test set
  /// of the same size might lie; two recipes on the same images differ by less than that.
  package static func wilson(correct: Int, images: Int) -> AccuracyBand {
    precondition(0 <= correct && correct <= images, "No more images are correct than there are.")
    guard images > 0 else { return AccuracyBand(estimate: 0, lower: 0, upper: 1) }
    let n = Double(images)
    let p = Double(correct) / n
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    return AccuracyBand(
      estimate: p, lower: max(0, centre - reach), upper: min(1, centre + reach))
  }

  /// The accuracy on a whole test set, estimated from a part of it.
  ///
  /// The baseline's accuracy on the whole set is known, so only the difference is estimated:
  /// estimate = B/N + (gained − lost)/n, where the baseline has B of N images right, and on the n
  /// images of the part the compressed network gained and lost so many. The variance of the
  /// difference is that of Agresti and Min (2005), who add ½ to each cell of the paired table:
  /// with g = gained + ½, l = lost + ½, m = n + 2 it is ((g + l) − (g − l)²/m) / m². The factor
  /// 1 − n/N for drawing from a finite set makes the band vanish when the part is the whole.
  package static func paired(
    baselineCorrect: Int, total: Int, gained: Int, lost: Int, images: Int
  ) -> AccuracyBand {
    precondition(0 < images && images <= total, "A part has some of the images.")
    if images == total {
      let exact = Double(baselineCorrect + gained - lost) / Double(total)
      return AccuracyBand(estimate: exact, lower: exact, upper: exact)
    }
    let n = Double(images)
    let estimate = Double(baselineCorrect) / Double(total) + Double(gained - lost) / n
    let (g, l, m) = (Double(gained) + 0.5, Double(lost) + 0.5, n + 2)
    let variance = ((g + l) - (g - l) * (g - l) / m) / (m * m)
    let reach = z * (variance * (1 - n / Double(total))).squareRoot()
    let held = min(max(estimate, 0), 1)
    return AccuracyBand(
      estimate: held, lower: max(0, held - reach), upper: min(1, held + reach))
  }
}
