import Glibc
import Localization

/// A named value of an axis.
package struct PlotTick: Sendable, Hashable {
  /// Where it stands.
  package var value: Double
  /// What is written there.
  package var label: String

  /// Makes a named value.
  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

extension PlotAxis {
  /// An axis on which equal ratios are equally long; its values are decimal logarithms.
  ///
  /// Ticks stand at 1, 2 and 5 times powers of ten and are written with K and M for thousands and
  /// millions.
  ///
  /// - Parameters:
  ///   - label: What it measures, with its unit.
  ///   - range: The numbers at its ends, both above 0.
  package static func logarithmic(label: String, range: ClosedRange<Double>) -> PlotAxis {
    precondition(range.lowerBound > 0, "A logarithm needs a number above 0.")
    var axis = PlotAxis(
      label: label, range: position(range.lowerBound)...position(range.upperBound))
    for exponent in 0...12 {
      for factor in [1.0, 2, 5] {
        let number = (0..<exponent).reduce(factor) { value, _ in value * 10 }
        if range.contains(number) { axis.ticks.append(PlotTick(position(number), short(number))) }
      }
    }
    return axis
  }

  /// Where a number stands on a logarithmic axis.
  package static func position(_ number: Double) -> Double { log10(max(number, 1e-12)) }

  private static func short(_ number: Double) -> String {
    if number >= 1_000_000 { return NumberText.fixed(number / 1_000_000, decimals: 0) + "M" }
    if number >= 1_000 { return NumberText.fixed(number / 1_000, decimals: 0) + "K" }
    return NumberText.fixed(number, decimals: 0)
  }
}
