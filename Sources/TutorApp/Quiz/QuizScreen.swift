package import Curriculum
package import Study
import TerminalCanvas

/// A quiz: one item after another, graded at once, with what was wrong coming back at the end.
struct QuizScreen: TutorScreen {
  /// The greatest number of items of a quiz over all chapters.
  static let mixedLimit = 12

  private let chapterID: String?
  private var session: QuizSession
  private var state: QuizItemState?
  private var scroll = ScrollState()

  /// The effects that open a quiz of a chapter, or over all chapters for nil.
  static func opening(chapterID: String?, _ context: TutorContext) -> [TutorEffect] {
    [.push(QuizScreen(chapterID: chapterID, context))]
  }

  /// Starts a quiz of a chapter, or over all chapters for nil.
  init(chapterID: String?, _ context: TutorContext) {
    self.chapterID = chapterID
    let plan = QuizPlan(
      kind: chapterID.map { .chapter($0) } ?? .mixed, seed: UInt64(max(0, context.now)),
      limit: chapterID == nil ? Self.mixedLimit : nil)
    session = QuizSession(
      plan: plan, candidates: QuizCandidates.all(in: context.chapters),
      cards: context.progress.cards, dueBy: context.now)
    begin(context)
  }

  /// Goes on with a quiz of an earlier run; nil when none of its items exists any more.
  init?(chapterID: String?, items: [String], grades: [Bool], _ context: TutorContext) {
    self.chapterID = chapterID
    let known = Dictionary(
      QuizCandidates.all(in: context.chapters).map { ($0.itemID, $0) }
    ) { first, _ in first }
    // When an item left the lessons the grades no longer fit the order: start over without it.
    let candidates = items.compactMap { known[$0] }
    guard !candidates.isEmpty else { return nil }
    session = QuizSession(items: candidates)
    if candidates.count == items.count {
      for grade in grades where !session.isFinished { session.grade(right: grade) }
    }
    begin(context)
  }

  var position: ScreenPosition? {
    .quiz(
      chapterID: chapterID, items: session.items.map(\.itemID),
      grades: session.results.map(\.wasRight))
  }

  func title(_ context: TutorContext) -> String {
    let name =
      chapterID.flatMap { context.chapter($0) }.map { "\($0.number) \($0.title)" }
      ?? context.text(Phrase("all chapters", "全部章节"))
    let total = session.items.count
    let number = min(session.results.count(where: { !$0.isReturn }) + 1, total)
    let place =
      session.isReturn && !session.isFinished
      ? context.text(Phrase("once more", "错题重做")) : "\(number)/\(total)"
    return "\(context.text(Phrases.quiz)) · \(name) · \(place)"
  }

