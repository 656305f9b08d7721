import TerminalCanvas

/// How far a text is scrolled.
struct ScrollState: Sendable, Hashable {
  /// The first visible line.
  var offset = 0

  /// Carries out a scrolling command over a text of some lines; false if it is another command.
  mutating func perform(_ command: Command, lines: Int, visible: Int) -> Bool {
    switch command {
    case .up: offset -= 1
    case .down: offset += 1
    case .pageUp: offset -= max(1, visible - 1)
    case .pageDown: offset += max(1, visible - 1)
    case .first: offset = 0
    case .last: offset = lines
    default: return false
    }
    clamp(lines: lines, visible: visible)
    return true
  }

  /// Follows the mouse wheel.
  mutating func scroll(_ mouse: MouseEvent, lines: Int, visible: Int) {
    switch mouse.action {
    case .scrollUp: offset -= 3
    case .scrollDown: offset += 3
    default: return
    }
    clamp(lines: lines, visible: visible)
  }

  /// Keeps the offset where there is text.
  mutating func clamp(lines: Int, visible: Int) {
    offset = max(0, min(offset, lines - visible))
  }
}

/// Which row of a list is selected.
struct SelectionState: Sendable, Hashable {
  /// The selected row.
  var index: Int

  init(_ index: Int = 0) {
    self.index = index
  }

  /// Carries out a command that moves the selection; false if it is another command.
  mutating func perform(_ command: Command, count: Int, visible: Int) -> Bool {
    switch command {
    case .up: index -= 1
    case .down: index += 1
    case .pageUp: index -= max(1, visible - 1)
    case .pageDown: index += max(1, visible - 1)
    case .first: index = 0
    case .last: index = count - 1
    default: return false
    }
    clamp(count: count)
    return true
  }

  /// Keeps the selection on a row.
  mutating func clamp(count: Int) {
    index = max(0, min(index, count - 1))
  }

  /// Takes a press on a row; true if it was selected already, and so is to be opened.
  mutating func press(_ row: Int) -> Bool {
    defer { index = row }
    return index == row
  }

  /// The first visible row with the selected one in the middle, as far as the ends allow.
  func offset(count: Int, visible: Int) -> Int {
    max(0, min(index - visible / 2, count - visible))
  }
}
