import Curriculum
import Localization
import Study
import TerminalCanvas

/// Items whose rows are moved or pointed at.
extension QuizItemTypesetter {
  /// Lines to be put in order.
  func order(_ lines: [[Inline]], _ state: QuizItemState) -> [Row] {
    var rows: [Row] = []
    for (row, position) in state.shown.enumerated() {
      let hasCursor = row == state.cursor && !state.isGraded
      var style = Style.text
      style.bold = hasCursor
      var mark = hasCursor ? "▸" : " "
      if state.isGraded {
        let isInPlace = lines[position] == lines[row]
        mark = isInPlace ? "✓" : "✗"
        style = .role(isInPlace ? .good : .bad)
      }
      rows += hanging(
        lines[position], lead: "\(mark) \(row + 1). ", style: style, target: row)
    }
    guard state.isGraded, state.isRight == false else { return rows }
    rows.append(Row(line: []))
    rows.append(plain(text(Phrase("The right order:")), .role(.good)))
    rows += plain(
      typesetter.lines(
        for: [.list(start: 1, items: lines.map { [.paragraph($0)] })], width: width))
    return rows
  }

  /// Pairs: the left sides stand, the right sides are moved beside them.
  func match(_ pairs: [QuizPair], _ state: QuizItemState) -> [Row] {
    if isLineByLine, !state.isGraded { return listed(pairs, state) }
    var rows: [Row] = []
    for (row, position) in state.shown.enumerated() where row < pairs.count {
      let hasCursor = row == state.cursor && !state.isGraded
      var left = Style.text
      var right = Style.role(hasCursor ? .accent : .text)
      left.bold = hasCursor
      right.bold = hasCursor
      var mark = hasCursor ? "▸" : " "
      if state.isGraded {
        let isRight = pairs[position].right == pairs[row].right
        mark = isRight ? "✓" : "✗"
        left = .role(isRight ? .good : .bad)
        right = left
      }
      rows += pair(
        pairs[row].left, pairs[position].right, of: pairs, mark: mark, left, right, target: row)
    }
    guard state.isGraded, state.isRight == false else { return rows }
    rows += [Row(line: []), plain(text(Phrase("What belongs together:")), .role(.good))]
    for (row, pair) in pairs.enumerated() {
      rows += self.pair(
        pair.left, pair.right, of: pairs, mark: " ", .text, .text, target: row)
    }
    return rows
  }

  /// A pair in two columns.
  private func pair(
    _ left: [Inline], _ right: [Inline], of pairs: [QuizPair], mark: String, _ leftStyle: Style,
    _ rightStyle: Style, target: Int
  ) -> [Row] {
    let arrow = " ↔ "
    let widths = pairs.map { pair in
      InlineTypesetter(base: .text).runs(pair.left).reduce(0) { $0 + TextWidth.width(of: $1.text) }
    }
    let room = max(2, width - 2 - TextWidth.width(of: arrow))
    let column = max(1, min(widths.max() ?? 1, room * 2 / 5))
    let leftLines = TextWrapping.wrap(InlineTypesetter(base: leftStyle).runs(left), width: column)
    let rightLines = TextWrapping.wrap(
      InlineTypesetter(base: rightStyle).runs(right), width: max(1, room - column))
    return (0..<max(leftLines.count, rightLines.count)).map { index in
      let start = index < leftLines.count ? leftLines[index] : []
      let used = start.reduce(0) { $0 + TextWidth.width(of: $1.text) }
      let padding = String(repeating: " ", count: max(0, column - used))
      let between =
        index == 0 ? arrow : String(repeating: " ", count: TextWidth.width(of: arrow))
      return Row(
        line: [StyledRun(index == 0 ? "\(mark) " : "  ", leftStyle)] + start
          + [StyledRun(padding + between, .role(.muted))]
          + (index < rightLines.count ? rightLines[index] : []), target: target)
    }
  }

  /// Both sides one after the other, for answering by numbers.
  private func listed(_ pairs: [QuizPair], _ state: QuizItemState) -> [Row] {
    var rows: [Row] = []
    for (row, pair) in pairs.enumerated() {
      rows += hanging(pair.left, lead: "  \(Self.letter(row)). ", style: .text, target: nil)
    }
    rows.append(Row(line: []))
    for (row, position) in state.shown.enumerated() {
      rows += hanging(
        pairs[position].right, lead: "  \(row + 1). ", style: .text, target: row)
    }
    let letters = pairs.indices.map(Self.letter).joined(separator: " ")
    let example = pairs.indices.map { String(pairs.count - $0) }.joined(separator: " ")
    rows.append(
      plain(
        text(Phrase("  the numbers that belong to \(letters), such as \(example)")), .role(.muted)))
    return rows
  }

  private static func letter(_ index: Int) -> String {
    Unicode.Scalar(65 + index % 26).flatMap { Unicode.Scalar($0) }.map { String($0) } ?? "?"
  }

  /// A listing whose wrong line is pointed at.
  func listing(
    _ code: [String], language: String, wrongLine: Int, _ state: QuizItemState
  ) -> [Row] {
    let highlighted = CodeHighlighter.highlight(code.joined(separator: "\n"), language: language)
    var picked: Int?
    if case .line(let line) = state.response { picked = line }
    var rows: [Row] = []
    for (row, tokens) in highlighted.enumerated() where row < code.count {
      let hasCursor = row == state.cursor && !state.isGraded
      var mark = hasCursor ? "▸" : " "
      var numberStyle = Style.role(hasCursor ? .accent : .muted, bold: hasCursor)
      if state.isGraded {
        if row + 1 == wrongLine {
          mark = "✓"
          numberStyle = .role(.good, bold: true)
        } else if row + 1 == picked {
          mark = "✗"
          numberStyle = .role(.bad, bold: true)
        }
      }
      let number = TextFitting.pad(String(row + 1), to: 2, alignment: .right)
      let lead = "\(mark) \(number) │ "
      let text = tokens.map { StyledRun($0.text, .role(LessonTypesetter.role(of: $0.kind))) }
      let indent = TextWidth.width(of: lead)
      for (index, line) in TextWrapping.wrap(text, width: max(1, width - indent), hangingIndent: 4)
        .enumerated()
      {
        rows.append(
          Row(
            line: [
              StyledRun(index == 0 ? lead : String(repeating: " ", count: indent), numberStyle)
            ] + line, target: row))
      }
    }
    return rows
  }
}