  /// Shows the session's current item.
  private mutating func begin(_ context: TutorContext) {
    scroll = ScrollState()
    guard let current = session.current, let (_, item) = context.quizItem(current.itemID) else {
      state = nil
      return
    }
    // Seeded by item and place, so that the order changes from time to time but not while shown.
    let seed = current.itemID.utf8.reduce(UInt64(session.results.count &+ 1)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    state = QuizItemState(item: item, seed: seed, startedAt: context.now)
  }

  // MARK: Keys

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard let state else {
      return [
        KeyBinding(
          .submit, [.enter, .character("z")], Phrase("again", "再来"),
          Phrase("another quiz", "再做一轮")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    let leave = KeyBinding(
      .back, [.escape, .character("q")], Phrase("leave", "离开"),
      Phrase("leave; answers are kept", "离开，已答的题都已保存"))
    if state.isGraded {
      return [
        KeyBinding(
          .submit, [.enter, .character(" "), .character("n")], Phrase("next", "下一题"),
          Phrase("the next item", "下一题")),
        KeyBinding(
          .openLesson, [.character("o")], Phrase("lesson", "课文"),
          Phrase("the question that explains it", "打开讲解它的问题")),
        leave, CommonKeys.help,
      ] + CommonKeys.scrolling
    }
    var bindings: [KeyBinding] = []
    switch state.item.answer {
    case .numeric:
      bindings = [
        KeyBinding(.submit, [.enter], Phrase("answer", "提交"), Phrase("grade the number", "提交数值")),
        KeyBinding(
          .back, [.escape], Phrase("leave", "离开"), Phrase("leave; answers are kept", "离开，已答的题都已保存")),
        KeyBinding(.pageUp, [.pageUp], Phrase("up", "上翻"), Phrase("scroll up", "上翻"), inBar: false),
        KeyBinding(
          .pageDown, [.pageDown], Phrase("down", "下翻"), Phrase("scroll down", "下翻"), inBar: false),
      ]
      return bindings
    case .choice, .spot:
      bindings = [
        CommonKeys.up,
        KeyBinding(
          .submit, [.enter, .character(" ")], Phrase("answer", "作答"),
          Phrase("answer with the marked row", "以当前行作答")),
      ]
    case .multiple:
      bindings = [
        CommonKeys.up,
        KeyBinding(
          .toggle, [.character(" "), .character("x")], Phrase("mark", "勾选"),
          Phrase("mark or unmark the row", "勾选或取消")),
        KeyBinding(
          .submit, [.enter], Phrase("answer", "作答"),
          Phrase("answer with the marked rows", "以勾选的各项作答")),
      ]
    case .order:
      bindings = [
        CommonKeys.up,
        KeyBinding(
          .moveItemUp, [.character("K"), .shiftLeft, .left], Phrase("move", "移动"),
          Phrase("move the row up", "把这一行上移"), shown: "←→"),
        KeyBinding(
          .moveItemDown, [.character("J"), .shiftRight, .right], Phrase("move", "移动"),
          Phrase("move the row down", "把这一行下移"), inBar: false),
        KeyBinding(
          .submit, [.enter], Phrase("answer", "作答"), Phrase("answer with this order", "以此顺序作答")),
      ]
    }
    return bindings + [
      leave, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.pageDown,
    ]
  }

  mutating func type(
    _ key: Key, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect]? {
    guard var current = state, !current.isGraded else { return nil }
    if current.isNumeric {
      guard current.field.handle(key) else { return nil }
      state = current
      return []
    }
    // A digit takes the choice of that number.
    if case .character(let character) = key, let digit = character.wholeNumberValue, digit > 0,
      current.shown.indices.contains(digit - 1), !current.isOrder
    {
      current.cursor = digit - 1
      if current.isMultiple { current.toggle() }
      state = current
      return []
    }
    return nil
  }

  mutating func perform(
    _ command: Command, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    if command == .back { return [.pop] }
    guard var current = state else {
      guard command == .submit else { return [] }
      return [.replace(QuizScreen(chapterID: chapterID, context))]
    }
    if current.isGraded {
      switch command {
      case .submit:
        session.grade(
          right: current.isRight == true, seconds: max(0, context.now - current.startedAt))
        begin(context)
      case .openLesson:
        guard let id = current.item.questionID, context.question(id) != nil else { return [] }
        return [.push(QuestionScreen(id: id, revealed: true))]
      default:
        let (rows, column) = document(in: area, context)
        _ = scroll.perform(command, lines: rows.count, visible: column.height)
      }
      return []
    }
    switch command {
    case .up: current.cursor = max(0, current.cursor - 1)
    case .down: current.cursor = min(max(0, current.shown.count - 1), current.cursor + 1)
    case .toggle: current.toggle()
    case .moveItemUp: current.move(by: -1)
    case .moveItemDown: current.move(by: 1)
    case .submit: return grade(&context)
    case .pageUp, .pageDown:
      let (rows, column) = document(in: area, context)
      _ = scroll.perform(command, lines: rows.count, visible: column.height)
      return []
    default: return []
    }
    state = current
    keepCursorVisible(in: area, context)
    return []
  }

  private mutating func grade(_ context: inout TutorContext) -> [TutorEffect] {
    guard var current = state, let candidate = session.current else { return [] }
    guard current.grade() else {
      context.notice = context.text(
        current.isNumeric
          ? Phrase("Type a number first.", "请先输入一个数。")
          : Phrase("Mark at least one row with Space.", "请先用空格键勾选。"))
      return []
    }
    state = current
    return [
      .recordAnswer(
        QuizAnswerRecord(
          itemID: candidate.itemID, chapterID: candidate.chapterID,
          isRight: current.isRight == true, response: current.responseText,
          seconds: max(0, context.now - current.startedAt)))
    ]
  }

  mutating func point(
    _ mouse: MouseEvent, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    let (rows, column) = document(in: area, context)
    scroll.scroll(mouse, lines: rows.count, visible: column.height)
    guard mouse.action == .press, var current = state, !current.isGraded else { return [] }
    let row = mouse.point.y - column.y + scroll.offset
    guard rows.indices.contains(row), let target = rows[row].target else { return [] }
    let wasThere = current.cursor == target
    current.cursor = target
    if current.isMultiple { current.toggle() }
    state = current
    // A second click on the same choice answers, as Enter does.
    if wasThere, !current.isMultiple, !current.isOrder { return grade(&context) }
    return []
  }

  // MARK: Drawing

  private func document(
    in area: Rect, _ context: TutorContext
  ) -> (rows: [QuizItemTypesetter.Row], column: Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    let typesetter = QuizItemTypesetter(context: context, width: column.width)
    guard let state else {
      return (QuizSummaryText.rows(session.summary, width: column.width, context), column)
    }
    // The item is looked up again, so that a change of language shows at once.
    var shown = state
    if let (_, item) = context.quizItem(state.item.id) { shown.item = item }
    return (typesetter.rows(for: shown), column)
  }

  private mutating func keepCursorVisible(in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    guard let cursor = state?.cursor else { return }
    let targets = rows.indices.filter { rows[$0].target == cursor }
    guard let first = targets.first, let last = targets.last else { return }
    if first < scroll.offset { scroll.offset = first }
    if last >= scroll.offset + column.height { scroll.offset = last - column.height + 1 }
  }

  private func fieldRect(rows: [QuizItemTypesetter.Row], column: Rect) -> Rect? {
    guard let row = rows.firstIndex(where: \.isField) else { return nil }
    let y = column.y + row - scroll.offset
    guard y >= column.y, y < column.maxY else { return nil }
    let indent = QuizItemTypesetter.fieldIndent
    return Rect(x: column.x + indent, y: y, width: min(24, column.width - indent), height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard let state, state.isNumeric, !state.isGraded else { return nil }
    let (rows, column) = document(in: area, context)
    return fieldRect(rows: rows, column: column).flatMap {
      TextField(state: state.field).cursorPoint(in: $0)
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    Document(lines: rows.map(\.line)).draw(
      into: &canvas, in: column, offset: scroll.offset, glyphs: context.glyphs)
    if let state, state.isNumeric, !state.isGraded,
      let rect = fieldRect(rows: rows, column: column)
    {
      TextField(state: state.field).render(into: &canvas, in: rect, glyphs: context.glyphs)
    }
  }
}

/// The quiz items of the lessons as the study module sees them.
package enum QuizCandidates {
  /// All items of some chapters.
  package static func all(in chapters: [Chapter]) -> [QuizCandidate] {
    chapters.flatMap { chapter in
      chapter.quizItems.map {
        QuizCandidate(itemID: $0.id, chapterID: chapter.id, questionID: $0.questionID)
      }
    }
  }
}

/// What is shown when a quiz is over.
enum QuizSummaryText {
  /// The set lines.
  static func rows(
    _ summary: QuizSummary, width: Int, _ context: TutorContext
  ) -> [QuizItemTypesetter.Row] {
    let isEnglish = context.language == .english
    let typesetter = context.typesetter
    var lines = typesetter.sectionTitle(
      context.text(Phrase("The quiz is over", "测验结束")), width: width)
    lines.append([])
    let share = summary.answered == 0 ? 0 : Double(summary.right) / Double(summary.answered)
    lines.append([
      StyledRun(
        isEnglish
          ? "Right at once: \(summary.right) of \(summary.answered)"
          : "一次答对：\(summary.right)/\(summary.answered)",
        .role(share >= 0.8 ? .good : .warning, bold: true))
    ])
    if summary.recovered > 0 {
      lines.append([
        StyledRun(
          isEnglish
            ? "Right the second time: \(summary.recovered)" : "重做答对：\(summary.recovered)")
      ])
    }
    let minutes = Int(summary.seconds) / 60
    let seconds = Int(summary.seconds) % 60
    lines.append([
      StyledRun(
        isEnglish ? "Time: \(minutes) min \(seconds) s" : "用时：\(minutes) 分 \(seconds) 秒",
        .role(.muted))
    ])
    let open = summary.open.compactMap(\.questionID)
    let review = open.enumerated().filter { open.firstIndex(of: $1) == $0 }.map(\.element)
    if !review.isEmpty {
      lines += [[]]
      lines += typesetter.sectionTitle(
        context.text(Phrase("Worth reading again", "值得再读一遍")), width: width)
      for id in review {
        guard let (chapter, index) = context.question(id) else { continue }
        let title = InlineTypesetter(base: .text).runs(chapter.questions[index].title)
        lines += TextWrapping.wrap(
          [StyledRun("\(chapter.number).\(index + 1) ", .role(.accent))] + title, width: width,
          hangingIndent: 4)
      }
    }
    return lines.map { QuizItemTypesetter.Row(line: $0) }
  }
}
