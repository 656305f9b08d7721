/// A key of the keyboard.
package enum Key: Sendable, Hashable {
  /// A typed character, whole (a Chinese character or an accented letter is one).
  case character(Character)
  /// Control and a letter, given in lower case.
  case control(Character)
  /// Return or Enter.
  case enter
  /// Escape.
  case escape
  /// Tabulator.
  case tab
  /// Shift and tabulator.
  case backTab
  /// Delete to the left.
  case backspace
  /// Delete to the right.
  case delete
  /// Cursor up.
  case up
  /// Cursor down.
  case down
  /// Cursor left.
  case left
  /// Cursor right.
  case right
  /// Shift and cursor left.
  case shiftLeft
  /// Shift and cursor right.
  case shiftRight
  /// Start of line or list.
  case home
  /// End of line or list.
  case end
  /// One page up.
  case pageUp
  /// One page down.
  case pageDown
  /// A function key, from 1.
  case function(Int)
  /// One word to the left: Control or Alt and cursor left, or Alt and b.
  case wordLeft
  /// One word to the right: Control or Alt and cursor right, or Alt and f.
  case wordRight
  /// Delete the word to the left: Alt and backspace.
  case deleteWordLeft
  /// Delete the word to the right: Alt and d, or Control and delete.
  case deleteWordRight

  /// The key that a screen without a text means by one that moves or deletes by words.
  package var withoutModifier: Key {
    switch self {
    case .wordLeft: .left
    case .wordRight: .right
    case .deleteWordLeft: .backspace
    case .deleteWordRight: .delete
    default: self
    }
  }
}

/// What the mouse did.
package struct MouseEvent: Sendable, Hashable {
  /// The kind of action.
  package enum Action: Sendable, Hashable {
    /// The left button went down.
    case press
    /// The mouse moved with the left button down.
    case drag
    /// The left button went up.
    case release
    /// The wheel turned away from the user.
    case scrollUp
    /// The wheel turned towards the user.
    case scrollDown
  }

  /// What happened.
  package var action: Action
  /// The cell under the pointer.
  package var point: Point

  /// Makes a mouse event.
  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}

/// What a terminal reports.
package enum InputEvent: Sendable, Hashable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(MouseEvent)
  /// Text was pasted as a whole; its line ends are line feeds, and it has no other controls but tabs.
  case paste(String)
  /// The window has another size.
  case resize(Size)
  /// Another part of the program asked for attention through `wake()`.
  case wake
  /// The process was asked to end by the signal of this number.
  case terminate(signal: Int32)
}
