/// Breaking a line into lines of a given width.
package enum TextWrapping {
  /// A character with its look, its width and whether a line may end after it.
  private struct Unit {
    var character: Character
    var style: Style
    var width: Int
    var kind: LineBreaking.Kind
    var mayBreakAfter: Bool
  }

  /// Breaks a line where its text allows, and inside a word only when the word is wider than a line.
  ///
  /// Spaces at a break vanish; those at the very start stay. A line end in the text always breaks.
  /// The result has at least one line, and none wider than `width` unless a single wide character is.
  ///
  /// - Parameters:
  ///   - line: The runs of text.
  ///   - width: The columns of a line, the indent included.
  ///   - hangingIndent: The blank columns before every line but the first.
  package static func wrap(_ line: StyledLine, width: Int, hangingIndent: Int = 0) -> [StyledLine] {
    guard width > 0 else { return [[]] }
    let indent = max(0, min(hangingIndent, width / 2, width - 2))
    var result: [StyledLine] = []
    for paragraph in paragraphs(of: line) {
      wrap(units(of: paragraph), width: width, indent: indent, into: &result)
    }
    return result
  }

  /// Breaks a text of one style.
  package static func wrap(
    _ text: String, style: Style = .text, width: Int, hangingIndent: Int = 0
  ) -> [StyledLine] {
    wrap([StyledRun(text, style)], width: width, hangingIndent: hangingIndent)
  }

  /// Returns the columns of the widest piece that is not broken if it can be helped.
  package static func longestPiece(of line: StyledLine) -> Int {
    var longest = 0
    for paragraph in paragraphs(of: line) {
      var current = 0
      for unit in units(of: paragraph) {
        // A space at a break vanishes; one that joins a number and its unit counts.
        if !(unit.kind == .space && unit.mayBreakAfter) { current += unit.width }
        longest = max(longest, current)
        if unit.mayBreakAfter { current = 0 }
      }
    }
    return longest
  }

  /// Splits a line at the line ends in its text.
  private static func paragraphs(of line: StyledLine) -> [StyledLine] {
    var result: [StyledLine] = [[]]
    for run in line {
      let parts = run.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, part) in parts.enumerated() {
        if index > 0 { result.append([]) }
        if !part.isEmpty { result[result.count - 1].append(StyledRun(String(part), run.style)) }
      }
    }
    return result
  }

  private static func units(of line: StyledLine) -> [Unit] {
    var characters: [Character] = []
    for run in line { characters += run.text }
    let kinds = characters.map(LineBreaking.kind)
    let breaks = LineBreaking.breaks(in: characters, kinds: kinds)
    var units: [Unit] = []
    units.reserveCapacity(characters.count)
    for run in line {
      for character in run.text {
        let index = units.count
        units.append(
          Unit(
            character: character, style: run.style, width: TextWidth.width(of: character),
            kind: kinds[index], mayBreakAfter: breaks[index]))
      }
    }
    return units
  }

  private static func wrap(
    _ units: [Unit], width: Int, indent: Int, into result: inout [StyledLine]
  ) {
    var current: [Unit] = []
    var currentWidth = 0
    var room = result.isEmpty ? width : width - indent
    var isFirst = true

    func finishLine() {
      while let last = current.last, last.kind == .space { current.removeLast() }
      result.append(self.line(of: current, indent: result.isEmpty ? 0 : indent))
      current = []
      currentWidth = 0
      room = width - indent
      isFirst = false
    }

    var start = 0
    while start < units.count {
      var end = start
      while !units[end].mayBreakAfter { end += 1 }
      let piece = units[start...end]
      start = end + 1

      // Spaces after the piece may hang over the edge, where they vanish.
      let pieceWidth = piece.reduce(0) { $0 + $1.width }
      let hanging = piece.reversed().prefix { $0.kind == .space }
      let solidWidth = pieceWidth - hanging.reduce(0) { $0 + $1.width }
      if !current.isEmpty, currentWidth + solidWidth > room { finishLine() }
      if currentWidth + solidWidth <= room {
        if current.isEmpty, !isFirst, solidWidth == 0 { continue }
        current += piece
        currentWidth += pieceWidth
      } else {
        for unit in piece {
          if !current.isEmpty, currentWidth + unit.width > room {
            if unit.kind == .space { continue }
            // Closing punctuation takes the character before it along to the next line.
            var carried: Unit?
            if unit.kind.isClosing, current.count > 1,
              let last = current.last, last.width + unit.width <= width - indent
            {
              carried = current.removeLast()
            }
            finishLine()
            if let carried {
              current.append(carried)
              currentWidth += carried.width
            }
          }
          current.append(unit)
          currentWidth += unit.width
        }
      }
    }
    finishLine()
  }

  /// Joins units into runs of one style, behind an indent.
  private static func line(of units: [Unit], indent: Int) -> StyledLine {
    guard let first = units.first else { return [] }
    var line: StyledLine = []
    if indent > 0 { line.append(StyledRun(String(repeating: " ", count: indent))) }
    var run = StyledRun("", first.style)
    for unit in units {
      if unit.style != run.style {
        line.append(run)
        run = StyledRun("", unit.style)
      }
      run.text.append(unit.character)
    }
    line.append(run)
    return line
  }
}
