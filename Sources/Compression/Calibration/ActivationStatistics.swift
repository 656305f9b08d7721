package import NeuralNetwork

/// What calibration images showed of the values between a network's layers.
package struct ActivationStatistics: Sendable {
  private let sites: [String: ActivationHistogram]
  /// Whether percentiles and squared errors are known, and not only the greatest values.
  package let hasDistribution: Bool

  init(sites: [String: ActivationHistogram], hasDistribution: Bool) {
    self.sites = sites
    self.hasDistribution = hasDistribution
  }

  /// Makes statistics of the greatest values alone, by place.
  package init(greatest: [String: Float]) {
    self.init(
      sites: greatest.mapValues(ActivationHistogram.init(greatest:)), hasDistribution: false)
  }

  /// The names of the places where values can be rounded, sorted.
  package var names: [String] { sites.keys.sorted() }

  /// The greatest value seen at a place, or nil if there is no such place.
  package func greatest(at site: String) -> Float? { sites[site]?.greatest }

  /// The grids on which activations are rounded.
  ///
  /// scale = range / (2^bits − 1), where the range is the greatest value, the percentile of all
  /// values (zeros included), or the share of the greatest value whose squared error over the
  /// distribution is least: of 1.00, 0.95 … 0.05, then in steps of 0.005 around the best;
  /// or the one of least entropy loss (see `EntropyRange`).
  ///
  /// - Parameter bits: 2 … 8 or 16; at 32 there is nothing to round and the result is empty.
  package func grids(bits: Int, range: ActivationRange) -> ActivationGrids {
    guard bits < 32 else { return [:] }
    precondition(
      hasDistribution || range == .minimumToMaximum,
      "Only the greatest value is known without a distribution.")
    let levels = (1 << bits) - 1
    return sites.mapValues { histogram in
      let reach: Float
      switch range {
      case .minimumToMaximum: reach = histogram.greatest
      case .percentile(let percentile): reach = histogram.percentile(percentile)
      case .leastSquaredError: reach = ActivationStatistics.clipping(of: histogram, levels)
      case .entropy: reach = EntropyRange.reach(of: histogram, levels: levels)
      }
      // Where calibration saw nothing but zeros, everything is clipped to (almost) zero.
      let scale = reach / Float(levels)
      return QuantizationParameters(
        scale: scale.isNormal ? scale : .leastNormalMagnitude, levels: levels)
    }
  }

  private static func clipping(of histogram: ActivationHistogram, _ levels: Int) -> Float {
    let bins = histogram.occupied.filter { $0.value > 0 }
    var best: (ratio: Double, error: Double) = (1, .infinity)
    func attempt(_ ratio: Double) {
      let scale = Double(histogram.greatest) * ratio / Double(levels)
      guard scale > 0 else { return }
      var error = 0.0
      for bin in bins {
        let value = Double(bin.value)
        let code = min((value / scale).rounded(.toNearestOrEven), Double(levels))
        let difference = value - code * scale
        error += difference * difference * Double(bin.count)
      }
      if error < best.error { best = (ratio, error) }
    }
    for step in 0..<20 { attempt(1 - 0.05 * Double(step)) }
    let centre = best.ratio
    for step in 1...9 {
      for offset in [0.005 * Double(step), -0.005 * Double(step)] {
        attempt(min(max(centre + offset, 0.005), 1))
      }
    }
    return Float(Double(histogram.greatest) * best.ratio)
  }
}
