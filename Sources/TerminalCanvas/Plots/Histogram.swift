import Foundation
import Localization

/// How often values fall into bins of equal width, with the levels of a quantizer's grid below.
package struct Histogram: Widget {
  /// The text above the bars.
  package var title: String
  /// The number of values in each bin, left to right.
  package var counts: [Int]
  /// The values at the left edge of the first bin and at the right edge of the last.
  package var range: ClosedRange<Double>
  /// The values that the quantizer can represent, each with a tick below the bars.
  package var gridLevels: [Double]
  /// The values that are not clipped; its ends get brackets, and bars outside it another colour.
  package var clipping: ClosedRange<Double>?
  /// A value worth an arrow below the bars, such as the outlier that sets the scale.
  package var outlier: Double?
  /// Whether heights grow with the logarithm of 1 + count.
  package var isLogarithmic: Bool
  /// The colour of the bars.
  package var role: Role

  /// Makes a histogram.
  package init(
    title: String = "", counts: [Int], range: ClosedRange<Double>, gridLevels: [Double] = [],
    clipping: ClosedRange<Double>? = nil, isLogarithmic: Bool = false, role: Role = .series1
  ) {
    self.title = title
    self.counts = counts
    self.range = range
    self.gridLevels = gridLevels
    self.clipping = clipping
    self.isLogarithmic = isLogarithmic
    self.role = role
  }

  /// Returns the heights of the bars, 0 to 1, one for each column.
  ///
  /// With fewer bins than columns a bin spans several; with more, a column shows their mean.
  func heights(width: Int) -> [Double] {
    guard width > 0, !counts.isEmpty else { return [] }
    let means = (0..<width).map { column in
      let first = column * counts.count / width
      let end = max(first + 1, (column + 1) * counts.count / width)
      return counts[first..<end].reduce(0.0) { $0 + Double(max(0, $1)) } / Double(end - first)
    }
    let scaled = isLogarithmic ? means.map { log1p($0) } : means
    guard let top = scaled.max(), top > 0 else { return scaled }
    return scaled.map { $0 / top }
  }

  /// Returns the column of a value among some columns, or nil outside the range.
  func column(of value: Double, width: Int) -> Int? {
    guard width > 0, range.contains(value), range.upperBound > range.lowerBound else { return nil }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    guard share.isFinite else { return nil }
    // A hair to the right, so that levels on a column's edge do not fall to its left by rounding.
    return min(width - 1, Int(share * Double(width) + 1e-9))
  }

  /// Draws title, bars, grid and numbers below one another, as far as there are rows.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let (header, below) = rect.splitTop(rect.height >= 4 && !title.isEmpty ? 1 : 0)
    let (rest, labels) = below.splitBottom(rect.height >= 3 ? 1 : 0)
    let hasTicks = !gridLevels.isEmpty || clipping != nil || outlier != nil
    let (bars, ticks) = rest.splitBottom(hasTicks && rest.height >= 2 ? 1 : 0)
    renderHeader(into: &canvas, in: header)
    renderBars(into: &canvas, in: bars)
    renderTicks(into: &canvas, in: ticks)
    renderLabels(into: &canvas, in: labels)
  }

  private func renderHeader(into canvas: inout Canvas, in header: Rect) {
    guard !header.isEmpty else { return }
    canvas.write([StyledRun(title, .role(.heading))], row: 0, of: header)
    let scale = isLogarithmic ? "log, " : ""
    let peak = scale + "max \(NumberText.grouped(counts.max() ?? 0))"
    let width = TextWidth.width(of: peak)
    guard TextWidth.width(of: title) + 2 + width <= header.width else { return }
    canvas.write([StyledRun(peak, .role(.muted))], row: 0, of: header, alignment: .right)
  }

  private func renderBars(into canvas: inout Canvas, in bars: Rect) {
    let glyphs = canvas.glyphs
    for (x, height) in heights(width: bars.width).enumerated() {
      let eighths = Bar.eighths(height, width: bars.height)
      let style = Style.role(isClipped(column: x, width: bars.width) ? .warning : role)
      for level in 0..<bars.height {
        let character = glyphs.lowerEighths(eighths - 8 * level)
        guard character != " " else { break }
        canvas.write(
          String(character), at: Point(x: bars.x + x, y: bars.maxY - 1 - level), style: style,
          in: bars)
      }
    }
  }

  /// Whether the middle of a column lies outside the values that are not clipped.
  private func isClipped(column: Int, width: Int) -> Bool {
    guard let clipping else { return false }
    let share = (Double(column) + 0.5) / Double(width)
    let middle = range.lowerBound + share * (range.upperBound - range.lowerBound)
    return !clipping.contains(middle)
  }

  private func renderTicks(into canvas: inout Canvas, in ticks: Rect) {
    let glyphs = canvas.glyphs
    guard !ticks.isEmpty else { return }
    for level in gridLevels {
      guard let column = column(of: level, width: ticks.width) else { continue }
      canvas.write(
        String(glyphs.tick), at: Point(x: ticks.x + column, y: ticks.y), style: .role(.accent),
        in: ticks)
    }
    renderClipping(into: &canvas, in: ticks)
    guard let outlier, let column = column(of: outlier, width: ticks.width) else { return }
    canvas.write(
      String(glyphs.arrowUp), at: Point(x: ticks.x + column, y: ticks.y),
      style: .role(.bad, bold: true), in: ticks)
  }

  private func renderClipping(into canvas: inout Canvas, in ticks: Rect) {
    guard let clipping else { return }
    for (end, bracket) in [(clipping.lowerBound, "["), (clipping.upperBound, "]")] {
      guard let column = column(of: end, width: ticks.width) else { continue }
      canvas.write(
        bracket, at: Point(x: ticks.x + column, y: ticks.y), style: .role(.warning, bold: true),
        in: ticks)
    }
  }

  private func renderLabels(into canvas: inout Canvas, in labels: Rect) {
    guard !labels.isEmpty else { return }
    let ticks = PlotTicks(in: range, atMost: max(3, labels.width / 8))
    var free = labels.x
    for (value, label) in zip(ticks.values, ticks.labels) {
      guard let column = column(of: value, width: labels.width) else { continue }
      let width = TextWidth.width(of: label)
      let start = max(labels.x, min(labels.x + column - width / 2, labels.maxX - width))
      guard start >= free, start + width <= labels.maxX else { continue }
      canvas.write(label, at: Point(x: start, y: labels.y), style: .role(.muted), in: labels)
      free = start + width + 1
    }
  }
}
