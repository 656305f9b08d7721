import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// A question of a chapter: first alone, then with its answer.
struct QuestionScreen: DocumentScreen {
  private let id: String
  private var revealed: Bool
  var scroll = ScrollState()
  private var search = PageSearch()

  /// Makes the screen of a question.
  init(id: String, revealed: Bool = false, scroll: Int = 0) {
    self.id = id
    self.revealed = revealed
    self.scroll.offset = max(0, scroll)
  }

  var position: ScreenPosition? {
    .question(id: id, revealed: revealed, scroll: scroll.offset)
  }

  func title(_ context: TutorContext) -> String {
    guard let (chapter, index) = context.question(id) else { return "" }
    return "\(chapter.number) \(chapter.title) · \(index + 1)/\(chapter.questions.count)"
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    if search.field != nil {
      return [
        KeyBinding(.submit, [.enter], Phrase("find"), Phrase("go to the next hit")),
        KeyBinding(.skip, [.escape], Phrase("cancel"), Phrase("close the search")),
      ]
    }
    var bindings = [
      KeyBinding(
        .reveal, [.character(" "), .enter],
        revealed ? Phrase("read on") : Phrase("show the answer"),
        Phrase("show the answer; then read on, then the next question"))
    ]
    if let (chapter, index) = context.question(id), chapter.questions[index].experimentID != nil {
      bindings.append(
        KeyBinding(
          .openExperiment, [.character("e")], Phrase("experiment"),
          Phrase("see it happen in the lab")))
    }
    return bindings + [
      KeyBinding(.next, [.character("n"), .right], Phrase("next"), Phrase("the next question")),
      KeyBinding(
        .previous, [.character("p"), .left], Phrase("previous"), Phrase("the question before")),
      KeyBinding(.openQuiz, [.character("z")], Phrases.quiz, Phrase("this chapter's quiz")),
      CommonKeys.back, CommonKeys.help,
      KeyBinding(
        .search, [.character("/")], Phrase("find"), Phrase("find words on this page"), inBar: false),
      KeyBinding(
        .bookmark, [.character("m")], Phrase("bookmark"), Phrase("set or remove a bookmark"),
        inBar: false),
      CommonKeys.nextUnread,
    ]
      + CommonKeys.scrolling.map { binding in
        binding.command == .up
          ? KeyBinding(
            .up, binding.keys, Phrase("scroll"), binding.explanation, inBar: false, shown: "↑↓")
          : binding
      }
  }

  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    guard let (chapter, index) = context.question(id) else { return (Document(lines: []), column) }
    let invitation = Phrase(
      "Say your answer aloud first, as you would in the interview. Then press Space.")
    let lines = QuestionText.lines(
      for: chapter.questions[index], revealed: revealed, invitation: invitation,
      width: column.width, context)
    return (Document(lines: lines), column)
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    guard let (chapter, index) = context.question(id) else { return [.pop] }
    switch command {
    case .back: return [.pop]
    case .search:
      search.open()
      return []
    case .skip:
      search.cancel()
      return []
    case .submit:
      search.accept()
      find(&context)
      return []
    case .bookmark:
      return [.store(.setBookmark(questionID: id, !context.progress.bookmarks.contains(id)))]
    case .nextUnread:
      return NextUnread.effects(after: id, replacing: true, &context)
    case .reveal:
      if !revealed {
        revealed = true
        scroll.offset = 0
        return [.store(.noteQuestionSeen(id))]
      }
      let offset = scroll.offset
      _ = scroll(.pageDown, context)
      return scroll.offset > offset ? [] : go(to: index + 1, in: chapter, &context)
    case .next: return go(to: index + 1, in: chapter, &context)
    case .previous: return go(to: index - 1, in: chapter, &context)
    case .openExperiment:
      guard let experimentID = chapter.questions[index].experimentID,
        let (_, experiment) = context.experiment(experimentID)
      else { return [] }
      return LabScreen.opening(experiment: experiment, from: id, context)
    case .openQuiz: return QuizScreen.opening(chapterID: chapter.id, context)
    default:
      _ = scroll(command, context)
      return []
    }
  }

  /// Scrolls to the next hit, which then stands near the top.
  private mutating func find(_ context: inout TutorContext) {
    let (document, column) = document(in: context.screenArea, context)
    guard let hit = search.hit(in: document.lines, after: scroll.offset + 2) else {
      if !search.term.isEmpty {
        context.notice =
          context.text(Phrase("not on this page: ")) + search.term
      }
      return
    }
    scroll.offset = max(0, hit - 2)
    scroll.clamp(lines: document.lines.count, visible: column.height)
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    guard var field = search.field, field.handle(key) else { return nil }
    search.field = field
    return []
  }

  private static let searchPrompt = "/"

  private func fieldRect(in area: Rect) -> Rect {
    Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    search.field.flatMap {
      TextField(state: $0, prompt: Self.searchPrompt).cursorPoint(in: fieldRect(in: area))
    }
  }

  private func go(
    to index: Int, in chapter: Chapter, _ context: inout TutorContext
  ) -> [TutorEffect] {
    if chapter.questions.indices.contains(index) {
      return [.replace(QuestionScreen(id: chapter.questions[index].id))]
    }
    context.notice = context.text(
      index < 0
        ? Phrase("This is the chapter's first question.")
        : Phrase("That was the last question of this chapter: z opens its quiz, q goes back."))
    return []
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    if mouse.action == .press, !revealed { return perform(.reveal, &context) }
    follow(mouse, context)
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (document, column) = document(in: area, context)
    Document(lines: search.marked(document.lines)).draw(
      into: &canvas, in: column, offset: scroll.offset)
    if let field = search.field {
      let rect = fieldRect(in: area)
      canvas.fill(rect)
      canvas.draw(TextField(state: field, prompt: Self.searchPrompt), in: rect)
    }
  }
}
