import Curriculum
import Localization
import Presentation
import TerminalCanvas

/// What a chapter is about and what its reader will be able to do.
struct IntroductionScreen: DocumentScreen {
  private let chapterID: String
  var scroll = ScrollState()

  /// Makes the screen of a chapter.
  init(chapterID: String) {
    self.chapterID = chapterID
  }

  var position: ScreenPosition? { .introduction(chapterID: chapterID) }

  func title(_ context: TutorContext) -> String {
    context.chapter(chapterID).map { "\($0.number) \($0.title)" } ?? ""
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .next, [.character(" "), .enter, .character("n"), .right], Phrase("first question"),
        Phrase("go on to the first question")),
      CommonKeys.back, CommonKeys.help,
    ] + CommonKeys.scrolling
  }

  /// The introduction, the goals and the worked example as set text.
  static func lines(of chapter: Chapter, width: Int, _ context: TutorContext) -> [StyledLine] {
    let typesetter = context.typesetter
    var lines = typesetter.sectionTitle("\(chapter.number) \(chapter.title)", width: width)
    lines += [[]] + typesetter.lines(for: chapter.introduction, width: width)
    if !chapter.goals.isEmpty {
      lines += [[]] + typesetter.sectionTitle(context.text(Phrases.goals), width: width) + [[]]
      lines += typesetter.lines(
        for: [.list(start: nil, items: chapter.goals.map { [.paragraph($0)] })], width: width)
    }
    if !chapter.workedExample.isEmpty {
      lines +=
        [[]] + typesetter.sectionTitle(context.text(Phrases.workedExample), width: width) + [[]]
      lines += typesetter.lines(for: chapter.workedExample, width: width)
    }
    return lines
  }

  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    let lines = context.chapter(chapterID).map {
      Self.lines(of: $0, width: column.width, context)
    }
    return (Document(lines: lines ?? []), column)
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    if scroll(command, context) { return [] }
    switch command {
    case .back: return [.pop]
    case .next:
      guard let question = context.chapter(chapterID)?.questions.first else { return [.pop] }
      return [.replace(QuestionScreen(id: question.id))]
    default: return []
    }
  }
}
