/// Rows of which one may be selected.
package struct ListView: Widget {
  /// The rows, top to bottom.
  package var rows: [StyledLine]
  /// The selected row.
  package var selection: Int?
  /// The rows above the first one seen; moved as far as the selection needs it.
  package var offset: Int
  /// Whether the list takes the keys.
  package var isFocused: Bool

  /// Makes a list.
  package init(
    rows: [StyledLine], selection: Int? = nil, offset: Int = 0, isFocused: Bool = true
  ) {
    self.rows = rows
    self.selection = selection
    self.offset = offset
    self.isFocused = isFocused
  }

  /// Returns the offset nearest to the given one at which the selected row is seen.
  package static func offset(
    nearest offset: Int, showing selection: Int?, count: Int, height: Int
  ) -> Int {
    guard height > 0 else { return 0 }
    var result = offset
    if let selection, count > 0 {
      let selected = max(0, min(count - 1, selection))
      result = min(max(result, selected - height + 1), selected)
    }
    return max(0, min(result, ScrollBar.maximumOffset(total: count, visible: height)))
  }

  /// The offset at which the list is drawn in some rows.
  package func drawnOffset(height: Int) -> Int {
    Self.offset(nearest: offset, showing: selection, count: rows.count, height: height)
  }

  /// The row under a cell, if there is one.
  package func row(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point) else { return nil }
    let row = drawnOffset(height: rect.height) + point.y - rect.y
    return row < rows.count ? row : nil
  }

  /// Draws the rows around the selection, with a scroll bar if there are more.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let first = drawnOffset(height: rect.height)
    let bar = ScrollBar(total: rows.count, visible: rect.height, offset: first)
    let hasBar = bar.isNeeded && rect.width > 2
    let body = hasBar ? rect.splitRight(1).rest : rect
    for (row, index) in (first..<min(rows.count, first + rect.height)).enumerated() {
      let space = Rect(x: body.x, y: body.y + row, width: body.width, height: 1)
      canvas.write(rows[index], row: row, of: body)
      if index == selection {
        canvas.restyle(space) { style in
          if isFocused {
            style.foreground = .role(.selection)
            style.background = .role(.selection)
          } else {
            style.bold = true
            style.underline = true
          }
        }
      }
    }
    if hasBar { bar.render(into: &canvas, in: rect) }
  }
}
