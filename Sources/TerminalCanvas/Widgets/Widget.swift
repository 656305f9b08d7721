/// Something that draws itself into a rectangle of a canvas.
///
/// A widget is a value: its data, what is selected, how far it is scrolled. It never draws outside
/// its rectangle, and any size is good, also none.
package protocol Widget: Sendable {
  /// Draws into a rectangle with the glyphs of the canvas.
  func render(into canvas: inout Canvas, in rect: Rect)
}

extension Canvas {
  /// Draws a widget clipped to a rectangle.
  package mutating func draw(_ widget: any Widget, in rect: Rect) {
    clipped(to: rect) { widget.render(into: &$0, in: rect) }
  }

  /// Writes a line fitted to a row of a rectangle: shortened with an ellipsis, or aligned.
  package mutating func write(
    _ line: StyledLine, row: Int, of rect: Rect, alignment: TextAlignment = .left
  ) {
    guard row >= 0, row < rect.height, rect.width > 0 else { return }
    let fitted = TextFitting.truncate(line, to: rect.width, ellipsis: String(glyphs.ellipsis))
    let (left, _) = TextFitting.margins(
      for: TextWidth.width(of: fitted), in: rect.width, alignment)
    write(fitted, at: Point(x: rect.x + left, y: rect.y + row), in: rect)
  }

  /// Writes lines below one another, as far as they fit.
  package mutating func write(_ lines: some Sequence<StyledLine>, in rect: Rect) {
    for (row, line) in lines.enumerated() { write(line, row: row, of: rect) }
  }
}
