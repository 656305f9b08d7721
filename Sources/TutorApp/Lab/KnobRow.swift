import Compression
import Localization
import TerminalCanvas

/// The line of one knob: a slider, or the options themselves where they fit.
struct KnobRow {
  /// The recipe's key.
  let key: Knob
  /// The recipe whose value is shown.
  let recipe: Recipe
  /// Whether the keys go to this knob.
  let isFocused: Bool
  /// Language and glyphs.
  let context: TutorContext

  /// The columns kept for the titles, so that the knobs of a panel line up.
  let labelWidth: Int

  /// The columns kept for the values.
  let valueWidth: Int

  /// The columns that the values of some knobs need; a longer one is shortened.
  static func valueWidth(for keys: [Knob]) -> Int {
    let longest = keys.flatMap { key in key.positions.map { text($0, of: key).count } }.max() ?? 0
    return min(12, max(4, longest))
  }

  /// The columns that the titles of some knobs need.
  static func labelWidth(for keys: [Knob], _ context: TutorContext) -> Int {
    keys.map { TextWidth.width(of: context.text($0.title)) }.max() ?? 0
  }

  private var knob: KnobScale { KnobScale(key, for: recipe) }
  private var value: String { key.read(recipe) }

  /// The options as a row, if they are few and short enough for a rectangle.
  private func choices(in rect: Rect) -> ChoiceBar? {
    guard case .name = key.kind, knob.positions.count <= 5 else { return nil }
    let width = knob.positions.reduce(0) { $0 + $1.count + 2 }
    guard labelWidth + 1 + width <= rect.width else { return nil }
    return ChoiceBar(
      label: context.text(key.title), options: knob.positions,
      selection: knob.positions.firstIndex(of: value) ?? 0, isFocused: isFocused,
      labelWidth: labelWidth)
  }

  private var slider: Slider {
    Slider(
      label: context.text(key.title), valueText: Self.text(value, of: key),
      position: knob.fraction(of: value), isFocused: isFocused, labelWidth: labelWidth,
      valueWidth: valueWidth)
  }

  /// Draws the line.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    if let choices = choices(in: rect) {
      canvas.draw(choices, in: rect)
    } else {
      canvas.draw(slider, in: rect)
    }
  }

  /// The place on the knob, from 0 to 1, that a column means; nil left of the knob.
  func fraction(at x: Int, in rect: Rect) -> Double? {
    if let choices = choices(in: rect) {
      guard let option = choices.option(at: Point(x: x, y: rect.y), in: rect) else { return nil }
      return Double(option) / Double(max(1, knob.positions.count - 1))
    }
    let track = slider.track(in: rect)
    guard !track.isEmpty, x >= track.x - 3 else { return nil }
    return Slider.position(at: x, in: track)
  }

  /// A value as the learner reads it: shares as percent, long names shortened.
  static func text(_ value: String, of key: Knob) -> String {
    if case .fraction = key.kind, let share = Double(value) {
      return "\(Int((share * 100).rounded())) %"
    }
    return value.replacing("percentile:", with: "p")
  }
}
