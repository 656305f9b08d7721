import Curriculum
import TerminalCanvas

/// Sets a quiz item with its choices, and with the grading once it was made.
struct QuizItemTypesetter {
  /// A set line and the row of the item that it belongs to.
  struct Row {
    /// The runs.
    var line: StyledLine
    /// The choice or line that a click on it means.
    var target: Int?
    /// Whether the number is typed on this line.
    var isField = false
  }

  /// What all screens share.
  let context: TutorContext
  /// The columns to fill.
  let width: Int

  private var typesetter: LessonTypesetter { context.typesetter }

  /// The columns before a typed number.
  static let fieldIndent = 4

  /// All lines of an item.
  func rows(for state: QuizItemState) -> [Row] {
    var rows = plain(typesetter.lines(for: state.item.prompt, width: width))
    rows.append(Row(line: []))
    switch state.item.answer {
    case .choice(let choices), .multiple(let choices):
      rows += self.choices(choices, state)
    case .numeric(let numeric):
      rows += self.numeric(numeric, state)
    case .order(let lines):
      rows += order(lines, state)
    case .spot(let language, let code, let line):
      rows += listing(code, language: language, wrongLine: line, state)
    }
    if state.isGraded {
      rows.append(Row(line: []))
      rows += explanation(of: state)
    }
    return rows
  }

  /// The grading without the prompt: the choices with their marks, and the explanation.
  func grading(of state: QuizItemState) -> [Row] {
    let prompt = typesetter.lines(for: state.item.prompt, width: width).count + 1
    return Array(rows(for: state).dropFirst(prompt))
  }

  private func explanation(of state: QuizItemState) -> [Row] {
    [Row(line: [verdict(state.isRight == true)]), Row(line: [])]
      + plain(typesetter.lines(for: state.item.explanation, width: width))
  }

  private func plain(_ lines: [StyledLine]) -> [Row] { lines.map { Row(line: $0) } }

  private func verdict(_ isRight: Bool) -> StyledRun {
    let glyphs = context.glyphs
    return isRight
      ? StyledRun(
        "\(glyphs.checkMark) " + context.text(Phrase("Right.", "答对了。")), .role(.good, bold: true))
      : StyledRun(
        "\(glyphs.crossMark) " + context.text(Phrase("Not right.", "答错了。")), .role(.bad, bold: true)
      )
  }

  private func choices(_ choices: [QuizChoice], _ state: QuizItemState) -> [Row] {
    let glyphs = context.glyphs
    var rows: [Row] = []
    for (row, position) in state.shown.enumerated() {
      let choice = choices[position]
      let hasCursor = row == state.cursor && !state.isGraded
      var wasTaken = state.taken.contains(row)
      if case .choices(let taken) = state.response { wasTaken = taken.contains(position) }
      let box: String
      var style = Style.text
      if state.isGraded {
        box = choice.isRight ? "\(glyphs.checkMark)" : wasTaken ? "\(glyphs.crossMark)" : " "
        style = .role(choice.isRight ? .good : wasTaken ? .bad : .muted, bold: wasTaken)
      } else if state.isMultiple {
        box = wasTaken ? "[x]" : "[ ]"
        style.bold = hasCursor
      } else {
        box = hasCursor ? "\(glyphs.radioOn)" : "\(glyphs.radioOff)"
        style.bold = hasCursor
      }
      let lead = "\(hasCursor ? glyphs.pointer : " ") \(row + 1) \(box) "
      let indent = TextWidth.width(of: lead)
      let text = InlineTypesetter(base: style).runs(choice.text)
      for (index, line) in TextWrapping.wrap(text, width: max(1, width - indent)).enumerated() {
        let start = index == 0 ? lead : String(repeating: " ", count: indent)
        rows.append(Row(line: [StyledRun(start, style)] + line, target: row))
      }
      if state.isGraded, !choice.explanation.isEmpty, wasTaken || choice.isRight {
        for line in typesetter.lines(for: choice.explanation, width: max(1, width - indent)) {
          rows.append(Row(line: [StyledRun(String(repeating: " ", count: indent))] + dimmed(line)))
        }
      }
    }
    return rows
  }

  private func dimmed(_ line: StyledLine) -> StyledLine {
    line.map { run in
      var run = run
      if run.style.foreground == .role(.text) { run.style.foreground = .role(.muted) }
      return run
    }
  }

