/// Where text stands in a space wider than itself.
package enum TextAlignment: Sendable, Hashable {
  /// At the left edge.
  case left
  /// In the middle; an odd column goes to the right.
  case center
  /// At the right edge.
  case right
}

/// The number of columns that text takes on a terminal.
///
/// The widths are those of the cells that `Canvas.write` fills, so measuring and drawing always
/// agree. They come from a table of our own and need no locale.
package enum TextWidth {
  /// Returns the columns of a text.
  package static func width(of text: String) -> Int {
    var columns = 0
    TextCells.forEach(in: text) { _, width in columns += width }
    return columns
  }

  /// Returns the columns of one character as a reader sees it, 0 when it is dropped.
  package static func width(of character: Character) -> Int {
    // Control characters too take a column: they are replaced, not dropped.
    if character.isASCII { return 1 }
    return width(of: String(character))
  }

  /// Returns the columns of a line.
  package static func width(of line: StyledLine) -> Int {
    line.reduce(0) { $0 + width(of: $1.text) }
  }
}
