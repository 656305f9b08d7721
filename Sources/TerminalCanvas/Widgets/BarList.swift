/// Named values as bars below one another.
package struct BarList: Widget {
  /// One named value.
  package struct Item: Sendable, Hashable {
    /// The name on the left.
    package var label: String
    /// The value.
    package var value: Double
    /// The value in words, on the right.
    package var valueText: String
    /// The colour of the bar.
    package var role: Role

    /// Makes a named value.
    package init(_ label: String, value: Double, valueText: String, role: Role = .series1) {
      self.label = label
      self.value = value
      self.valueText = valueText
      self.role = role
    }
  }

  /// The values, top to bottom.
  package var items: [Item]
  /// The value of a full bar; without it, the largest value there is.
  package var maximum: Double?
  /// The most columns that names take.
  package var labelLimit: Int

  /// Makes a list of bars.
  package init(_ items: [Item], maximum: Double? = nil, labelLimit: Int = 24) {
    self.items = items
    self.maximum = maximum
    self.labelLimit = labelLimit
  }

  /// The columns of the bars in a rectangle.
  func barSpace(in rect: Rect) -> Rect {
    let label = min(
      labelLimit, rect.width / 2, items.map { TextWidth.width(of: $0.label) }.max() ?? 0)
    let value = items.map { TextWidth.width(of: $0.valueText) }.max() ?? 0
    let rest = rect.splitLeft(label > 0 ? label + 1 : 0).rest
    // Words say more than a bar: where both do not fit the bar goes.
    return rest.splitRight(value > 0 ? value + 1 : 0).rest
  }

  /// Draws a row for each value, from the first on.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let space = barSpace(in: rect)
    let finite = items.map(\.value).filter(\.isFinite)
    let top = maximum ?? finite.max() ?? 0
    for (row, item) in items.prefix(rect.height).enumerated() {
      let line = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
      let label = Rect(x: line.x, y: line.y, width: max(0, space.x - line.x - 1), height: 1)
      canvas.write([StyledRun(item.label)], row: 0, of: label)
      let fraction = top > 0 ? item.value / top : 0
      let bar = Rect(x: space.x, y: line.y, width: space.width, height: 1)
      canvas.write(
        Bar.text(fraction, width: space.width, glyphs: glyphs), at: Point(x: bar.x, y: bar.y),
        style: .role(item.role), in: bar)
      let value = Rect(x: space.maxX, y: line.y, width: max(0, rect.maxX - space.maxX), height: 1)
      canvas.write(
        [StyledRun(item.valueText, .role(.text, bold: true))], row: 0, of: value, alignment: .right)
    }
  }
}
