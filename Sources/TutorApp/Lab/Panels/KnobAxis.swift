import Compression
import Localization
import TerminalCanvas

/// A knob's values along a horizontal axis: shares at their value, all else as categories in the
/// knob's order.
struct KnobAxis {
  /// The knob's key.
  let key: Knob
  private let positions: [String]

  /// Makes the axis of a key, for the recipe that decides which values it offers.
  init(key: Knob, recipe: Recipe) {
    self.key = key
    positions = KnobScale(key, for: recipe).positions
  }

  /// Whether the values are shares.
  var isShare: Bool { if case .fraction = key.kind { true } else { false } }

  /// Where a value stands, if it is one of the knob's.
  func position(of value: String) -> Double? {
    isShare ? Double(value) : positions.firstIndex(of: value).map(Double.init)
  }

  /// The axis with its ticks.
  var axis: PlotAxis {
    if case .fraction(let range) = key.kind { return PlotAxis(range: range) }
    return PlotAxis(categories: positions.map(Self.shortName))
  }

  /// The values at the ends of the axis.
  var ends: ClosedRange<Double> {
    if case .fraction(let range) = key.kind { return range }
    return -0.5...(Double(max(1, positions.count)) - 0.5)
  }

  /// A share in percent.
  func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 1) + " %" }

  /// The value of a category's place.
  func name(at place: Double) -> String {
    let index = Int(place.rounded())
    return positions.indices.contains(index) ? positions[index] : ""
  }

  /// A category's name that fits below its tick.
  private static func shortName(_ value: String) -> String {
    value.replacing("percentile:", with: "p").replacing("group:", with: "g")
  }
}
