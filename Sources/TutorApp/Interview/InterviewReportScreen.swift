import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// The report of a mock interview: score by topic, what to review, and every answer.
struct InterviewReportScreen: TutorScreen {
  private let run: InterviewRun
  /// Whether the report is still to be kept.
  private let isNew: Bool
  /// Where the report was written to, if it was.
  private var path: String?
  private var selection = SelectionState()
  private var scroll = ScrollState()

  /// Makes the screen of an interview that is over, whose report it keeps if that is new.
  init(run: InterviewRun, isNew: Bool) {
    self.run = run
    self.isNew = isNew
  }

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] {
    isNew ? [.store(.finishInterview(run, run.document))] : []
  }

  mutating func receive(_ reply: StoreReply, _ context: inout TutorContext) -> [TutorEffect] {
    if case .exported(let path) = reply { self.path = path }
    return []
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.interview) + " · " + context.text(Phrase("Report")) + " · "
      + DateText.minute(run.startedAt)
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    let links: [KeyBinding] =
      InterviewReportText(run: run, path: path, typesetter: context.typesetter).linkedIDs.isEmpty
      ? []
      : [
        KeyBinding(
          .open, [.enter], Phrase("lesson", context: "open"),
          Phrase("open the question in its lesson"))
      ]
    return [CommonKeys.up] + links + [
      KeyBinding(
        .export, [.character("x")], Phrase("Markdown"),
        Phrase("write the report as a Markdown file")),
      CommonKeys.pageDown.shown(inBar: true, as: "PgUp/Dn", label: Phrase("scroll")),
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.first,
      CommonKeys.last,
    ]
  }

  private func text(in area: Rect, _ context: TutorContext) -> (InterviewReportText, Rect) {
    (
      InterviewReportText(run: run, path: path, typesetter: context.typesetter),
      Document.column(in: area).inset(vertically: 1)
    )
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let (text, column) = text(in: area, context)
    let page = text.page(width: column.width, selected: selection.index)
    switch command {
    case .back: return [.pop]
    case .export: return [.store(.exportInterview(run.document))]
    case .open:
      guard text.linkedIDs.indices.contains(selection.index) else { return [] }
      let id = text.linkedIDs[selection.index]
      guard context.question(id) != nil else {
        context.notice = context.text(Phrase("The lessons no longer have this question."))
        return []
      }
      return [.push(QuestionScreen(id: id, revealed: true))]
    case .up,
      .down where !text.linkedIDs.isEmpty:
      moveLink(command, page: page, visible: column.height)
    default:
      _ = scroll.perform(command, lines: page.lines.count, visible: column.height)
    }
    return []
  }

  /// Moves to the next link if it is near, and else scrolls towards it.
  private mutating func moveLink(_ command: Command, page: InterviewReportText.Page, visible: Int) {
    let step = command == .up ? -1 : 1
    let next = selection.index + step
    guard page.linkRows.indices.contains(next) else {
      _ = scroll.perform(command, lines: page.lines.count, visible: visible)
      return
    }
    let row = page.linkRows[next]
    let isNear = row >= scroll.offset - 1 && row <= scroll.offset + visible
    if isNear { selection.index = next } else { scroll.offset += step }
    if isNear { scroll.offset = max(min(scroll.offset, row - 1), row + 3 - visible) }
    scroll.clamp(lines: page.lines.count, visible: visible)
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let (text, column) = text(in: area, context)
    let page = text.page(width: column.width, selected: selection.index)
    if mouse.action == .press,
      let link = page.linkRows.firstIndex(of: mouse.point.y - column.y + scroll.offset)
    {
      if selection.press(link) { return perform(.open, &context) }
    }
    scroll.scroll(mouse, lines: page.lines.count, visible: column.height)
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (text, column) = text(in: area, context)
    let page = text.page(width: column.width, selected: selection.index)
    Document(lines: page.lines).draw(into: &canvas, in: column, offset: scroll.offset)
  }
}
