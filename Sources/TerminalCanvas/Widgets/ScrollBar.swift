/// A column that shows which part of something long is seen.
package struct ScrollBar: Widget {
  /// The rows there are.
  package var total: Int
  /// The rows seen.
  package var visible: Int
  /// The rows above the first one seen.
  package var offset: Int

  /// Makes a scroll bar.
  package init(total: Int, visible: Int, offset: Int) {
    self.total = total
    self.visible = visible
    self.offset = offset
  }

  /// Whether there is more than is seen.
  package var isNeeded: Bool { total > visible && visible > 0 }

  /// The largest useful offset of a list.
  package static func maximumOffset(total: Int, visible: Int) -> Int {
    max(0, total - max(0, visible))
  }

  /// Returns the offset that the row of a mouse event in the column stands for.
  package func offset(atRow row: Int, ofHeight height: Int) -> Int {
    let maximum = Self.maximumOffset(total: total, visible: visible)
    guard height > 1 else { return 0 }
    let fraction = Double(max(0, min(height - 1, row))) / Double(height - 1)
    return Int((fraction * Double(maximum)).rounded())
  }

  /// Returns the first row and the number of rows of the thumb in a column of some height.
  func thumb(height: Int) -> (start: Int, length: Int) {
    guard isNeeded, height > 0 else { return (0, max(0, height)) }
    let share = Double(visible) / Double(total)
    let length = max(1, min(height, Int((share * Double(height)).rounded())))
    let maximum = Self.maximumOffset(total: total, visible: visible)
    let progress = Double(max(0, min(maximum, offset))) / Double(maximum)
    let span = height - length
    let start = Int((progress * Double(span)).rounded())
    // With room to spare the thumb touches an end only when there is nothing beyond.
    guard span >= 2, progress > 0, progress < 1 else { return (start, length) }
    return (max(1, min(span - 1, start)), length)
  }

  /// Draws the bar in the last column, if it is needed.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard isNeeded, !rect.isEmpty else { return }
    let column = Rect(x: rect.maxX - 1, y: rect.y, width: 1, height: rect.height)
    let (start, length) = thumb(height: rect.height)
    canvas.fill(column, with: glyphs.scrollTrack, style: .role(.grid))
    canvas.fill(
      Rect(x: column.x, y: rect.y + start, width: 1, height: length), with: glyphs.scrollThumb,
      style: .role(.accent))
  }
}
