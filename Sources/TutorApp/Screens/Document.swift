import Presentation
import TerminalCanvas

/// Set text that is drawn through a window and scrolled.
struct Document: Sendable {
  /// The lines.
  var lines: [StyledLine]

  /// The rectangle that text of a comfortable measure takes inside an area, in its middle.
  static func column(in area: Rect) -> Rect {
    let width = min(area.width - 4, LessonTypesetter.comfortableMeasure)
    return Rect(x: area.x + (area.width - width) / 2, y: area.y, width: width, height: area.height)
  }

  /// Draws the lines from an offset on, with a scroll bar beside them when not all fit.
  func draw(into canvas: inout Canvas, in column: Rect, offset: Int) {
    let first = max(0, min(offset, lines.count - column.height))
    for row in 0..<column.height where first + row < lines.count {
      _ = canvas.write(lines[first + row], at: Point(x: column.x, y: column.y + row), in: column)
    }
    guard lines.count > column.height else { return }
    ScrollBar(total: lines.count, visible: column.height, offset: first).render(
      into: &canvas, in: Rect(x: column.maxX + 1, y: column.y, width: 1, height: column.height))
  }
}
