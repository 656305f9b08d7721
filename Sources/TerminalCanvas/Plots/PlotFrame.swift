/// Where the parts of a plot lie, and how values become dots.
///
/// Little room drops parts in turn: the name of the horizontal axis, the header, the names of the
/// ticks, the axes.
struct PlotFrame {
  /// The row of title and legend.
  let header: Rect
  /// The cells of the curve.
  let plot: Rect
  /// The values at the left and right end.
  let horizontal: ClosedRange<Double>
  /// The values at the lower and upper end.
  let vertical: ClosedRange<Double>
  /// The ticks of the vertical axis.
  let verticalTicks: [(value: Double, label: String)]
  private let axisRow: Rect
  private let tickRow: Rect
  private let labelRow: Rect
  private let labelColumn: Rect
  private let axisColumn: Rect

  /// Lays out a plot in a rectangle.
  init(
    in rect: Rect, horizontal: ClosedRange<Double>, vertical: ClosedRange<Double>, yAxis: PlotAxis,
    hasHeader: Bool, hasLabel: Bool
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    let (header, below) = rect.splitTop(hasHeader && rect.height >= 5 ? 1 : 0)
    let (rest1, labelRow) = below.splitBottom(hasLabel && rect.height >= 8 ? 1 : 0)
    let (rest2, tickRow) = rest1.splitBottom(rect.height >= 4 ? 1 : 0)
    let (body, axisRow) = rest2.splitBottom(rect.height >= 3 ? 1 : 0)
    let ticks = yAxis.ticks(in: vertical, atMost: max(2, min(8, (body.height + 1) / 2)))
    let labelWidth = ticks.map { TextWidth.width(of: $0.label) }.max() ?? 0
    let names = rect.width >= labelWidth + 9 ? labelWidth : 0
    let (labelColumn, right) = body.splitLeft(names)
    let (axisColumn, plot) = right.splitLeft(rect.width >= 4 ? 1 : 0)
    verticalTicks = ticks
    self.header = header
    self.plot = plot
    self.labelColumn = labelColumn
    self.axisColumn = axisColumn
    let margin = plot.x - rect.x
    self.axisRow = axisRow.splitLeft(margin).rest
    self.tickRow = tickRow.splitLeft(margin).rest
    self.labelRow = labelRow.splitLeft(margin).rest
  }

  /// The share of the way from left to right at which a value lies, or nil if it is no number.
  func across(_ x: Double) -> Double? {
    let share = (x - horizontal.lowerBound) / (horizontal.upperBound - horizontal.lowerBound)
    return share.isFinite ? share : nil
  }

  /// The share of the way from bottom to top at which a value lies, or nil if it is no number.
  func up(_ y: Double) -> Double? {
    let share = (y - vertical.lowerBound) / (vertical.upperBound - vertical.lowerBound)
    return share.isFinite ? share : nil
  }

  /// The number of the dot column of a share within 0…1.
  func dotX(_ share: Double) -> Int {
    Int((share * Double(plot.width * 2 - 1)).rounded())
  }

  /// The number of the dot row, from above, of a share within 0…1.
  func dotY(_ share: Double) -> Int {
    plot.height * 4 - 1 - Int((share * Double(plot.height * 4 - 1)).rounded())
  }

  /// The column of cells of a value, or nil outside the plot.
  func column(_ x: Double) -> Int? {
    guard plot.width > 0, let share = across(x), (0...1).contains(share) else { return nil }
    return plot.x + dotX(share) / 2
  }

  /// The row of cells of a value, or nil outside the plot.
  func row(_ y: Double) -> Int? {
    guard plot.height > 0, let share = up(y), (0...1).contains(share) else { return nil }
    return plot.y + dotY(share) / 4
  }

  /// Draws axes, ticks and their names.
  func render(into canvas: inout Canvas, xAxis: PlotAxis) {
    let glyphs = canvas.glyphs
    let line = Style.role(.grid)
    let words = Style.role(.muted)
    canvas.fill(axisColumn, with: glyphs.vertical, style: line)
    canvas.fill(axisRow, with: glyphs.horizontal, style: line)
    if !axisRow.isEmpty, !axisColumn.isEmpty {
      canvas.write(String(glyphs.bottomLeft), at: Point(x: axisColumn.x, y: axisRow.y), style: line)
    }
    for tick in verticalTicks {
      guard let row = row(tick.value) else { continue }
      if !axisColumn.isEmpty {
        canvas.write(String(glyphs.teeLeft), at: Point(x: axisColumn.x, y: row), style: line)
      }
      canvas.write(
        [StyledRun(tick.label, words)], row: row - labelColumn.y, of: labelColumn, alignment: .right
      )
    }
    renderHorizontalTicks(into: &canvas, axis: xAxis)
    canvas.write([StyledRun(xAxis.label, words)], row: 0, of: labelRow, alignment: .center)
  }

  private func renderHorizontalTicks(into canvas: inout Canvas, axis: PlotAxis) {
    let glyphs = canvas.glyphs
    var free = tickRow.x
    for tick in axis.ticks(in: horizontal, atMost: max(2, plot.width / 8)) {
      guard let column = column(tick.value) else { continue }
      if !axisRow.isEmpty {
        canvas.write(
          String(glyphs.teeDown), at: Point(x: column, y: axisRow.y), style: .role(.grid))
      }
      let width = TextWidth.width(of: tick.label)
      let start = max(tickRow.x, min(column - width / 2, tickRow.maxX - width))
      // A name that would touch the one before it is left out.
      guard !tickRow.isEmpty, start >= free, start + width <= tickRow.maxX else { continue }
      canvas.write(tick.label, at: Point(x: start, y: tickRow.y), style: .role(.muted))
      free = start + width + 1
    }
  }
}
