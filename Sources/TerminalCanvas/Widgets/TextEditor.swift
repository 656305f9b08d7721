/// A box for typing several lines into.
package struct TextEditor: Widget {
  /// The text and the cursor.
  package var state: TextEditorState
  /// What is shown while there is no text.
  package var placeholder: String
  /// Whether the box takes the keys.
  package var isFocused: Bool

  /// Makes a box.
  package init(state: TextEditorState, placeholder: String = "", isFocused: Bool = true) {
    self.state = state
    self.placeholder = placeholder
    self.isFocused = isFocused
  }

  /// The columns that text is wrapped to: one is kept for a cursor behind the last character, and
  /// one for the scroll bar.
  package static func textWidth(in rect: Rect) -> Int { max(2, rect.width - 2) }

  /// The rows above the first one seen, so that the cursor is seen.
  private func offset(of rows: [Range<Int>], in rect: Rect) -> Int {
    let row = state.place(in: rows).row
    return max(0, min(row - rect.height + 1 + rect.height / 3, rows.count - rect.height))
  }

  /// The cell of the cursor, for the terminal's own cursor; nil without room or focus.
  package func cursorPoint(in rect: Rect) -> Point? {
    guard isFocused, !rect.isEmpty else { return nil }
    let rows = state.rows(width: Self.textWidth(in: rect))
    let place = state.place(in: rows)
    return Point(
      x: rect.x + min(place.column, rect.width - 1),
      y: rect.y + place.row - offset(of: rows, in: rect))
  }

  /// The row and column of the text that lie under a cell.
  package func place(at point: Point, in rect: Rect) -> (row: Int, column: Int) {
    let rows = state.rows(width: Self.textWidth(in: rect))
    return (point.y - rect.y + offset(of: rows, in: rect), point.x - rect.x)
  }

  /// Draws the rows that fit, the cursor's among them.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let rows = state.rows(width: Self.textWidth(in: rect))
    let offset = offset(of: rows, in: rect)
    if rows.count == 1, rows[0].isEmpty {
      canvas.write(
        TextWrapping.wrap(placeholder, style: .role(.muted), width: Self.textWidth(in: rect)),
        in: rect)
    }
    for (row, range) in rows.dropFirst(offset).prefix(rect.height).enumerated() {
      canvas.write(
        state.text(of: range), at: Point(x: rect.x, y: rect.y + row), in: rect.splitRight(1).rest)
    }
    ScrollBar(total: rows.count, visible: rect.height, offset: offset).render(
      into: &canvas, in: rect)
    if let cursor = cursorPoint(in: rect) {
      canvas.restyle(Rect(x: cursor.x, y: cursor.y, width: 1, height: 1)) { $0.reverse = true }
    }
  }
}
