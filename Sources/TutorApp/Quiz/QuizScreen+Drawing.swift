import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// How a session is drawn: a line about the session, the item, and a line of keys at the foot.
extension QuizScreen {
  /// All lines of what is shown, and the cells that they scroll through.
  func document(
    in area: Rect, _ context: TutorContext
  ) -> (rows: [QuizItemTypesetter.Row], column: Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    guard var shown = state else {
      return (QuizResultText(self, context).rows(width: column.width), column)
    }
    let typesetter = QuizItemTypesetter(context.typesetter, width: column.width)
    // The item is looked up again, so that a change of language shows at once.
    if let (_, item) = context.quizItem(shown.item.id) { shown.translate(to: item) }
    return (
      leechRows(context, width: column.width) + typesetter.rows(for: shown)
        + failureRows(context, width: column.width), column
    )
  }

  /// Scrolls so far that the row or field that takes the keys is seen.
  mutating func keepCursorVisible(in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    let cursor = state.map { $0.isTyped ? $0.focus : $0.cursor } ?? selection.index
    let targets = rows.indices.filter { rows[$0].target == cursor }
    guard let first = targets.first, let last = targets.last else { return }
    if last >= scroll.offset + column.height { scroll.offset = last - column.height + 1 }
    if first < scroll.offset { scroll.offset = first }
  }

