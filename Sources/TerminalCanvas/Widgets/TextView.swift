/// Lines of text that are scrolled.
///
/// The lines are wrapped beforehand, once for each width, with `TextView.wrap`.
package struct TextView: Widget {
  /// The lines, top to bottom.
  package var lines: [StyledLine]
  /// The lines above the first one seen.
  package var offset: Int

  /// Makes a view of wrapped lines.
  package init(lines: [StyledLine], offset: Int = 0) {
    self.lines = lines
    self.offset = offset
  }

  /// Wraps paragraphs for a rectangle, whose last column is kept for the scroll bar.
  package static func wrap(
    _ paragraphs: [StyledLine], for rect: Rect, hangingIndent: Int = 0
  ) -> [StyledLine] {
    let width = textWidth(in: rect)
    return paragraphs.flatMap {
      TextWrapping.wrap($0, width: width, hangingIndent: hangingIndent)
    }
  }

  /// The columns for text beside the scroll bar.
  package static func textWidth(in rect: Rect) -> Int {
    rect.width > 2 ? rect.width - 1 : rect.width
  }

  /// The largest useful offset in some rows.
  package func maximumOffset(height: Int) -> Int {
    ScrollBar.maximumOffset(total: lines.count, visible: height)
  }

  /// Draws the lines from the offset on, with a scroll bar if there are more.
  package func render(into canvas: inout Canvas, in rect: Rect, glyphs: GlyphSet) {
    guard !rect.isEmpty else { return }
    let first = max(0, min(offset, maximumOffset(height: rect.height)))
    let bar = ScrollBar(total: lines.count, visible: rect.height, offset: first)
    let hasBar = bar.isNeeded && rect.width > 2
    let body = hasBar ? rect.splitRight(1).rest : rect
    for (row, line) in lines[first..<min(lines.count, first + rect.height)].enumerated() {
      canvas.write(line, at: Point(x: body.x, y: body.y + row), in: body)
    }
    if hasBar { bar.render(into: &canvas, in: rect, glyphs: glyphs) }
  }
}
