/// A text of several lines while it is being edited.
///
/// The cursor counts characters as a reader sees them, so that a Chinese character or an accented
/// letter is one step. Lines that are too long for the window are wrapped, and up and down follow the
/// rows as they are seen.
package struct TextEditorState: Sendable, Hashable {
  private var characters: [Character]
  /// The number of characters before the cursor.
  package private(set) var cursor: Int
  /// The column that up and down aim at, through rows too short for it.
  private var aim: Int?

  /// Starts with a text and the cursor at its end.
  package init(_ text: String = "") {
    characters = []
    cursor = 0
    insert(text)
  }

  /// The text, its lines parted by line feeds.
  package var text: String { String(characters) }

  /// Whether nothing but blanks was typed.
  package var isBlank: Bool { characters.allSatisfy(\.isWhitespace) }

  /// Puts text in at the cursor; a tabulator becomes two blanks, other control characters are left
  /// out.
  package mutating func insert(_ addition: String) {
    var cleaned = ""
    for character in addition {
      if character.isNewline {
        cleaned.append("\n")
      } else if character == "\t" {
        cleaned.append("  ")
      } else {
        for scalar in character.unicodeScalars where !TextFieldState.isControl(scalar) {
          cleaned.unicodeScalars.append(scalar)
        }
      }
    }
    // A mark may join the character before it, so the characters are formed anew.
    let before = String(characters[..<cursor]) + cleaned
    characters = Array(before + String(characters[cursor...]))
    cursor = min(before.count, characters.count)
    aim = nil
  }

  /// Does what a key means in a text wrapped to some columns, and returns whether it means anything.
  package mutating func handle(_ key: Key, width: Int) -> Bool {
    if let rows = Self.rowsToMove(key) {
      moveVertically(by: rows, width: width)
      return true
    }
    aim = nil
    switch key {
    case .character(let character): insert(String(character))
    case .enter: insert("\n")
    case .tab: insert("\t")
    case .backspace, .control("h"): delete(from: cursor - 1, to: cursor)
    case .delete, .control("d"): delete(from: cursor, to: cursor + 1)
    case .control("w"): delete(from: wordStart, to: cursor)
    case .control("u"): delete(from: lineStart, to: cursor)
    case .control("k"): delete(from: cursor, to: max(lineEnd, cursor + (isAtLineEnd ? 1 : 0)))
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .wordLeft, .shiftLeft: cursor = wordStart
    case .wordRight, .shiftRight: cursor = wordEnd
    case .deleteWordLeft: delete(from: wordStart, to: cursor)
    case .deleteWordRight: delete(from: cursor, to: wordEnd)
    case .home, .control("a"): cursor = lineStart
    case .end, .control("e"): cursor = lineEnd
    default: return false
    }
    return true
  }

  private static let page = 8

  private static func rowsToMove(_ key: Key) -> Int? {
    switch key {
    case .up, .control("p"): -1
    case .down, .control("n"): 1
    case .pageUp: -page
    case .pageDown: page
    default: nil
    }
  }

  private var lineStart: Int {
    (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1
  }

  private var lineEnd: Int {
    characters[cursor...].firstIndex(of: "\n") ?? characters.count
  }

  private var isAtLineEnd: Bool { cursor == lineEnd }

  /// Where the word before the cursor begins.
  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    return start
  }

  /// Where the word after the cursor ends.
  private var wordEnd: Int {
    var end = cursor
    while end < characters.count, characters[end].isWhitespace { end += 1 }
    while end < characters.count, !characters[end].isWhitespace { end += 1 }
    return end
  }

  private mutating func delete(from start: Int, to end: Int) {
    let lower = max(0, start)
    let upper = max(lower, min(end, characters.count))
    // What is left on both sides may join into one character.
    let before = Array(String(characters[..<lower]))
    characters = Array(String(before) + String(characters[upper...]))
    cursor = min(before.count, characters.count)
  }

  private mutating func moveVertically(by rows: Int, width: Int) {
    let all = self.rows(width: width)
    let place = place(in: all)
    let goal = aim ?? place.column
    let target = place.row + rows
    if target < 0 {
      cursor = 0
    } else if target >= all.count {
      cursor = characters.count
    } else {
      cursor = index(atColumn: goal, of: all[target])
    }
    aim = goal
  }

  /// Puts the cursor at a cell of the rows as they are seen.
  package mutating func moveCursor(toRow row: Int, column: Int, width: Int) {
    let all = rows(width: width)
    aim = nil
    cursor =
      row < 0 ? 0 : row >= all.count ? characters.count : index(atColumn: column, of: all[row])
  }

  /// The last place in a row that is not right of a column.
  private func index(atColumn column: Int, of row: Range<Int>) -> Int {
    var index = row.lowerBound
    var x = 0
    // A wrapped row's last place belongs to the row below it.
    let isWrapped = row.upperBound < characters.count && characters[row.upperBound] != "\n"
    let last = isWrapped ? row.upperBound - 1 : row.upperBound
    while index < last {
      let width = TextWidth.width(of: characters[index])
      if x + width > column { break }
      x += width
      index += 1
    }
    return index
  }
}

// MARK: - Rows

extension TextEditorState {
  /// The characters of each row when the text is wrapped to some columns; never none.
  package func rows(width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    for end in characters.indices.filter({ characters[$0] == "\n" }) + [characters.count] {
      rows += wrapped(start..<end, width: max(2, width))
      start = end + 1
    }
    return rows
  }

  /// The text of a row.
  package func text(of row: Range<Int>) -> String { String(characters[row]) }

  /// The row and the column at which the cursor stands.
  package func place(in rows: [Range<Int>]) -> (row: Int, column: Int) {
    let row = rows.lastIndex { $0.lowerBound <= cursor } ?? 0
    guard rows.indices.contains(row) else { return (0, 0) }
    let before = characters[rows[row].lowerBound..<max(rows[row].lowerBound, cursor)]
    return (row, before.reduce(0) { $0 + TextWidth.width(of: $1) })
  }

  /// Breaks one line where its text allows; blanks at a break stay in the row before it.
  private func wrapped(_ line: Range<Int>, width: Int) -> [Range<Int>] {
    guard !line.isEmpty else { return [line] }
    let text = Array(characters[line])
    let breaks = LineBreaking.breaks(in: text, kinds: text.map(LineBreaking.kind))
    var rows: [Range<Int>] = []
    var start = 0
    var columns = 0
    var breakAfter: Int?
    var index = 0
    while index < text.count {
      let needed = TextWidth.width(of: text[index])
      if columns + needed > width, index > start, !text[index].isWhitespace {
        let end = breakAfter.map { $0 + 1 } ?? index
        rows.append(line.lowerBound + start..<line.lowerBound + end)
        start = end
        columns = 0
        breakAfter = nil
        index = end
        continue
      }
      columns += needed
      if breaks[index] { breakAfter = index }
      index += 1
    }
    rows.append(line.lowerBound + start..<line.upperBound)
    return rows
  }
}
