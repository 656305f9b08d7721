import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// The items of a session that is over, one by one, with what was answered and why it was right.
struct QuizReviewScreen: DocumentScreen {
  private let answers: [QuizStep]
  private var index: Int
  var scroll = ScrollState()

  /// Makes the screen with one of the answers shown.
  init(answers: [QuizStep], index: Int) {
    precondition(answers.indices.contains(index), "There must be an answer to show.")
    self.answers = answers
    self.index = index
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrase("Quiz · explanation")) + " · \(index + 1)/\(answers.count)"
  }

  private func candidate(_ context: TutorContext) -> QuizCandidate? {
    guard let (chapter, item) = context.quizItem(answers[index].itemID) else { return nil }
    return QuizCandidate(itemID: item.id, chapterID: chapter.id, questionID: item.questionID)
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    var bindings = [
      KeyBinding(
        .next, [.character("n"), .right, .enter, .character(" ")], Phrase("next"),
        Phrase("the next item")),
      KeyBinding(
        .previous, [.character("p"), .left], Phrase("previous"), Phrase("the item before")),
    ]
    if let item = candidate(context) {
      bindings += QuizScreen.lessonBindings(for: item, context)
    }
    return bindings + [
      KeyBinding(
        .flag, [.character("f")], Phrase("flag"),
        Phrase("set or remove a flag; the menu asks flagged items")),
      CommonKeys.back, CommonKeys.help,
    ] + CommonKeys.scrolling.map(\.outOfBar)
  }

  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    guard let (_, item) = context.quizItem(answers[index].itemID) else {
      return (Document(lines: []), column)
    }
    let state = QuizItemState(item: item, showing: answers[index])
    let typesetter = QuizItemTypesetter(context.typesetter, width: column.width)
    return (Document(lines: typesetter.rows(for: state).map(\.line)), column)
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    switch command {
    case .back: return [.pop]
    case .next: return go(by: 1, &context)
    case .previous: return go(by: -1, &context)
    case .flag: return QuizFlags.toggle(answers[index].itemID, &context)
    case .openLesson:
      guard let id = candidate(context)?.questionID, context.question(id) != nil else { return [] }
      return [.push(QuestionScreen(id: id, revealed: true))]
    case .openExperiment:
      guard let item = candidate(context), let experiment = context.experiment(for: item) else {
        return []
      }
      return LabScreen.opening(experiment: experiment, context)
    default:
      _ = scroll(command, context)
      return []
    }
  }

  private mutating func go(by step: Int, _ context: inout TutorContext) -> [TutorEffect] {
    guard answers.indices.contains(index + step) else {
      context.notice = context.text(
        step > 0
          ? Phrase("That was the last item: q goes back.")
          : Phrase("This is the first item."))
      return []
    }
    index += step
    scroll = ScrollState()
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (document, column) = document(in: area, context)
    document.draw(into: &canvas, in: column, offset: scroll.offset)
    guard context.study.flagged.contains(answers[index].itemID) else { return }
    let mark = context.text(Phrase("* flagged"))
    canvas.write(
      mark, at: Point(x: column.maxX - TextWidth.width(of: mark), y: area.y),
      style: .role(.accent, bold: true))
  }
}
