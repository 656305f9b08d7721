/// A measured value as words and as a bar, with its error band and the value to compare with.
///
/// The bar ends at the eighth of a cell that the value calls for. The value to compare with is a
/// line across the cell that holds it, and hides the end of the bar when both share a cell.
package struct Gauge: Widget {
  /// What was measured.
  package var title: String
  /// The value in words.
  package var valueText: String
  /// What follows the value: the change, the error.
  package var detail: StyledLine
  /// The line below the bar.
  package var caption: StyledLine
  /// The value.
  package var value: Double
  /// The ends of the error band, if it has one.
  package var band: ClosedRange<Double>?
  /// The value to compare with, if there is one.
  package var baseline: Double?
  /// The values at the two ends of the bar.
  package var range: ClosedRange<Double>
  /// The colour of the bar.
  package var role: Role
  /// The columns kept for the title.
  package var titleWidth: Int

  /// Makes a gauge.
  package init(
    title: String, valueText: String, value: Double, range: ClosedRange<Double> = 0...1,
    band: ClosedRange<Double>? = nil, baseline: Double? = nil, detail: StyledLine = [],
    caption: StyledLine = [], role: Role = .series1, titleWidth: Int = 10
  ) {
    self.title = title
    self.valueText = valueText
    self.value = value
    self.range = range
    self.band = band
    self.baseline = baseline
    self.detail = detail
    self.caption = caption
    self.role = role
    self.titleWidth = titleWidth
  }

  /// Draws words, bar and caption below one another, as far as there are rows.
  ///
  /// In a single row the bar takes what the words leave, if that is 8 columns or more.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    var words: StyledLine = [
      StyledRun(TextFitting.pad(title, to: titleWidth) + " ", .role(.text)),
      StyledRun(valueText, .role(.text, bold: true)),
    ]
    if !detail.isEmpty { words += [StyledRun("  ")] + detail }
    canvas.write(words, row: 0, of: rect)
    if rect.height == 1 {
      let used = TextWidth.width(of: words) + 2
      if rect.width - used >= 8 {
        renderBar(into: &canvas, in: rect.splitLeft(used).rest)
      }
      return
    }
    let row = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: 1)
    renderBar(into: &canvas, in: row)
    canvas.write(caption, row: 2, of: rect)
  }

  private func renderBar(into canvas: inout Canvas, in row: Rect) {
    let glyphs = canvas.glyphs
    let style = Style.role(role)
    let eighths = Bar.eighths(Bar.fraction(of: value, in: range), width: row.width)
    if let band {
      // Every cell that the band touches; the bar then covers the part below the value.
      let columns = cells(of: band, width: row.width)
      canvas.fill(
        Rect(x: row.x + columns.lowerBound, y: row.y, width: columns.count, height: 1),
        with: glyphs.lightShade, style: style)
    }
    canvas.write(
      Bar.text(eighths: eighths, glyphs: glyphs), at: Point(x: row.x, y: row.y), style: style,
      in: row)
    if let band {
      let columns = cells(of: band, width: row.width).clamped(to: 0..<(eighths / 8))
      canvas.fill(
        Rect(x: row.x + columns.lowerBound, y: row.y, width: columns.count, height: 1),
        with: glyphs.darkShade, style: style)
    }
    if let baseline, baseline.isFinite {
      let column = min(
        row.width - 1, Int(Bar.fraction(of: baseline, in: range) * Double(row.width)))
      let isOnBar = column < eighths / 8
      canvas.write(
        String(glyphs.vertical), at: Point(x: row.x + column, y: row.y),
        style: Style(
          foreground: .role(.text), background: isOnBar ? .role(role) : .standard, bold: true),
        in: row)
    }
  }

  /// The columns that a band of values touches.
  private func cells(of band: ClosedRange<Double>, width: Int) -> Range<Int> {
    let low = Int((Bar.fraction(of: band.lowerBound, in: range) * Double(width)).rounded(.down))
    let high = Int((Bar.fraction(of: band.upperBound, in: range) * Double(width)).rounded(.up))
    return min(low, high)..<max(low, high)
  }
}
