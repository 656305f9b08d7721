/// One line of text while it is being edited.
///
/// The cursor counts characters as a reader sees them, so that a Chinese character or an accented
/// letter is one step.
package struct TextFieldState: Sendable, Hashable {
  /// The text.
  package private(set) var text: String
  /// The number of characters before the cursor.
  package private(set) var cursor: Int

  /// Starts with a text and the cursor at its end.
  package init(_ text: String = "") {
    self.text = ""
    cursor = 0
    insert(text)
  }

  /// Puts text in at the cursor; control characters are left out and line ends become blanks.
  package mutating func insert(_ addition: String) {
    let (before, after) = parts
    var cleaned = ""
    for character in addition {
      if character.isNewline || character == "\t" {
        cleaned.append(" ")
      } else {
        for scalar in character.unicodeScalars where !Self.isControl(scalar) {
          cleaned.unicodeScalars.append(scalar)
        }
      }
    }
    let start = before + cleaned
    text = start + after
    // A mark may have joined the character before it.
    cursor = min(start.count, text.count)
  }

  /// Replaces the text and puts the cursor at its end.
  package mutating func replace(with text: String) {
    self = TextFieldState(text)
  }

  /// Deletes the character before the cursor.
  package mutating func deleteBackward() {
    delete(from: cursor - 1, to: cursor)
  }

  /// Deletes the character after the cursor.
  package mutating func deleteForward() {
    delete(from: cursor, to: cursor + 1)
  }

  /// Deletes the word before the cursor and the blanks after it.
  package mutating func deleteWordBackward() {
    let characters = Array(text)
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    delete(from: start, to: cursor)
  }

  /// Deletes letters and digits to the left, with what stands between them and the cursor.
  package mutating func deleteWordLeft() {
    delete(from: wordStart, to: cursor)
  }

  /// Deletes letters and digits to the right, with what stands between them and the cursor.
  package mutating func deleteWordRight() {
    delete(from: cursor, to: wordEnd)
  }

  /// Moves the cursor before the word to its left.
  package mutating func moveWordLeft() {
    cursor = wordStart
  }

  /// Moves the cursor behind the word to its right.
  package mutating func moveWordRight() {
    cursor = wordEnd
  }

  /// Where the word begins that the cursor stands in or behind.
  private var wordStart: Int {
    let characters = Array(text)
    var start = cursor
    while start > 0, !Self.isOfWord(characters[start - 1]) { start -= 1 }
    while start > 0, Self.isOfWord(characters[start - 1]) { start -= 1 }
    return start
  }

  /// Where the word ends that the cursor stands in or before.
  private var wordEnd: Int {
    let characters = Array(text)
    var end = cursor
    while end < characters.count, !Self.isOfWord(characters[end]) { end += 1 }
    while end < characters.count, Self.isOfWord(characters[end]) { end += 1 }
    return end
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// Deletes everything before the cursor.
  package mutating func deleteToStart() {
    delete(from: 0, to: cursor)
  }

  /// Deletes everything after the cursor.
  package mutating func deleteToEnd() {
    delete(from: cursor, to: text.count)
  }

  /// Moves the cursor some characters to the right, or to the left if negative.
  package mutating func move(by characters: Int) {
    cursor = max(0, min(text.count, cursor + characters))
  }

  /// Moves the cursor before the first character.
  package mutating func moveToStart() {
    cursor = 0
  }

  /// Moves the cursor behind the last character.
  package mutating func moveToEnd() {
    cursor = text.count
  }

  /// Does what a key means in a line of text, and returns whether it means anything there.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace, .control("h"): deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .control("w"): deleteWordBackward()
    case .control("u"): deleteToStart()
    case .control("k"): deleteToEnd()
    case .left, .control("b"): move(by: -1)
    case .right, .control("f"): move(by: 1)
    case .home, .control("a"): moveToStart()
    case .end, .control("e"): moveToEnd()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .deleteWordLeft: deleteWordLeft()
    case .deleteWordRight: deleteWordRight()
    default: return false
    }
    return true
  }

  /// The text before and after the cursor.
  package var parts: (before: String, after: String) {
    let middle = text.index(text.startIndex, offsetBy: cursor)
    return (String(text[..<middle]), String(text[middle...]))
  }

  private mutating func delete(from start: Int, to end: Int) {
    let characters = Array(text)
    let range = max(0, start)..<max(max(0, start), min(end, characters.count))
    let before = String(characters[..<range.lowerBound])
    text = before + String(characters[range.upperBound...])
    cursor = min(before.count, text.count)
  }

  /// Whether a code point could steer a terminal, or would be typed without being seen.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
