import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// Finds questions by words of their text.
struct SearchScreen: TutorScreen {
  private struct Hit {
    let label: String
    let questionID: String
  }

  private var field = TextFieldState()
  private var selection = SelectionState()

  /// Makes an empty search.
  init() {}

  func title(_ context: TutorContext) -> String {
    context.text(Phrase("Search the questions"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(.up, [.up], Phrase("choose"), Phrase("one up"), shown: "↑↓"),
      KeyBinding(.down, [.down], Phrase("down"), Phrase("one down"), inBar: false),
      CommonKeys.open,
      KeyBinding(.back, [.escape], Phrase("back"), Phrase("back to where you came from")),
    ]
  }

  /// The questions that hold every word, those with the words in the title first; without words,
  /// the bookmarked ones.
  private func hits(_ context: TutorContext) -> [Hit] {
    let words = field.text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return bookmarked(context) }
    var inTitle: [Hit] = []
    var inText: [Hit] = []
    for chapter in context.chapters {
      for (index, question) in chapter.questions.enumerated() {
        let title = InlineTypesetter(base: .text).runs(question.title).map(\.text).joined()
        let hit = Hit(label: "\(chapter.number).\(index + 1) \(title)", questionID: question.id)
        if words.allSatisfy({ title.lowercased().contains($0) }) {
          inTitle.append(hit)
          continue
        }
        let text = context.typesetter.lines(
          for: question.answer + question.explanation, width: 10_000
        ).map { $0.map(\.text).joined() }.joined(separator: " ").lowercased()
        if words.allSatisfy({ text.contains($0) || title.lowercased().contains($0) }) {
          inText.append(hit)
        }
      }
    }
    return inTitle + inText
  }

  private func bookmarked(_ context: TutorContext) -> [Hit] {
    context.chapters.flatMap { chapter in
      chapter.questions.enumerated().compactMap { index, question in
        guard context.progress.bookmarks.contains(question.id) else { return nil }
        let title = InlineTypesetter(base: .text).runs(question.title).map(\.text).joined()
        return Hit(label: "* \(chapter.number).\(index + 1) \(title)", questionID: question.id)
      }
    }
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    let before = field.text
    guard field.handle(key) else { return nil }
    if field.text != before { selection.index = 0 }
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let hits = hits(context)
    if selection.perform(command, count: hits.count, visible: area.height - 4) { return [] }
    switch command {
    case .back: return [.pop]
    case .open:
      guard hits.indices.contains(selection.index) else { return [] }
      return [.replace(QuestionScreen(id: hits[selection.index].questionID))]
    default: return []
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press else { return [] }
    let hits = hits(context)
    let row = mouse.point.y - area.y - 3 + offset(count: hits.count, in: area)
    guard mouse.point.y >= area.y + 3, hits.indices.contains(row) else { return [] }
    return selection.press(row) ? perform(.open, &context) : []
  }

  private func fieldRect(in area: Rect) -> Rect {
    let column = Document.column(in: area)
    return Rect(x: column.x + 2, y: area.y + 1, width: column.width - 2, height: 1)
  }

  private func offset(count: Int, in area: Rect) -> Int {
    selection.offset(count: count, visible: area.height - 4)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    TextField(state: field).cursorPoint(in: fieldRect(in: area))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    canvas.write("/", at: Point(x: column.x, y: area.y + 1), style: .role(.accent, bold: true))
    TextField(state: field).render(into: &canvas, in: fieldRect(in: area))
    let hits = hits(context)
    if hits.isEmpty {
      let hint =
        field.text.isEmpty
        ? Phrase("Type words of a question or its answer.")
        : Phrase("Nothing found.")
      canvas.write(
        context.text(hint), at: Point(x: column.x, y: area.y + 3), style: .role(.muted), in: column)
      return
    }
    let visible = area.height - 4
    let offset = offset(count: hits.count, in: area)
    for row in 0..<visible where offset + row < hits.count {
      let line = Rect(x: column.x, y: area.y + 3 + row, width: column.width, height: 1)
      let isSelected = offset + row == selection.index
      canvas.write(
        hits[offset + row].label, at: Point(x: column.x + 1, y: line.y),
        style: .role(.text, bold: isSelected), in: line)
      if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
    }
  }
}
