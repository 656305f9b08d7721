/// Distributions below one another: a box from quartile to quartile, whiskers, and outliers.
///
/// Boxes lie along a common horizontal axis. Their ends stand at eighths of a cell; a box that is
/// narrower than a cell is a stroke at its place.
package struct BoxPlot: Widget {
  /// One distribution, or a heading between them.
  package struct Row: Sendable, Hashable {
    /// The name on the left.
    package var label: String
    /// The numbers; nil for a heading, whose name runs over the whole row.
    package var box: Box?
    /// What is written on the right.
    package var valueText: String
    /// The colour of the box.
    package var role: Role

    /// Makes a row with a distribution.
    package init(_ label: String, _ box: Box, valueText: String = "", role: Role = .series1) {
      self.label = label
      self.box = box
      self.valueText = valueText
      self.role = role
    }

    /// Makes a heading.
    package init(heading: String) {
      label = heading
      box = nil
      valueText = ""
      role = .heading
    }
  }

  /// The five numbers of a distribution and what lies apart from it.
  package struct Box: Sendable, Hashable {
    /// The outermost values that are no outliers.
    package var whiskers: ClosedRange<Double>
    /// The values that a quarter and three quarters lie below.
    package var quartiles: ClosedRange<Double>
    /// The middle value.
    package var median: Double
    /// Values beyond the whiskers.
    package var outliers: [Double]

    /// Makes a box.
    package init(
      whiskers: ClosedRange<Double>, quartiles: ClosedRange<Double>, median: Double,
      outliers: [Double] = []
    ) {
      self.whiskers = whiskers
      self.quartiles = quartiles
      self.median = median
      self.outliers = outliers
    }
  }

  /// The rows from top to bottom.
  package var rows: [Row]
  /// The direction of the values; without a range it goes from 0 to beyond the last whisker.
  package var axis: PlotAxis
  /// Values with a line from top to bottom behind the boxes.
  package var markers: [PlotMark]

  /// Makes a plot.
  package init(rows: [Row], axis: PlotAxis = PlotAxis(), markers: [PlotMark] = []) {
    self.rows = rows
    self.axis = axis
    self.markers = markers
  }

  /// The values at the ends of the axis.
  var ends: ClosedRange<Double> {
    if let range = axis.range, range.lowerBound < range.upperBound { return range }
    let tops = rows.compactMap(\.box?.whiskers.upperBound) + markers.map(\.value)
    let top = tops.filter(\.isFinite).max() ?? 1
    return 0...(top > 0 ? top * 1.08 : 1)
  }

  /// The cells of the boxes in a rectangle.
  func plotArea(in rect: Rect) -> Rect {
    let label = min(
      rect.width / 2,
      max(
        rows.filter { $0.box != nil }.map { TextWidth.width(of: $0.label) }.max() ?? 0,
        TextWidth.width(of: axis.label)))
    let value = rows.map { TextWidth.width(of: $0.valueText) }.max() ?? 0
    let rest = rect.splitLeft(label > 0 ? label + 1 : 0).rest
    let (plot, _) = rest.splitRight(value > 0 ? value + 1 : 0)
    return plot.splitTop(min(rows.count, plot.height)).top
  }

  /// Draws a row for each distribution and, where there is room, ticks and an axis below.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let plot = plotArea(in: rect)
    let ends = ends
    canvas.clipped(to: rect) { canvas in
      for mark in markers {
        guard let eighth = eighth(of: mark.value, ends, plot) else { continue }
        canvas.fill(
          Rect(
            x: plot.x + min(eighth / 8, plot.width - 1), y: plot.y, width: 1, height: plot.height),
          with: glyphs.dashedVertical, style: .role(mark.role))
      }
      for (index, row) in rows.prefix(plot.height).enumerated() {
        let y = rect.y + index
        guard let box = row.box else {
          canvas.write([StyledRun(row.label, .role(row.role))], row: index, of: rect)
          continue
        }
        canvas.write(
          [StyledRun(row.label)], row: 0,
          of: Rect(x: rect.x, y: y, width: max(0, plot.x - rect.x - 1), height: 1))
        draw(
          box, role: row.role, into: &canvas, ends,
          in: Rect(x: plot.x, y: y, width: plot.width, height: 1))
        canvas.write(
          [StyledRun(row.valueText, .role(.text, bold: true))], row: 0,
          of: Rect(x: plot.maxX, y: y, width: max(0, rect.maxX - plot.maxX), height: 1),
          alignment: .right)
      }
      drawAxis(into: &canvas, ends, plot, rect)
    }
  }

  /// The place of a value in eighths of a cell from the left end; nil outside the axis.
  private func eighth(of value: Double, _ ends: ClosedRange<Double>, _ plot: Rect) -> Int? {
    guard plot.width > 0, ends.contains(value) else { return nil }
    return Bar.eighths(Bar.fraction(of: value, in: ends), width: plot.width)
  }

  private func draw(
    _ box: Box, role: Role, into canvas: inout Canvas, _ ends: ClosedRange<Double>, in line: Rect
  ) {
    let glyphs = canvas.glyphs
    guard line.width > 0 else { return }
    func place(_ value: Double) -> Int {
      Bar.eighths(Bar.fraction(of: value, in: ends), width: line.width)
    }
    let style = Style.role(role)
    func put(_ character: Character, at cell: Int, _ style: Style) {
      guard (0..<line.width).contains(cell) else { return }
      canvas.write(String(character), at: Point(x: line.x + cell, y: line.y), style: style)
    }
    let lastCell = line.width - 1
    let left = min(place(box.whiskers.lowerBound) / 8, lastCell)
    let right = min(place(box.whiskers.upperBound) / 8, lastCell)
    for cell in left...max(left, right) {
      put(glyphs.horizontal, at: cell, style)
    }
    put(glyphs.teeRight, at: left, style)
    if right > left { put(glyphs.teeLeft, at: right, style) }

    let start = min(place(box.quartiles.lowerBound), line.width * 8 - 1)
    let end = max(start + 1, place(box.quartiles.upperBound))
    for cell in start / 8...min((end - 1) / 8, lastCell) {
      let (character, isReversed) = Self.filled(
        from: start - cell * 8, to: end - cell * 8, glyphs: glyphs)
      put(
        character, at: cell,
        isReversed ? Style(foreground: .role(role), reverse: true) : style)
    }
    // Inside a wide box the median is a line; a narrow box shows it by its place.
    if end - start >= 24 {
      let median = min(place(box.median) / 8, lastCell)
      put(glyphs.vertical, at: median, Style(foreground: .role(role), reverse: glyphs == .unicode))
    }
    for outlier in box.outliers {
      if outlier > ends.upperBound {
        put(glyphs.pointer, at: lastCell, .role(.muted))
      } else {
        let cell = min(place(outlier) / 8, lastCell)
        if cell < left || cell > right { put(glyphs.bullet, at: cell, style) }
      }
    }
  }

  /// The character that fills a cell between two of its eighths, and whether its colours change
  /// places, since block characters grow from the left alone.
  static func filled(from: Int, to: Int, glyphs: GlyphSet) -> (Character, isReversed: Bool) {
    let start = max(0, from)
    let end = min(8, to)
    if start == 0, end == 8 { return (glyphs.fullBlock, false) }
    guard glyphs == .unicode else { return (end - start >= 4 ? glyphs.fullBlock : "|", false) }
    if start == 0 { return (glyphs.leftEighths(end), false) }
    if end == 8 { return (glyphs.leftEighths(start), true) }
    return (glyphs.scrollThumb, false)
  }

  /// Draws the ticks below the boxes; with two rows of room an axis between.
  private func drawAxis(
    into canvas: inout Canvas, _ ends: ClosedRange<Double>, _ plot: Rect, _ rect: Rect
  ) {
    let glyphs = canvas.glyphs
    let room = rect.maxY - plot.maxY
    guard room > 0, plot.width > 0 else { return }
    let line = Rect(x: plot.x, y: plot.maxY, width: plot.width, height: room > 1 ? 1 : 0)
    let names = Rect(x: plot.x, y: plot.maxY + line.height, width: rect.maxX - plot.x, height: 1)
    canvas.fill(line, with: glyphs.horizontal, style: .role(.grid))
    canvas.write(
      [StyledRun(axis.label, .role(.muted))], row: 0,
      of: Rect(x: rect.x, y: names.y, width: max(0, plot.x - rect.x - 1), height: 1))
    var free = names.x
    for tick in axis.ticks(in: ends, atMost: max(2, plot.width / 7)) {
      guard let eighth = eighth(of: tick.value, ends, plot) else { continue }
      let column = plot.x + min(eighth / 8, plot.width - 1)
      if !line.isEmpty {
        canvas.write(String(glyphs.teeDown), at: Point(x: column, y: line.y), style: .role(.grid))
      }
      let width = TextWidth.width(of: tick.label)
      let start = max(names.x, min(column - width / 2, names.maxX - width))
      guard start >= free, start + width <= names.maxX else { continue }
      canvas.write(tick.label, at: Point(x: start, y: names.y), style: .role(.muted))
      free = start + width + 1
    }
  }
}
