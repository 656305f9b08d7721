/// The times of some rounds and what a box plot says of them.
///
/// Quartiles are linear interpolations between the sorted times (type 7 of Hyndman and Fan 1996, as
/// NumPy's default). Whiskers reach the outermost times within 1.5 interquartile ranges of the box;
/// times beyond them are outliers (Tukey 1977, "Exploratory Data Analysis").
package struct LatencyDistribution: Sendable, Equatable {
  /// Microseconds an image, one value for each round, in rising order.
  package let times: [Double]

  /// Sorts the times of rounds, of which there is at least one.
  package init(_ times: [Double]) {
    precondition(!times.isEmpty, "A distribution needs a time.")
    self.times = times.sorted()
  }

  /// The time that a share of all rounds stays below.
  ///
  /// - Parameter share: From 0 to 1; 0.5 gives the median.
  package func quantile(_ share: Double) -> Double {
    let place = max(0, min(1, share)) * Double(times.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, times.count - 1)
    return times[lower] + (place - Double(lower)) * (times[upper] - times[lower])
  }

  /// The middle time.
  package var median: Double { quantile(0.5) }
  /// The time that a quarter of the rounds stays below.
  package var lowerQuartile: Double { quantile(0.25) }
  /// The time that three quarters of the rounds stay below.
  package var upperQuartile: Double { quantile(0.75) }

  /// The least time that is no outlier.
  package var lowerWhisker: Double { regular.first ?? times[0] }
  /// The greatest time that is no outlier.
  package var upperWhisker: Double { regular.last ?? times[times.count - 1] }

  /// The times beyond the whiskers, in rising order.
  package var outliers: [Double] {
    let fence = fence
    return times.filter { !fence.contains($0) }
  }

  private var regular: [Double] {
    let fence = fence
    return times.filter(fence.contains)
  }

  private var fence: ClosedRange<Double> {
    let reach = 1.5 * (upperQuartile - lowerQuartile)
    return (lowerQuartile - reach)...(upperQuartile + reach)
  }
}
