/// One place of a terminal's grid.
package struct Cell: Sendable, Hashable {
  /// What is drawn: one character that moves the cursor and the marks upon it.
  package private(set) var character: Character
  /// How it looks.
  package var style: Style
  /// The columns it takes: 1, or 2 for a wide character, or 0 for the second half of one.
  package private(set) var width: Int

  /// Makes a cell; only the canvas does, so that every character has been cleaned.
  init(character: Character, style: Style, width: Int) {
    self.character = character
    self.style = style
    self.width = width
  }

  /// A blank cell.
  package static func blank(_ style: Style = .text) -> Cell {
    Cell(character: " ", style: style, width: 1)
  }

  /// The second half of a wide character.
  static func continuation(_ style: Style) -> Cell {
    Cell(character: " ", style: style, width: 0)
  }

  /// Whether it is the second half of the wide character on its left.
  package var isContinuation: Bool { width == 0 }
}
