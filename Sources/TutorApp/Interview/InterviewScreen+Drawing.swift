import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

extension InterviewScreen {
  /// The seconds within which an answer is best given, as the lessons teach it.
  private static let goodSeconds = 90.0
  /// The seconds from which an interviewer interrupts.
  private static let longSeconds = 150.0

  /// How long the answer takes, and how much time is left or used altogether.
  func clockLine(_ context: TutorContext) -> StyledLine {
    let seconds = seconds(context)
    let role: Role =
      seconds <= Self.goodSeconds ? .good : seconds <= Self.longSeconds ? .warning : .bad
    var line = [
      StyledRun(context.text(Phrase("this answer ")), .role(.muted)),
      StyledRun(TimeText.clock(seconds), .role(role, bold: true)),
    ]
    let used = run.seconds + seconds
    if let limit = run.length.seconds {
      let left = limit - used
      line += [
        StyledRun(context.text(Phrase("   left ")), .role(.muted)),
        left > 0
          ? StyledRun(TimeText.clock(left), .role(left < 120 ? .warning : .text, bold: true))
          : StyledRun(
            context.text(Phrase("time is up: this is the last answer")), .role(.warning, bold: true)
          ),
      ]
    } else {
      line += [
        StyledRun(context.text(Phrase("   all answers ")), .role(.muted)),
        StyledRun(TimeText.clock(used)),
      ]
    }
    return line
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let layout = InterviewLayout(area: area)
    guard let (_, question) = question(context) else {
      let gone = Phrase("The lessons no longer have this question. Any key goes on.")
      canvas.write(
        context.text(gone), at: Point(x: layout.column.x, y: layout.column.y), style: .role(.muted))
      return
    }
    switch phase {
    case .answering(let editor):
      drawQuestion(question, into: &canvas, layout, context)
      let frame = layout.editorFrame(for: self, context)
      canvas.draw(Frame(title: context.text(Phrase("Your answer")), isFocused: true), in: frame)
      canvas.draw(
        TextEditor(state: editor, placeholder: context.text(Self.placeholder)),
        in: layout.editor(for: self, context))
    case .grading(let grading):
      let pane = layout.grading(for: self, context)
      if !pane.fixed.isEmpty {
        Document(lines: pane.fixed).draw(into: &canvas, in: pane.fixedRect, offset: 0)
      }
      Document(lines: pane.scrolled).draw(
        into: &canvas, in: pane.scrolledRect, offset: grading.scroll.offset)
    }
  }

  private static let placeholder = Phrase(
    "Type as you would speak: claim, reason, number, limit; or say it aloud and press Ctrl-S.")

  private func drawQuestion(
    _ question: Question, into canvas: inout Canvas, _ layout: InterviewLayout,
    _ context: TutorContext
  ) {
    canvas.write(clockLine(context), row: 0, of: layout.clock)
    let below = layout.column.splitTop(2).rest
    let lines = InterviewLayout.questionLines(question, width: below.width, context)
    canvas.write(lines, in: below)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard case .answering(let editor) = phase, question(context) != nil else { return nil }
    return TextEditor(state: editor).cursorPoint(
      in: InterviewLayout(area: area).editor(for: self, context))
  }
}