  private func numeric(_ numeric: NumericAnswer, _ state: QuizItemState) -> [Row] {
    let unit = numeric.unit.isEmpty ? "" : " \(numeric.unit)"
    guard state.isGraded else {
      return [
        Row(
          line: [StyledRun("  \(context.glyphs.pointer) ", .role(.accent, bold: true))],
          isField: true),
        Row(
          line: [
            StyledRun(
              "    " + context.text(Phrase("a number; x/y works too", "输入数值，也可写成 x/y"))
                + (unit.isEmpty ? "" : context.text(Phrase(", in", "，单位")) + unit), .role(.muted))
          ]),
      ]
    }
    let right = state.isRight == true
    return [
      Row(
        line: [
          StyledRun("    \(state.field.text)\(unit)", .role(right ? .good : .bad, bold: true))
        ]),
      Row(
        line: [
          StyledRun(
            "    " + context.text(Phrase("right: ", "正确答案："))
              + "\(QuizText.number(numeric.value))\(unit)", .role(.good))
        ]),
    ]
  }

  private func order(_ lines: [[Inline]], _ state: QuizItemState) -> [Row] {
    let glyphs = context.glyphs
    var rows: [Row] = []
    for (row, position) in state.shown.enumerated() {
      let hasCursor = row == state.cursor && !state.isGraded
      var style = Style.text
      style.bold = hasCursor
      var mark = hasCursor ? "\(glyphs.pointer)" : " "
      if state.isGraded {
        let isInPlace = lines[position] == lines[row]
        mark = isInPlace ? "\(glyphs.checkMark)" : "\(glyphs.crossMark)"
        style = .role(isInPlace ? .good : .bad)
      }
      let lead = "\(mark) \(row + 1). "
      let text = InlineTypesetter(base: style).runs(lines[position])
      let indent = TextWidth.width(of: lead)
      for (index, line) in TextWrapping.wrap(text, width: max(1, width - indent)).enumerated() {
        rows.append(
          Row(
            line: [
              StyledRun(index == 0 ? lead : String(repeating: " ", count: indent), style)
            ] + line, target: row))
      }
    }
    guard state.isGraded, state.isRight == false else { return rows }
    rows.append(Row(line: []))
    rows.append(
      Row(line: [StyledRun(context.text(Phrase("The right order:", "正确顺序：")), .role(.good))]))
    rows += plain(
      typesetter.lines(
        for: [.list(start: 1, items: lines.map { [.paragraph($0)] })], width: width))
    return rows
  }

  private func listing(
    _ code: [String], language: String, wrongLine: Int, _ state: QuizItemState
  ) -> [Row] {
    let glyphs = context.glyphs
    let highlighted = CodeHighlighter.highlight(code.joined(separator: "\n"), language: language)
    var picked: Int?
    if case .line(let line) = state.response { picked = line }
    var rows: [Row] = []
    for (row, tokens) in highlighted.enumerated() where row < code.count {
      let hasCursor = row == state.cursor && !state.isGraded
      var mark = hasCursor ? "\(glyphs.pointer)" : " "
      var numberStyle = Style.role(hasCursor ? .accent : .muted, bold: hasCursor)
      if state.isGraded {
        if row + 1 == wrongLine {
          mark = "\(glyphs.checkMark)"
          numberStyle = .role(.good, bold: true)
        } else if row + 1 == picked {
          mark = "\(glyphs.crossMark)"
          numberStyle = .role(.bad, bold: true)
        }
      }
      let number = TextFitting.pad(String(row + 1), to: 2, alignment: .right)
      let lead = "\(mark) \(number) \(glyphs.vertical) "
      let text = tokens.map { StyledRun($0.text, .role(LessonTypesetter.role(of: $0.kind))) }
      let indent = TextWidth.width(of: lead)
      for (index, line) in TextWrapping.wrap(
        text, width: max(1, width - indent), hangingIndent: 4
      ).enumerated() {
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

/// Texts that the quiz on the screen and the quiz line by line share.
enum QuizText {
  /// A number without digits that say nothing.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return ClaimText.grouped(Int(value)) }
    return "\((value * 1e7).rounded() / 1e7)"
  }
}
