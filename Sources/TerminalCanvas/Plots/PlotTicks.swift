import Localization

/// Round numbers for the axis of a plot.
package struct PlotTicks: Sendable, Hashable {
  /// The numbers, ascending.
  package var values: [Double]
  /// The decimals that tell them apart.
  package var decimals: Int

  /// Chooses at most some round numbers in a range: multiples of 1, 2 or 5 times a power of ten.
  ///
  /// The result may be empty: when the range is, when it is not finite, or when no such number fits.
  package init(in range: ClosedRange<Double>, atMost count: Int) {
    values = []
    decimals = 0
    let extent = range.upperBound - range.lowerBound
    guard count > 0, extent > 0, extent.isFinite else { return }
    var power = 1.0
    var exponent = 0
    while power * Double(count) > extent, exponent > -300 {
      power /= 10
      exponent -= 1
    }
    while power * 10 * Double(count) <= extent, exponent < 300 {
      power *= 10
      exponent += 1
    }
    for (multiple, extra) in [(1.0, 0), (2, 0), (5, 0), (10, 1), (20, 1), (50, 1), (100, 2)] {
      let step = power * multiple
      let tolerance = 1e-9
      let first = (range.lowerBound / step - tolerance).rounded(.up)
      let last = (range.upperBound / step + tolerance).rounded(.down)
      guard last - first < Double(count) else { continue }
      guard last >= first else { return }
      values = (0...Int(last - first)).map { (first + Double($0)) * step }
      decimals = max(0, -(exponent + extra))
      return
    }
  }

  /// The numbers in words.
  package var labels: [String] {
    values.map { NumberText.fixed($0, decimals: decimals) }
  }
}
