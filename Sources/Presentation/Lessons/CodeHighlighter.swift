/// Splits source code into tokens to be shown in different styles.
///
/// The tokens of a line put together give the line again, whatever the text is.
package enum CodeHighlighter {
  /// The lines of a listing as tokens.
  ///
  /// - Parameters:
  ///   - text: The listing.
  ///   - language: The language named on its fence; one that is not known gives plain text.
  package static func highlight(_ text: String, language: String) -> [[CodeToken]] {
    guard let grammar = CodeGrammar.named(language) else {
      return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.isEmpty ? [] : [CodeToken(String(line), .plain)]
      }
    }
    var scanner = CodeScanner(text, grammar: grammar)
    return scanner.lines()
  }
}

/// Walks through a listing and cuts it into tokens.
private struct CodeScanner {
  private let characters: [Character]
  private let grammar: CodeGrammar
  private var position = 0
  private var result: [[CodeToken]] = [[]]

  init(_ text: String, grammar: CodeGrammar) {
    characters = Array(text)
    self.grammar = grammar
  }

  mutating func lines() -> [[CodeToken]] {
    while position < characters.count {
      let start = position
      let kind = token()
      emit(start..<position, kind)
    }
    return result
  }

  /// Moves behind the next token and tells its kind.
  private mutating func token() -> CodeToken.Kind {
    if let mark = grammar.lineComments.first(where: { stands($0) }), isCommentAllowed(mark) {
      while position < characters.count, !characters[position].isNewline { position += 1 }
      return .comment
    }
    if let (open, close) = grammar.blockComment, stands(open) {
      position += open.count
      move(behind: close, escapes: false, crossesLines: true)
      return .comment
    }
    if let quote = grammar.longQuotes.first(where: { stands($0) }) {
      position += quote.count
      move(behind: quote, escapes: true, crossesLines: true)
      return .string
    }
    let character = characters[position]
    if grammar.quotes.contains(character) {
      position += 1
      move(behind: [character], escapes: grammar.escapes(in: character), crossesLines: false)
      return .string
    }
    if character.isNumber { return number() }
    if character.isLetter || character == "_" { return word() }
    position += 1
    return .plain
  }

  private mutating func number() -> CodeToken.Kind {
    while position < characters.count {
      let character = characters[position]
      let isExponentSign =
        (character == "-" || character == "+") && "eE".contains(characters[position - 1])
        && position > 1 && !isHexadecimal()
      guard character.isNumber || character.isLetter || "._".contains(character) || isExponentSign
      else { break }
      position += 1
    }
    return .number
  }

  /// Tells whether the number that ends here began with `0x`, where an E is a digit.
  private func isHexadecimal() -> Bool {
    var start = position - 1
    while start > 0, characters[start - 1].isNumber || characters[start - 1].isLetter { start -= 1 }
    return start + 1 < position && characters[start] == "0" && "xX".contains(characters[start + 1])
  }

  private mutating func word() -> CodeToken.Kind {
    let start = position
    while position < characters.count,
      characters[position].isLetter || characters[position].isNumber || characters[position] == "_"
    {
      position += 1
    }
    let text = String(characters[start..<position])
    if grammar.stringPrefixes.contains(text), position < characters.count,
      grammar.quotes.contains(characters[position])
    {
      return token()
    }
    return grammar.keywords.contains(text) ? .keyword : .plain
  }

  private func stands(_ mark: [Character]) -> Bool {
    position + mark.count <= characters.count
      && characters[position..<position + mark.count].elementsEqual(mark)
  }

  /// In a shell a number sign begins a comment only at the beginning of a word.
  private func isCommentAllowed(_ mark: [Character]) -> Bool {
    !grammar.commentsBeginWords || position == 0 || characters[position - 1].isWhitespace
      || characters[position - 1] == ";"
  }

  private mutating func move(behind end: [Character], escapes: Bool, crossesLines: Bool) {
    while position < characters.count {
      if stands(end) {
        position += end.count
        return
      }
      if !crossesLines, characters[position].isNewline { return }
      let isEscape = escapes && characters[position] == "\\"
      position += 1
      if isEscape, position < characters.count, crossesLines || !characters[position].isNewline {
        position += 1
      }
    }
  }

  /// Adds a token, cut at line ends and joined to a neighbour of the same kind.
  private mutating func emit(_ range: Range<Int>, _ kind: CodeToken.Kind) {
    var text = ""
    func flush(_ text: String, _ result: inout [[CodeToken]]) {
      guard !text.isEmpty else { return }
      let line = result.count - 1
      if kind == .plain, let last = result[line].last, last.kind == .plain {
        result[line][result[line].count - 1].text += text
      } else {
        result[line].append(CodeToken(text, kind))
      }
    }
    for character in characters[range] {
      if character.isNewline {
        flush(text, &result)
        text = ""
        result.append([])
      } else {
        text.append(character)
      }
    }
    flush(text, &result)
  }
}
