/// Named bars of parts below one another, with lines at values worth comparing with.
///
/// Parts differ in shade as well as in colour, so that they can be told apart without colours.
package struct StackedBarList: Widget {
  /// One bar.
  package struct Item: Sendable, Hashable {
    /// The name on the left.
    package var label: String
    /// The parts, left to right.
    package var segments: [StackedBar.Segment]
    /// The whole in words, on the right.
    package var valueText: String
    /// A line below the bar, where there is room.
    package var detail: StyledLine

    /// Makes a bar.
    package init(
      _ label: String, segments: [StackedBar.Segment], valueText: String, detail: StyledLine = []
    ) {
      self.label = label
      self.segments = segments
      self.valueText = valueText
      self.detail = detail
    }
  }

  /// The bars, top to bottom.
  package var items: [Item]
  /// The value of a full bar.
  package var maximum: Double
  /// Values with a line from top to bottom.
  package var marks: [PlotMark]

  /// Makes a list of bars.
  package init(_ items: [Item], maximum: Double, marks: [PlotMark] = []) {
    self.items = items
    self.maximum = maximum
    self.marks = marks
  }

  /// The shade of a role's parts.
  package static func shade(of role: Role, glyphs: GlyphSet) -> Character {
    switch role {
    case .series1: glyphs.fullBlock
    case .series2: glyphs.mediumShade
    case .series3: glyphs.darkShade
    default: glyphs.lightShade
    }
  }

  /// The columns of the bars in a rectangle.
  func barSpace(in rect: Rect) -> Rect {
    let label = min(rect.width / 3, items.map { TextWidth.width(of: $0.label) }.max() ?? 0)
    let value = items.map { TextWidth.width(of: $0.valueText) }.max() ?? 0
    return rect.splitLeft(label > 0 ? label + 1 : 0).rest.splitRight(value > 0 ? value + 1 : 0).rest
  }

  /// The rows that a bar takes: with its detail and a blank line where there is room.
  private func rowsPerItem(in rect: Rect) -> Int {
    let hasDetail = items.contains { !$0.detail.isEmpty }
    return max(1, min(hasDetail ? 3 : 1, rect.height / max(1, items.count)))
  }

  /// Draws the bars, then the lines over them.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty, !items.isEmpty else { return }
    let space = barSpace(in: rect)
    let step = rowsPerItem(in: rect)
    for (index, item) in items.enumerated() where index * step < rect.height {
      let y = rect.y + index * step
      canvas.write(
        [StyledRun(item.label)], row: 0,
        of: Rect(x: rect.x, y: y, width: max(0, space.x - rect.x - 1), height: 1))
      renderBar(
        item, into: &canvas, in: Rect(x: space.x, y: y, width: space.width, height: 1))
      canvas.write(
        [StyledRun(item.valueText, .role(.text, bold: true))], row: 0,
        of: Rect(x: space.maxX, y: y, width: rect.maxX - space.maxX, height: 1), alignment: .right)
      if step > 1, y + 1 < rect.maxY {
        canvas.write(
          item.detail, row: 0, of: Rect(x: rect.x, y: y + 1, width: rect.width, height: 1),
          alignment: .right)
      }
    }
    for mark in marks where maximum > 0 && mark.value <= maximum && space.width > 0 {
      let column = space.x + min(space.width - 1, Int(mark.value / maximum * Double(space.width)))
      for index in items.indices where index * step < rect.height {
        canvas.write(
          String(glyphs.dashedVertical), at: Point(x: column, y: rect.y + index * step),
          style: .role(mark.role, bold: true), in: rect)
      }
    }
  }

  private func renderBar(_ item: Item, into canvas: inout Canvas, in bar: Rect) {
    let glyphs = canvas.glyphs
    let cells = StackedBar(item.segments, maximum: maximum).cells(width: bar.width)
    var x = bar.x
    for (segment, count) in zip(item.segments, cells) {
      canvas.fill(
        Rect(x: x, y: bar.y, width: count, height: 1),
        with: Self.shade(of: segment.role, glyphs: glyphs), style: .role(segment.role))
      x += count
    }
  }
}
