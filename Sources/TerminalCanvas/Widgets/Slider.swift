/// A knob on a track, with a name and a value.
package struct Slider: Widget {
  /// The name on the left.
  package var label: String
  /// The value on the right, in words.
  package var valueText: String
  /// Where the knob stands, from 0 on the left to 1 on the right.
  package var position: Double
  /// Whether the slider takes the keys.
  package var isFocused: Bool
  /// Positions worth seeing, such as a guess or a starting value.
  package var marks: [Double]
  /// The columns kept for the name, so that sliders below one another line up.
  package var labelWidth: Int
  /// The columns kept for the value, so that the track does not move with it.
  package var valueWidth: Int

  /// Makes a slider.
  package init(
    label: String, valueText: String, position: Double, isFocused: Bool = false,
    marks: [Double] = [], labelWidth: Int = 18, valueWidth: Int = 8
  ) {
    self.label = label
    self.valueText = valueText
    self.position = position
    self.isFocused = isFocused
    self.marks = marks
    self.labelWidth = labelWidth
    self.valueWidth = valueWidth
  }

  /// Where the parts of a slider lie.
  private struct Layout {
    var label: Rect
    var leftArrow: Int?
    var track: Rect
    var rightArrow: Int?
    var value: Rect
  }

  private func layout(in rect: Rect) -> Layout {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(1, rect.height))
    let (rest, value) = row.splitRight(min(max(0, valueWidth), row.width))
    // A narrow row shortens the name before it gives up the track.
    let named = min(max(0, labelWidth), rest.width * 5 / 8)
    let (label, middle) = rest.splitLeft(named)
    // A blank, an arrow and a blank on both sides of the track.
    if middle.width >= 6 + 8 {
      return Layout(
        label: label, leftArrow: middle.x + 1, track: middle.inset(horizontally: 3),
        rightArrow: middle.maxX - 2, value: value)
    }
    if middle.width >= 2 + 3 {
      return Layout(
        label: label, leftArrow: nil, track: middle.inset(horizontally: 1), rightArrow: nil,
        value: value)
    }
    // Without room for a track the name takes what there is.
    let words = rest.width > 0 ? rest.splitRight(1).rest : rest
    return Layout(
      label: words, leftArrow: nil, track: Rect(x: rest.maxX, y: row.y, width: 0, height: 0),
      rightArrow: nil, value: value)
  }

  /// The cells of the track, for the mouse; empty where there is no room for one.
  package func track(in rect: Rect) -> Rect {
    layout(in: rect).track
  }

  /// Returns the position that a column of the track stands for; outside it the nearer end.
  package static func position(at x: Int, in track: Rect) -> Double {
    guard track.width > 1 else { return 0 }
    return max(0, min(1, Double(x - track.x) / Double(track.width - 1)))
  }

  /// Returns the column of the track that a position stands on.
  package static func column(of position: Double, in track: Rect) -> Int {
    let limited = position.isNaN ? 0 : max(0, min(1, position))
    return track.x + Int((limited * Double(max(0, track.width - 1))).rounded())
  }

  /// Draws name, track and value in the first row.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let parts = layout(in: rect)
    let labelStyle = isFocused ? Style.role(.accent, bold: true) : .role(.text)
    canvas.write([StyledRun(label, labelStyle)], row: 0, of: parts.label)
    canvas.write(
      [StyledRun(valueText, .role(isFocused ? .accent : .text, bold: isFocused))], row: 0,
      of: parts.value, alignment: .left)
    guard !parts.track.isEmpty else { return }

    let track = parts.track
    let knob = Self.column(of: position, in: track)
    let filled = Style.role(isFocused ? .accent : .series1)
    canvas.fill(track, with: glyphs.sliderTrack, style: .role(.grid))
    canvas.fill(
      Rect(x: track.x, y: track.y, width: knob - track.x, height: 1), with: glyphs.sliderFilled,
      style: filled)
    for mark in marks where mark.isFinite {
      let column = Self.column(of: mark, in: track)
      canvas.write(
        String(glyphs.sliderMark), at: Point(x: column, y: track.y), style: .role(.warning))
    }
    canvas.write(
      String(glyphs.sliderKnob), at: Point(x: knob, y: track.y),
      style: .role(isFocused ? .accent : .text, bold: true), in: track)
    let arrowStyle = Style.role(isFocused ? .accent : .grid)
    if let x = parts.leftArrow {
      canvas.write(String(glyphs.arrowLeft), at: Point(x: x, y: track.y), style: arrowStyle)
    }
    if let x = parts.rightArrow {
      canvas.write(String(glyphs.arrowRight), at: Point(x: x, y: track.y), style: arrowStyle)
    }
  }
}
