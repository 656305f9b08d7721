/// One direction of a plot.
package struct PlotAxis: Sendable, Hashable {
  /// What it measures.
  package var label: String
  /// The values at its ends; without it, those of the data.
  package var range: ClosedRange<Double>?
  /// Names of the whole numbers from 0, for an axis of categories; without them, round numbers.
  package var categories: [String]
  /// Ticks of the caller's own; without them, those of the categories or round numbers.
  package var ticks: [PlotTick] = []

  /// Makes a direction.
  package init(
    label: String = "", range: ClosedRange<Double>? = nil, categories: [String] = []
  ) {
    self.label = label
    self.range = range
    self.categories = categories
  }

  /// Returns the values at the ends: the given ones, or those of the data with a little room.
  func ends(for data: [Double]) -> ClosedRange<Double> {
    if let range, range.lowerBound.isFinite, range.upperBound.isFinite,
      range.upperBound > range.lowerBound
    {
      return range
    }
    if !categories.isEmpty { return -0.5...(Double(categories.count) - 0.5) }
    let finite = data.filter { $0.isFinite && abs($0) < 1e300 }
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    if low < high { return low...high }
    let room = max(abs(low) * 0.1, 0.5)
    return (low - room)...(low + room)
  }

  /// Returns the values with a tick and their names.
  func ticks(in ends: ClosedRange<Double>, atMost count: Int) -> [(value: Double, label: String)] {
    if !ticks.isEmpty {
      return ticks.filter { ends.contains($0.value) }.map { ($0.value, $0.label) }
    }
    if !categories.isEmpty {
      return categories.enumerated().map { (Double($0.offset), $0.element) }
        .filter { ends.contains($0.0) }
    }
    let ticks = PlotTicks(in: ends, atMost: count)
    return Array(zip(ticks.values, ticks.labels)).map { (value: $0.0, label: $0.1) }
  }
}
