import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// A chapter's contents: introduction, questions, experiments and quiz.
struct ChapterScreen: TutorScreen {
  /// One row of the contents.
  private enum Entry: Hashable {
    case introduction
    case question(Int)
    case experiment(Int)
    case quiz
  }

  /// The columns from which on the selected entry is shown beside the list.
  private static let previewWidth = 120

  private let chapterID: String
  private var selection: SelectionState

  /// Makes the screen of a chapter with a row selected.
  init(chapterID: String, selection: Int = 0) {
    self.chapterID = chapterID
    self.selection = SelectionState(selection)
  }

  var position: ScreenPosition? { .chapter(id: chapterID, selection: selection.index) }

  func title(_ context: TutorContext) -> String {
    context.chapter(chapterID).map { "\($0.number) \($0.title)" } ?? "Nibble"
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up, CommonKeys.open,
      KeyBinding(
        .openExperiment, [.character("e")], Phrases.lab,
        Phrase("the lab with this chapter's first experiment")),
      KeyBinding(.openQuiz, [.character("z")], Phrases.quiz, Phrase("this chapter's quiz")),
      CommonKeys.back, CommonKeys.help, CommonKeys.nextUnread, CommonKeys.down, CommonKeys.pageUp,
      CommonKeys.pageDown, CommonKeys.first, CommonKeys.last,
    ]
  }

  private func entries(of chapter: Chapter) -> [Entry] {
    [.introduction] + chapter.questions.indices.map { .question($0) }
      + chapter.experiments.indices.map { .experiment($0) } + [.quiz]
  }

  /// The rows as drawn: entries, and headings that belong to none.
  private func rows(of chapter: Chapter) -> [(entry: Entry?, heading: Phrase?)] {
    [(.introduction, nil), (nil, Phrases.questions)]
      + chapter.questions.indices.map { (.question($0), nil) } + [(nil, Phrases.experiments)]
      + chapter.experiments.indices.map { (.experiment($0), nil) } + [(nil, Phrases.quiz)]
      + [(.quiz, nil)]
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard let chapter = context.chapter(chapterID) else { return [.pop] }
    let entries = entries(of: chapter)
    if selection.perform(command, count: entries.count, visible: area.height) { return [] }
    switch command {
    case .back: return [.pop]
    case .nextUnread: return NextUnread.effects(after: nil, replacing: false, &context)
    case .openQuiz: return QuizScreen.opening(chapterID: chapterID, context)
    case .openExperiment:
      if case .experiment(let index) = entries[selection.index] {
        return LabScreen.opening(experiment: chapter.experiments[index], context)
      }
      return LabScreen.opening(experiment: chapter.experiments.first, context)
    case .open:
      switch entries[selection.index] {
      case .introduction: return [.push(IntroductionScreen(chapterID: chapterID))]
      case .question(let index): return [.push(QuestionScreen(id: chapter.questions[index].id))]
      case .experiment(let index):
        return LabScreen.opening(experiment: chapter.experiments[index], context)
      case .quiz: return QuizScreen.opening(chapterID: chapterID, context)
      }
    default: return []
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard let chapter = context.chapter(chapterID) else { return [] }
    let entries = entries(of: chapter)
    switch mouse.action {
    case .scrollUp: _ = selection.perform(.up, count: entries.count, visible: area.height)
    case .scrollDown: _ = selection.perform(.down, count: entries.count, visible: area.height)
    case .press:
      let rows = rows(of: chapter)
      let row = mouse.point.y - list(in: area).y + offset(rows: rows, entries: entries, in: area)
      guard rows.indices.contains(row), let entry = rows[row].entry,
        let index = entries.firstIndex(of: entry)
      else { return [] }
      if selection.press(index) { return perform(.open, &context) }
    default: break
    }
    return []
  }

  /// The list's place: the whole column, or its left part when there is room for a preview.
  private func list(in area: Rect) -> Rect {
    if area.width < Self.previewWidth { return Document.column(in: area).inset(vertically: 1) }
    return Rect(x: area.x + 2, y: area.y + 1, width: area.width * 2 / 5, height: area.height - 2)
  }

  private func offset(
    rows: [(entry: Entry?, heading: Phrase?)], entries: [Entry], in area: Rect
  ) -> Int {
    let visible = list(in: area).height
    guard entries.indices.contains(selection.index) else { return 0 }
    let row = rows.firstIndex { $0.entry == entries[selection.index] } ?? 0
    return max(0, min(row - visible / 2, rows.count - visible))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    guard let chapter = context.chapter(chapterID) else { return }
    let entries = entries(of: chapter)
    let rows = rows(of: chapter)
    let list = list(in: area)
    let offset = offset(rows: rows, entries: entries, in: area)
    for row in 0..<list.height where offset + row < rows.count {
      let y = list.y + row
      if let heading = rows[offset + row].heading {
        canvas.write(
          context.text(heading), at: Point(x: list.x, y: y), style: .role(.heading, bold: true),
          in: list)
        continue
      }
      guard let entry = rows[offset + row].entry else { continue }
      let isSelected =
        entries.indices.contains(selection.index) && entries[selection.index] == entry
      let line = Rect(x: list.x, y: y, width: list.width, height: 1)
      let text = title(of: entry, in: chapter, context)
      // Beside a preview, which shows them too, the notes would take the room of the titles.
      let note = area.width >= Self.previewWidth ? "" : text.note
      let noteWidth = TextWidth.width(of: note)
      canvas.write(
        [StyledRun("\(text.mark) \(text.label)", .role(.text, bold: isSelected))], row: 0,
        of: Rect(x: list.x + 1, y: y, width: list.width - noteWidth - 3, height: 1))
      canvas.write(
        note, at: Point(x: list.maxX - noteWidth - 1, y: y), style: .role(.muted), in: line)
      if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
    }
    if rows.count > list.height {
      ScrollBar(total: rows.count, visible: list.height, offset: offset).render(
        into: &canvas, in: Rect(x: list.maxX, y: list.y, width: 1, height: list.height))
    }
    if area.width >= Self.previewWidth, entries.indices.contains(selection.index) {
      drawPreview(of: entries[selection.index], in: chapter, into: &canvas, area: area, context)
    }
  }

  private func title(
    of entry: Entry, in chapter: Chapter, _ context: TutorContext
  ) -> (mark: String, label: String, note: String) {
    switch entry {
    case .introduction:
      var parts = [Phrases.introduction, Phrases.goals]
      if !chapter.workedExample.isEmpty { parts.append(Phrases.workedExample) }
      return (" ", parts.map { context.text($0) }.joined(separator: " · "), "")
    case .question(let index):
      let question = chapter.questions[index]
      let seen = context.progress.seenQuestions.contains(question.id)
      return (
        context.progress.bookmarks.contains(question.id)
          ? "*" : seen ? "✓" : " ",
        "\(chapter.number).\(index + 1) "
          + InlineTypesetter(base: .text).runs(question.title).map(\.text).joined(),
        context.text(Phrases.level(question.level)) + ", "
          + context.text(Phrases.frequency(question.frequency))
      )
    case .experiment(let index):
      return ("◆", chapter.experiments[index].title, "")
    case .quiz:
      let mastery = Int((context.mastery(of: chapter).share * 100).rounded())
      return (
        "?",
        context.text(Phrase("\(chapter.quizItems.count) items")),
        context.text(Phrase("mastery \(mastery) %"))
      )
    }
  }

  private func drawPreview(
    of entry: Entry, in chapter: Chapter, into canvas: inout Canvas, area: Rect,
    _ context: TutorContext
  ) {
    let list = list(in: area)
    let pane = Rect(
      x: list.maxX + 3, y: list.y,
      width: min(LessonTypesetter.comfortableMeasure, area.maxX - list.maxX - 6),
      height: list.height)
    let typesetter = context.typesetter
    var lines: [StyledLine] = []
    switch entry {
    case .introduction:
      lines = IntroductionScreen.lines(of: chapter, width: pane.width, context)
    case .question(let index):
      let question = chapter.questions[index]
      lines = typesetter.lines(
        for: question.title, width: pane.width, style: .role(.heading, bold: true))
      lines.append([StyledRun(title(of: entry, in: chapter, context).note, .role(.muted))])
      if context.progress.seenQuestions.contains(question.id) {
        lines += [[]] + typesetter.lines(for: question.answer, width: pane.width)
      }
    case .experiment(let index):
      let experiment = chapter.experiments[index]
      lines = typesetter.sectionTitle(experiment.title, width: pane.width) + [[]]
      lines += typesetter.lines(for: experiment.introduction, width: pane.width)
    case .quiz:
      return
    }
    Document(lines: lines).draw(into: &canvas, in: pane, offset: 0)
  }
}
