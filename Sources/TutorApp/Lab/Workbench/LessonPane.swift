import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas

/// The text beside the lab: the experiment's own, or the question that it shows the answer of.
struct LessonPane: Sendable {
  /// What can be read.
  enum Page: Sendable {
    case experiment, question
  }

  /// Whether it takes the panels' place where it has none of its own.
  var isShown = false
  /// What is shown.
  var page = Page.experiment
  /// The question from which the lab was opened.
  var questionID: String?
  /// Whether the answer was asked for here.
  var isRevealed = false
  /// How far the experiment's text is scrolled.
  var experimentScroll = ScrollState()
  /// How far the question is scrolled.
  var questionScroll = ScrollState()

  /// How far the shown text is scrolled.
  var scroll: ScrollState {
    get { page == .question ? questionScroll : experimentScroll }
    set { if page == .question { questionScroll = newValue } else { experimentScroll = newValue } }
  }

  /// The width of a window from which on the text has a pane of its own.
  static let minWidth = 140
}

extension LabScreen {
  /// The question that the text pane can show, with its chapter.
  func question(_ context: TutorContext) -> Question? {
    if let id = lesson.questionID, let (chapter, index) = context.question(id) {
      return chapter.questions[index]
    }
    guard let id = experimentID, let (chapter, index) = context.question(shownBy: id) else {
      return nil
    }
    return chapter.questions[index]
  }

  /// The key that goes from text to text while letters go to the guess.
  func guessingBindings(_ context: TutorContext) -> [KeyBinding] {
    guard question(context) != nil else { return [] }
    return [
      KeyBinding(
        .switchLesson, [.tab], Phrase("question"),
        Phrase("the question that the experiment answers, and back"))
    ]
  }

  private func isAnswerShown(_ question: Question, _ context: TutorContext) -> Bool {
    lesson.isRevealed || context.progress.seenQuestions.contains(question.id)
  }

  /// From the experiment to the question, to its answer, and back.
  mutating func switchLesson(_ context: inout TutorContext) -> [TutorEffect] {
    guard let question = question(context) else {
      context.notice = context.text(Phrase("No question of the lessons points here."))
      return []
    }
    lesson.isShown = true
    switch lesson.page {
    case .experiment:
      lesson.page = .question
      lesson.questionScroll = ScrollState()
      return []
    case .question where !isAnswerShown(question, context):
      lesson.isRevealed = true
      lesson.questionScroll = ScrollState()
      guard context.question(question.id) != nil else { return [] }
      return [.store(.noteQuestionSeen(question.id))]
    case .question:
      lesson.page = .experiment
      return []
    }
  }

  /// The lines of the pane below its head.
  func paneLines(width: Int, _ context: TutorContext) -> [StyledLine] {
    guard lesson.page == .question, width > 0, let question = question(context) else {
      return textLines(width: width, context)
    }
    let invitation = Phrase("Say your answer aloud first. Then T shows one to compare with.")
    return QuestionText.lines(
      for: question, revealed: isAnswerShown(question, context), invitation: invitation,
      width: width, context)
  }

  /// The rows of the pane that scroll, below the row that says what is shown.
  func paneBody(in rect: Rect, _ context: TutorContext) -> Rect {
    question(context) == nil ? rect : rect.splitTop(2).rest
  }

  /// Draws the text with its head.
  func drawPane(into canvas: inout Canvas, in rect: Rect, _ context: TutorContext) {
    let body = paneBody(in: rect, context)
    if body != rect {
      let isQuestion = lesson.page == .question
      func tab(_ phrase: Phrase, _ isShown: Bool) -> StyledRun {
        let text = context.text(phrase)
        return StyledRun(
          isShown ? "[\(text)]" : " \(text) ", .role(isShown ? .accent : .muted, bold: isShown))
      }
      canvas.write(
        [
          tab(Phrase("Experiment"), !isQuestion), tab(Phrase("Question"), isQuestion),
          StyledRun("  T", .role(.muted)),
        ], row: 0, of: rect)
    }
    let column = Rect(x: body.x, y: body.y, width: Self.textWidth(in: body), height: body.height)
    Document(lines: paneLines(width: column.width, context)).draw(
      into: &canvas, in: column, offset: lesson.scroll.offset)
  }

  /// Scrolls the text by a command.
  mutating func scrollPane(_ command: Command, in area: Rect, _ context: TutorContext) {
    let (lines, body) = paneExtent(in: area, context)
    _ = lesson.scroll.perform(command, lines: lines, visible: body)
  }

  /// Scrolls what the pointer is on: the text, the list of sliders, or the pages of plots.
  mutating func scroll(
    _ mouse: MouseEvent, in area: Rect, _ layout: LabLayout, _ context: TutorContext
  ) -> [TutorEffect] {
    let isTextShown = layout.hasSidePane || lesson.isShown
    let step = mouse.action == .scrollUp ? -1 : 1
    if isTextShown, layout.text.contains(mouse.point) {
      let (lines, body) = paneExtent(in: area, context)
      lesson.scroll.scroll(mouse, lines: lines, visible: body)
    } else if layout.lower.contains(mouse.point) {
      let target = page + step
      guard pages(in: layout).pages.indices.contains(target) else { return [] }
      return turnPage(by: step, context)
    } else if layout.knobs.contains(mouse.point), field == nil {
      moveFocus(step < 0 ? .up : .down)
    }
    return []
  }

  private func paneExtent(in area: Rect, _ context: TutorContext) -> (lines: Int, rows: Int) {
    let body = paneBody(in: LabLayout(area: area, knobCount: session.knobs.count).text, context)
    return (paneLines(width: Self.textWidth(in: body), context).count, body.height)
  }
}
