import Foundation

/// Error bands of accuracies, at 95 %.
package enum ErrorBand {
  /// The standard normal distribution's 97.5 % quantile.
  private static let z = 1.959_963_985

  /// Wilson's interval of a share: where the true accuracy on unseen images lies.
  ///
  /// With p = correct/images and n = images, the interval is
  /// (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
  /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
  package static func wilson(correct: Int, images: Int) -> ClosedRange<Double> {
    guard images > 0 else { return 0...1 }
    let n = Double(images)
    let p = Double(correct) / n
    let centre = p + z * z / (2 * n)
    let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let divisor = 1 + z * z / n
    return max(0, (centre - reach) / divisor)...min(1, (centre + reach) / divisor)
  }

  /// What the accuracy on all images will be, from the first images of them.
  ///
  /// The baseline is known on all images, so only the difference to it is estimated: with dᵢ ∈
  /// {−1, 0, 1} for "now wrong", "as before" and "now right", the estimate is
  /// A(baseline, all) + mean(d), and its band is ±z·√(var(d)/n · (N−n)/(N−1)). The last factor, for
  /// drawing without replacement from N images, makes the band 0 when all are done. A band of a
  /// part on which nothing differs yet is that of "three in n" (the rule of three).
  /// Source: Cochran, "Sampling Techniques", 3rd edition 1977, sections 2.6 and 7 (difference
  /// estimator).
  package static func paired(
    baselineAccuracy: Double, gained: Int, lost: Int, images: Int, of total: Int
  ) -> AccuracyEstimate {
    precondition(images > 0 && images <= total, "An estimate needs some of the images.")
    let n = Double(images)
    let mean = Double(gained - lost) / n
    let variance = Double(gained + lost) / n - mean * mean
    let remaining = total > 1 ? Double(total - images) / Double(total - 1) : 0
    let reach =
      gained + lost == 0
      ? 3 / n * remaining : z * (max(variance, 0) / n * remaining).squareRoot()
    let accuracy = min(1, max(0, baselineAccuracy + mean))
    return AccuracyEstimate(
      accuracy: accuracy, band: max(0, accuracy - reach)...min(1, accuracy + reach), images: images)
  }
}

/// An accuracy that is not yet measured on all images.
package struct AccuracyEstimate: Sendable, Hashable {
  /// The share of all test images that is expected to be right.
  package let accuracy: Double
  /// Where that share lies, at 95 %.
  package let band: ClosedRange<Double>
  /// The images that were measured.
  package let images: Int
}
