import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas

/// Items whose answer is typed.
extension QuizItemTypesetter {
  /// The columns before a typed number.
  private static let fieldIndent = 4

  private func numberField(hint: String) -> [Row] {
    [
      Row(
        line: [StyledRun("  ▸ ", .role(.accent, bold: true))], target: 0,
        fieldIndent: Self.fieldIndent),
      plain("    " + hint, .role(.muted)),
    ]
  }

  // MARK: Numbers

  /// A number to be computed.
  func numeric(_ numeric: NumericAnswer, _ state: QuizItemState) -> [Row] {
    let unit = numeric.unit.isEmpty ? "" : " \(numeric.unit)"
    guard state.isGraded else {
      return numberField(
        hint: text(Phrase("a number; x/y works too"))
          + (unit.isEmpty ? "" : text(Phrase(", in")) + unit))
    }
    return [
      plain(
        "    \(state.texts[0])\(unit)", .role(state.isRight == true ? .good : .bad, bold: true)),
      plain(
        "    " + text(Phrase("right: ")) + "\(QuizText.number(numeric.value))\(unit)",
        .role(.good)),
    ]
  }

  /// How a number is found, each step with its result.
  func steps(_ numeric: NumericAnswer) -> [Row] {
    var rows = [plain(text(Phrase("Step by step:")), .role(.heading, bold: true))]
    for (index, step) in numeric.steps.enumerated() {
      let words = InlineTypesetter(base: .text).runs(step.text)
      let result = " = \(QuizText.number(step.value))"
      let line =
        [StyledRun("\(index + 1). ", .role(.accent))] + words
        + [
          StyledRun(step.formula.isSimple ? "" : " = \(step.computation)", .role(.code)),
          StyledRun(result, .role(.text, bold: true)),
        ]
      rows += plain(TextWrapping.wrap(line, width: width, hangingIndent: 3))
    }
    return rows
  }

  /// A number that the engine measures.
  func measured(_ quantity: MeasuredQuantity, _ state: QuizItemState) -> [Row] {
    let unit = quantity.unit.symbol
    guard state.isGraded, let truth = state.truth else {
      let estimate =
        unit.isEmpty ? Phrase("your estimate") : Phrase("your estimate, in \(unit)")
      var rows = numberField(
        hint: text(
          state.truth == nil
            ? Phrase("\(estimate); the engine measures it now")
            : Phrase("\(estimate); it was measured a moment ago")))
      if isLineByLine { return rows }
      if state.isWaiting {
        rows.append(
          plain(
            "    "
              + text(Phrase("Measuring… the answer is graded as soon as the number is there.")),
            .role(.warning)))
      }
      return rows
    }
    let measuredText = quantity.unit.text(truth)
    let settings = quantity.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let entered =
      state.texts[0] + (unit.isEmpty || state.texts[0].contains(unit) ? "" : " \(unit)")
    return [
      plain("    \(entered)", .role(state.isRight == true ? .good : .bad, bold: true)),
      plain("    " + text(Phrase("measured just now: ")) + measuredText, .role(.good)),
    ]
      + plain(
        TextWrapping.wrap(
          [
            StyledRun(
              "    "
                + text(Phrase("accepted within ± "))
                + QuizText.difference(quantity.tolerance, of: quantity), .role(.muted)),
            StyledRun(settings.isEmpty ? "" : "  \(settings)", .role(.code)),
          ], width: width, hangingIndent: 4))
  }

  // MARK: Blanks

  /// A text with blanks, and a field for each.
  func cloze(_ cloze: ClozeText, _ state: QuizItemState) -> [Row] {
    var words: [String]?
    if case .words(let given) = state.response { words = given }
    var rows: [Row] = []
    var number = 0
    for (index, paragraph) in cloze.paragraphs.enumerated() {
      if index > 0 { rows.append(Row(line: [])) }
      let runs = paragraph.flatMap { piece -> StyledLine in
        switch piece {
        case .text(let inlines): return InlineTypesetter(base: .text).runs(inlines)
        case .blank(let blank):
          number += 1
          return [self.blank(blank, number: number, state, words)]
        }
      }
      rows += plain(TextWrapping.wrap(runs, width: width))
    }
    rows.append(Row(line: []))
    for (index, blank) in cloze.blanks.enumerated() where index < state.texts.count {
      rows += field(of: blank, index, state, words)
    }
    if !state.isGraded { rows.append(plain("    " + clozeHint(cloze), .role(.muted))) }
    return rows
  }

  private func clozeHint(_ cloze: ClozeText) -> String {
    guard isLineByLine else {
      return text(Phrase("a word or number for each blank"))
    }
    return cloze.blanks.count == 1
      ? text(Phrase("the word for the blank"))
      : text(Phrase("the words for the \(cloze.blanks.count) blanks with ; between them"))
  }

  /// A blank inside the text: its number before, the right word after grading.
  private func blank(
    _ blank: ClozeBlank, number: Int, _ state: QuizItemState, _ words: [String]?
  ) -> StyledRun {
    guard let words, number <= words.count else {
      let typed = number <= state.texts.count ? state.texts[number - 1] : ""
      let isFocused = number - 1 == state.focus && !isLineByLine
      return StyledRun(
        "[\(number) \(typed.isEmpty ? "____" : typed)]", .role(.accent, bold: isFocused))
    }
    let isRight = state.key.accepts(words[number - 1], inBlank: number - 1)
    return StyledRun(
      "[\(isRight ? words[number - 1] : blank.words[0])]", .role(isRight ? .good : .bad, bold: true)
    )
  }

  private func field(
    of blank: ClozeBlank, _ index: Int, _ state: QuizItemState, _ words: [String]?
  ) -> [Row] {
    guard let words, index < words.count else {
      let isFocused = index == state.focus
      return [
        Row(
          line: [
            StyledRun(
              "  \(isFocused ? "▸" : " ") \(index + 1) ",
              .role(isFocused ? .accent : .muted, bold: isFocused))
          ], target: index, fieldIndent: 6)
      ]
    }
    let isRight = state.key.accepts(words[index], inBlank: index)
    let accepted = blank.words.joined(separator: text(Phrase(" or ")))
    let line: StyledLine = [
      StyledRun(
        "  \(isRight ? "✓" : "✗") \(index + 1) \(words[index])",
        .role(isRight ? .good : .bad, bold: true)),
      StyledRun(isRight ? "" : "   " + text(Phrase("right: ")) + accepted, .role(.good)),
    ]
    return plain(TextWrapping.wrap(line, width: width, hangingIndent: 6))
  }
}
