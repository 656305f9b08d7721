import Curriculum
import Localization
import Presentation
import TerminalCanvas

/// Where the parts of a mock interview stand.
struct InterviewLayout {
  /// The cells of the whole screen.
  let area: Rect

  /// Whether question and model answer stand beside one another.
  var isWide: Bool { area.width >= 120 }

  /// The column of the question.
  var column: Rect { Document.column(in: area).inset(vertically: 1) }

  /// The line with the clock.
  var clock: Rect { column.splitTop(1).top }

  /// The lines of a question with its level.
  static func questionLines(_ question: Question, width: Int, _ context: TutorContext)
    -> [StyledLine]
  {
    context.typesetter.lines(
      for: question.title, width: width, style: .role(.heading, bold: true))
      + [
        [
          StyledRun(
            context.text(Phrases.level(question.level)) + " · "
              + context.text(Phrases.frequency(question.frequency)), .role(.muted))
        ]
      ]
  }

  /// The frame around the editor.
  func editorFrame(for screen: InterviewScreen, _ context: TutorContext) -> Rect {
    let lines =
      screen.question(context).map {
        Self.questionLines($0.question, width: column.width, context).count
      } ?? 0
    let top = min(2 + lines + 1, max(0, column.height - 5))
    return column.splitTop(top).rest
  }

  /// The cells of the editor's text.
  func editor(for screen: InterviewScreen, _ context: TutorContext) -> Rect {
    Frame.inner(of: editorFrame(for: screen, context)).inset(horizontally: 1)
  }

  /// The parts of the grading: what is fixed, and what is scrolled.
  struct GradingPane {
    /// The lines that stay, with their place; none on a narrow window.
    var fixed: [StyledLine] = []
    /// The place of the fixed lines.
    var fixedRect = Rect(x: 0, y: 0, width: 0, height: 0)
    /// The lines that are scrolled.
    var scrolled: [StyledLine] = []
    /// The place of the scrolled lines.
    var scrolledRect: Rect
    /// The first row of each key point, in the lines that hold them.
    var pointRows: [Int: Int] = [:]
    /// Whether the key points are among the scrolled lines.
    var pointsScroll: Bool

    /// The key point under a cell.
    func point(at cell: Point, _ offset: Int) -> Int? {
      let rect = pointsScroll ? scrolledRect : fixedRect
      guard rect.contains(cell) else { return nil }
      let row = cell.y - rect.y + (pointsScroll ? offset : 0)
      let total = (pointsScroll ? scrolled : fixed).count
      guard row < total else { return nil }
      let found = pointRows.filter { $0.value <= row }.max { $0.value < $1.value }
      guard let found, row < lastRow else { return nil }
      return found.key
    }

    /// The row below the last key point.
    var lastRow = 0
  }

  /// Sets the grading of the current answer.
  func grading(for screen: InterviewScreen, _ context: TutorContext) -> GradingPane {
    guard case .grading(let grading) = screen.phase, let (_, question) = screen.question(context)
    else { return GradingPane(scrolledRect: area, pointsScroll: true) }
    let halves = area.inset(horizontally: 2, vertically: 1).columns(weights: [1, 1], gap: 4)
    let left = isWide ? halves[0] : column
    let width = left.width
    var lines = [screen.clockLine(context)] + [[]]
    lines += Self.questionLines(question, width: width, context) + [[]]
    lines += answerLines(grading, width: width, context) + [[]]
    var pane = GradingPane(scrolledRect: left, pointsScroll: !isWide)
    lines += context.typesetter.sectionTitle(
      context.text(Phrase("Which key points did you make?")), width: width, role: .good)
    for (index, point) in question.keyPoints.enumerated() {
      pane.pointRows[index] = lines.count
      lines += pointLines(point, index, grading, width: width, context)
    }
    pane.lastRow = lines.count
    let made = grading.made.count
    lines.append([
      StyledRun(context.text(Phrase("\(made) of \(question.keyPoints.count)")), .role(.muted))
    ])
    let model = modelLines(question, width: isWide ? halves[1].width - 2 : width, context)
    if isWide {
      pane.fixed = lines
      pane.fixedRect = left
      pane.scrolled = model
      pane.scrolledRect = halves[1].splitRight(2).rest
    } else {
      pane.scrolled = lines + [[]] + model
    }
    return pane
  }

  private func answerLines(
    _ grading: InterviewScreen.Grading, width: Int, _ context: TutorContext
  ) -> [StyledLine] {
    let bar = StyledRun("▎ ", .role(.border))
    guard !grading.text.isEmpty else {
      return [[bar, StyledRun(context.text(Phrases.spokenAnswer), .role(.muted))]]
    }
    return TextWrapping.wrap(grading.text, width: max(1, width - 2)).map { [bar] + $0 }
  }

  private func pointLines(
    _ point: [Inline], _ index: Int, _ grading: InterviewScreen.Grading, width: Int,
    _ context: TutorContext
  ) -> [StyledLine] {
    let isMade = grading.made.contains(index)
    let isFocused = grading.focus.index == index
    let box = (isFocused ? "▸" : " ") + (isMade ? "[✓] " : "[ ] ")
    let style = Style.role(isMade ? .good : .text, bold: isFocused)
    return context.typesetter.lines(for: point, width: max(1, width - 5), style: style)
      .enumerated().map { row, line in
        [StyledRun(row == 0 ? box : "     ", .role(isFocused ? .accent : .text, bold: isFocused))]
          + line
      }
  }

  private func modelLines(_ question: Question, width: Int, _ context: TutorContext)
    -> [StyledLine]
  {
    let typesetter = context.typesetter
    var lines: [StyledLine] = []
    for (title, blocks, role) in [
      (Phrases.modelAnswer, question.answer, Role.heading),
      (Phrases.followUp, question.followUp, .accent),
      (Phrases.commonMistake, question.commonMistake, .bad),
    ] where !blocks.isEmpty {
      if !lines.isEmpty { lines.append([]) }
      lines += typesetter.sectionTitle(context.text(title), width: width, role: role)
      lines += typesetter.lines(for: blocks, width: width)
    }
    return lines
  }
}

extension ScrollState {
  /// Scrolls just so far that a row is seen.
  mutating func reveal(_ row: Int, in pane: InterviewLayout.GradingPane) {
    guard pane.pointsScroll else { return }
    let height = pane.scrolledRect.height
    // The row after it too, for points of two lines.
    offset = max(min(offset, row - 1), row + 2 - height)
    clamp(lines: pane.scrolled.count, visible: height)
  }
}