  /// The cells of the field on a row; nil when it has none or is not seen.
  private func fieldRect(row: Int, of rows: [QuizItemTypesetter.Row], column: Rect) -> Rect? {
    guard let indent = rows[row].fieldIndent else { return nil }
    let y = column.y + row - scroll.offset
    guard y >= column.y, y < column.maxY else { return nil }
    let width = state?.isCloze == true ? 40 : 24
    return Rect(x: column.x + indent, y: y, width: min(width, column.width - indent), height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard let state, state.isTyped, !state.isGraded, !state.isWaiting else { return nil }
    let (rows, column) = document(in: area, context)
    guard
      let row = rows.indices.first(where: {
        rows[$0].fieldIndent != nil && rows[$0].target == state.focus
      })
    else { return nil }
    return fieldRect(row: row, of: rows, column: column).flatMap {
      TextField(state: fields[state.focus]).cursorPoint(in: $0)
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    drawStatus(
      into: &canvas, in: Rect(x: column.x, y: area.y, width: column.width, height: 1), context)
    Document(lines: rows.map(\.line)).draw(into: &canvas, in: column, offset: scroll.offset)
    drawFoot(into: &canvas, in: area, context)
    guard let state else {
      drawSelection(into: &canvas, rows: rows, column: column)
      return
    }
    guard !state.isGraded else { return }
    for row in rows.indices {
      guard let rect = fieldRect(row: row, of: rows, column: column),
        let field = rows[row].target, fields.indices.contains(field)
      else { continue }
      TextField(
        state: fields[field], isFocused: field == state.focus && !state.isWaiting
      ).render(into: &canvas, in: rect)
    }
  }

  private func drawSelection(
    into canvas: inout Canvas, rows: [QuizItemTypesetter.Row], column: Rect
  ) {
    for row in rows.indices where rows[row].target == selection.index {
      let y = column.y + row - scroll.offset
      guard y >= column.y, y < column.maxY else { continue }
      canvas.restyle(Rect(x: column.x, y: y, width: column.width, height: 1)) {
        $0.background = .role(.selection)
      }
    }
  }

  // MARK: The session's line

  private func drawStatus(into canvas: inout Canvas, in line: Rect, _ context: TutorContext) {
    var left: StyledLine = []
    switch setup.kind {
    case .cram:
      left = [
        StyledRun(
          context.text(Phrase("Cram: your schedule stays untouched.")), .role(.warning, bold: true))
      ]
    case .exam where !isOver:
      left = [
        StyledRun(context.text(Phrase("Exam: right and wrong only at the end.")), .role(.muted))
      ]
    default: break
    }
    canvas.write(left, at: Point(x: line.x, y: line.y), in: line)
    var right: StyledLine = []
    if isFlagged(context) {
      right.append(StyledRun(context.text(Phrase("* flagged")), .role(.accent, bold: true)))
    }
    if hasClock, let secondsLeft {
      right.append(
        StyledRun(
          (right.isEmpty ? "" : "  ") + context.text(Phrase("left "))
            + TimeText.clock(secondsLeft.rounded(.up)),
          .role(secondsLeft <= 60 ? .bad : .accent, bold: true)))
    }
    let width = TextWidth.width(of: right)
    canvas.write(right, at: Point(x: line.maxX - width, y: line.y), in: line)
  }

  // MARK: The foot

  private static func footRect(in area: Rect) -> Rect {
    let column = Document.column(in: area)
    return Rect(x: column.x, y: area.maxY - 1, width: column.width, height: 1)
  }

  /// What stands before the keys at the foot, those keys, and what stands behind them.
  private func foot(
    _ context: TutorContext
  ) -> (lead: StyledLine, keys: [(KeyBar.Item, Command)], tail: StyledLine)? {
    guard let state, failure(context) == nil else { return nil }
    let language = context.language
    if !state.isGraded {
      let bindings = sureBindings(for: state, context)
      guard !bindings.isEmpty, !state.isWaiting else { return nil }
      var keys = bindings.map { (KeyBar.Item($0.keyName, $0.label(language)), $0.command) }
      keys.append((KeyBar.Item("Enter", context.text(Phrase("just answer"))), .submit))
      return (
        [StyledRun(context.text(Phrase("How sure? ")), .role(.muted))], keys, []
      )
    }
    guard let pending, let rating = pending.rating else { return nil }
    guard movesSchedule else { return nil }
    var tail: StyledLine = []
    if let record = context.study.cards[pending.itemID] {
      let due = TimeText.ahead(context.study.due(of: record), now: context.now)(language)
      tail = [StyledRun(context.text(Phrase("next: ")) + due, .role(.muted))]
    }
    guard mayGrade else {
      let words =
        pending.isConfidentError && !session.isReturn
        ? Phrase("You were sure: this one comes back first. ")
        : session.isReturn
          ? Phrase("Kept as: again. ")
          : Phrase("Kept as: again; it comes back at the end. ")
      return ([StyledRun(context.text(words), .role(.warning))], [], tail)
    }
    let keys = gradeBindings.map { binding in
      let name = binding.label(language)
      let isKept = binding.keys == [.character(Character("\(rating.rawValue)"))]
      return (KeyBar.Item(binding.keyName, isKept ? "[\(name)]" : name), binding.command)
    }
    return (
      [StyledRun(context.text(Phrase("Remembered: ")), .role(.muted))], keys, tail
    )
  }

  private func footKeys(_ lead: StyledLine, in rect: Rect) -> Rect {
    let width = min(rect.width, TextWidth.width(of: lead))
    return Rect(x: rect.x + width, y: rect.y, width: rect.width - width, height: 1)
  }

  private func drawFoot(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    guard let (lead, keys, tail) = foot(context) else { return }
    let rect = Self.footRect(in: area)
    canvas.write(lead, at: Point(x: rect.x, y: rect.y), in: rect)
    let space = footKeys(lead, in: rect)
    let bar = KeyBar(keys.map(\.0), isFilled: false)
    bar.render(into: &canvas, in: space)
    let end = bar.layout(in: space).map(\.rect.maxX).max().map { $0 + 2 } ?? space.x
    canvas.write(tail, at: Point(x: end, y: rect.y), in: rect)
  }

  /// The command of the key at the foot that lies under a cell.
  func footCommand(at point: Point, in area: Rect, _ context: TutorContext) -> Command? {
    guard let (lead, keys, _) = foot(context) else { return nil }
    let space = footKeys(lead, in: Self.footRect(in: area))
    guard let item = KeyBar(keys.map(\.0), isFilled: false).item(at: point, in: space) else {
      return nil
    }
    return keys.first { $0.0 == item }?.1
  }

  // MARK: Leeches

  /// What is said of an item that is forgotten again and again, above the item itself.
  private func leechRows(_ context: TutorContext, width: Int) -> [QuizItemTypesetter.Row] {
    guard let record = leech(context), let item = itemAtHand else { return [] }
    var lines: [StyledLine] = [
      [
        StyledRun(
          context.text(
            record.lapses == 1
              ? Phrase("Forgotten once: repeating alone does not help here.")
              : Phrase("Forgotten \(record.lapses) times: repeating alone does not help here.")),
          .role(.warning, bold: true))
      ]
    ]
    if let (chapter, index) = item.questionID.flatMap({ context.question($0) }) {
      let title = InlineTypesetter(base: .text).runs(chapter.questions[index].title)
      lines.append([StyledRun(context.text(Phrase("o  read again: ")), .role(.accent))] + title)
    }
    if let experiment = context.experiment(for: item) {
      lines.append([
        StyledRun(context.text(Phrase("e  try it: ")), .role(.accent)), StyledRun(experiment.title),
      ])
    }
    return lines.flatMap { TextWrapping.wrap($0, width: width, hangingIndent: 3) }
      .map { QuizItemTypesetter.Row(line: $0) } + [QuizItemTypesetter.Row(line: [])]
  }
}
