import Curriculum
import Localization
import Study
package import TerminalCanvas

/// Sets a quiz item with its choices, and with the grading once it was made.
package struct QuizItemTypesetter {
  /// A set line and the row of the item that it belongs to.
  package struct Row {
    /// The runs.
    package var line: StyledLine
    /// The choice, line or field that a click on it means.
    package var target: Int?
    /// The columns before the field that lies on this line; nil when none does.
    package var fieldIndent: Int?

    /// Makes a row.
    package init(line: StyledLine, target: Int? = nil, fieldIndent: Int? = nil) {
      self.line = line
      self.target = target
      self.fieldIndent = fieldIndent
    }
  }

  /// Sets the texts of lessons.
  let typesetter: LessonTypesetter
  /// The columns to fill.
  let width: Int
  /// Whether the item is read line by line, where rows have numbers and nothing moves.
  let isLineByLine: Bool

  /// Makes a typesetter that sets texts as lessons are set.
  package init(_ typesetter: LessonTypesetter, width: Int, isLineByLine: Bool = false) {
    self.typesetter = typesetter
    self.width = width
    self.isLineByLine = isLineByLine
  }

  /// The glyphs to draw with.
  var glyphs: GlyphSet { typesetter.glyphs }

  /// The question for a listener, who hears numbers only: no row is marked, and there is no field.
  package func question(of state: QuizItemState) -> [StyledLine] {
    var state = state
    state.cursor = -1
    return rows(for: state).filter { $0.fieldIndent == nil }.map(\.line)
  }

  /// All lines of an item.
  package func rows(for state: QuizItemState) -> [Row] {
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
    case .match(let pairs):
      rows += match(pairs, state)
    case .cloze(let cloze):
      rows += self.cloze(cloze, state)
    case .measured(let quantity):
      rows += measured(quantity, state)
    }
    if state.isGraded {
      rows.append(Row(line: []))
      rows += explanation(of: state)
    }
    return rows
  }

  /// The grading without the prompt: the choices with their marks, and the explanation.
  package func grading(of state: QuizItemState) -> [StyledLine] {
    let prompt = typesetter.lines(for: state.item.prompt, width: width).count + 1
    return rows(for: state).dropFirst(prompt).map(\.line)
  }

  private func explanation(of state: QuizItemState) -> [Row] {
    let verdict =
      state.isUnanswered
      ? StyledRun(text(Phrase("Not answered.")), .role(.warning, bold: true))
      : self.verdict(state.isRight == true)
    var rows = [Row(line: [verdict]), Row(line: [])]
    if case .numeric(let numeric) = state.item.answer, !numeric.steps.isEmpty {
      rows += steps(numeric) + [Row(line: [])]
    }
    return rows + plain(typesetter.lines(for: state.item.explanation, width: width))
  }

  /// Lines that belong to no row.
  func plain(_ lines: [StyledLine]) -> [Row] { lines.map { Row(line: $0) } }

  /// A line of one run that belongs to no row.
  func plain(_ text: String, _ style: Style) -> Row { Row(line: [StyledRun(text, style)]) }

  /// A phrase in the learner's language.
  func text(_ phrase: Phrase) -> String { phrase(typesetter.language) }

  private func verdict(_ isRight: Bool) -> StyledRun {
    isRight
      ? StyledRun("✓ " + text(Phrase("Right.")), .role(.good, bold: true))
      : StyledRun("✗ " + text(Phrase("Not right.")), .role(.bad, bold: true))
  }

  // MARK: Choices

  private func choices(_ choices: [QuizChoice], _ state: QuizItemState) -> [Row] {
    var rows: [Row] = []
    for (row, position) in state.shown.enumerated() {
      let choice = choices[position]
      let hasCursor = row == state.cursor && !state.isGraded
      var wasTaken = state.taken.contains(row)
      if case .choices(let taken) = state.response { wasTaken = taken.contains(position) }
      let box: String
      var style = Style.text
      if state.isGraded {
        box = choice.isRight ? "✓" : wasTaken ? "✗" : " "
        style = .role(choice.isRight ? .good : wasTaken ? .bad : .muted, bold: wasTaken)
      } else if state.isMultiple {
        box = wasTaken ? "[x]" : "[ ]"
        style.bold = hasCursor
      } else {
        box = hasCursor ? "\(glyphs.radioOn)" : "○"
        style.bold = hasCursor
      }
      let lead = "\(hasCursor ? "▸" : " ") \(row + 1) \(box) "
      let indent = TextWidth.width(of: lead)
      rows += hanging(choice.text, lead: lead, style: style, target: row)
      if state.isGraded, !choice.explanation.isEmpty, wasTaken || choice.isRight {
        for line in typesetter.lines(for: choice.explanation, width: max(1, width - indent)) {
          rows.append(Row(line: [StyledRun(String(repeating: " ", count: indent))] + dimmed(line)))
        }
      }
    }
    return rows
  }

  /// Wrapped text behind a lead, its further lines below its first.
  func hanging(_ inlines: [Inline], lead: String, style: Style, target: Int?) -> [Row] {
    let indent = TextWidth.width(of: lead)
    let text = InlineTypesetter(base: style).runs(inlines)
    return TextWrapping.wrap(text, width: max(1, width - indent)).enumerated().map { index, line in
      let start = index == 0 ? lead : String(repeating: " ", count: indent)
      return Row(line: [StyledRun(start, style)] + line, target: target)
    }
  }

  private func dimmed(_ line: StyledLine) -> StyledLine {
    line.map { run in
      var run = run
      if run.style.foreground == .role(.text) { run.style.foreground = .role(.muted) }
      return run
    }
  }
}
