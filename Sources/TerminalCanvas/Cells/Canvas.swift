/// A grid of cells that widgets draw into.
///
/// A wide character fills two cells: its own and a continuation. The canvas keeps the pair whole:
/// whoever overwrites one half turns the other into a blank, and a wide character that an edge would
/// cut is drawn as a blank.
package struct Canvas: Sendable, Equatable {
  /// The extent.
  package let size: Size
  /// The characters that widgets draw with.
  package let glyphs: GlyphSet
  /// The part that drawing may touch; always inside the canvas.
  package private(set) var clip: Rect
  /// The cells, row by row.
  var cells: [Cell]

  /// Makes a blank canvas.
  package init(size: Size, style: Style = .text, glyphs: GlyphSet = .unicode) {
    self.size = size
    self.glyphs = glyphs
    clip = Rect(size)
    cells = Array(repeating: .blank(style), count: size.width * size.height)
  }

  /// Makes a blank canvas of some columns and rows.
  package init(width: Int, height: Int, glyphs: GlyphSet = .unicode) {
    self.init(size: Size(width: width, height: height), glyphs: glyphs)
  }

  /// The whole canvas.
  package var bounds: Rect { Rect(size) }

  /// The cell of a column and a row.
  package subscript(x: Int, y: Int) -> Cell {
    precondition(bounds.contains(Point(x: x, y: y)), "The cell must lie inside the canvas.")
    return cells[y * size.width + x]
  }

  /// Draws with the clip narrowed to a rectangle, and widens it again.
  package mutating func clipped(to rect: Rect, _ draw: (inout Canvas) -> Void) {
    let outer = clip
    clip = clip.intersection(rect)
    draw(&self)
    clip = outer
  }

  /// The rows as text without the blanks at their ends.
  package var lines: [String] {
    (0..<size.height).map { y in
      var line = ""
      var pendingBlanks = 0
      for cell in cells[(y * size.width)..<((y + 1) * size.width)] where !cell.isContinuation {
        if cell.character == " " {
          pendingBlanks += 1
        } else {
          line += String(repeating: " ", count: pendingBlanks)
          pendingBlanks = 0
          line.append(cell.character)
        }
      }
      return line
    }
  }

  /// The rows as one text, without blank rows at the end.
  package var text: String {
    var rows = lines
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.joined(separator: "\n")
  }
}
