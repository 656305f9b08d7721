import Curriculum
import Study
import TerminalCanvas

/// A quiz: one item after another, graded at once, with what was wrong coming back at the end.
struct QuizScreen: TutorScreen {
  /// The greatest number of items of a quiz over all chapters.
  static let mixedLimit = 12

  private let chapterID: String?
  /// What items are chosen and numbers are drawn by.
  private let seed: UInt64
  private var session: QuizSession
  /// The shown item; nil when the quiz is over.
  var state: QuizItemState?
  /// Counts the requests for a measurement, downwards.
  var generation = 0
  /// Whether the last request is under way, as far as is known.
  var isMeasuring = false
  /// Why the shown item cannot be measured.
  var refusal: String?
  private var scroll = ScrollState()

  /// The effects that open a quiz of a chapter, or over all chapters for nil.
  static func opening(chapterID: String?, _ context: TutorContext) -> [TutorEffect] {
    var screen = QuizScreen(chapterID: chapterID, context)
    let effects = screen.requestMeasurement()
    return [.push(screen)] + effects
  }

  /// Starts a quiz of a chapter, or over all chapters for nil.
  init(chapterID: String?, _ context: TutorContext) {
    self.chapterID = chapterID
    seed = UInt64(max(0, context.now))
    let plan = QuizPlan(
      kind: chapterID.map { .chapter($0) } ?? .mixed, seed: seed,
      limit: chapterID == nil ? Self.mixedLimit : nil)
    var canMeasure = true
    if case .failed = context.laboratory { canMeasure = false }
    session = QuizSession(
      plan: plan, candidates: QuizCandidates.all(in: context.chapters, canMeasure: canMeasure),
      cards: context.progress.cards, dueBy: context.now)
    begin(context)
  }

  /// Goes on with a quiz of an earlier run; nil when none of its items exists any more.
  init?(
    chapterID: String?, items: [String], grades: [Bool], seed: UInt64 = 0, _ context: TutorContext
  ) {
    self.chapterID = chapterID
    self.seed = seed
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
      grades: session.results.map(\.wasRight), seed: seed)
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
    refusal = nil
    guard let current = session.current, let (_, item) = context.quizItem(current.itemID) else {
      state = nil
      return
    }
    // Seeded by session, item and place, so that order and numbers change from time to time but not
    // while shown.
    let itemSeed = current.itemID.utf8.reduce(seed &+ UInt64(session.results.count &+ 1)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    state = QuizItemState(item: item, seed: itemSeed, startedAt: context.now)
  }

  // MARK: Keys

  mutating func type(
    _ key: Key, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect]? {
    guard var current = state, !current.isGraded, failure(context) == nil else { return nil }
    if current.isTyped {
      // An answer that waits for its measurement is as good as given.
      guard !current.isWaiting, current.field.handle(key) else { return nil }
      state = current
      keepCursorVisible(in: area, context)
      return []
    }
    // A digit takes the choice of that number.
    if case .character(let character) = key, let digit = character.wholeNumberValue, digit > 0,
      current.shown.indices.contains(digit - 1), !current.isMovable
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
    if command == .back { return [.pop] + (awaitsMeasurement ? [.cancelMeasurements] : []) }
    guard let current = state else {
      guard command == .submit else { return [] }
      var next = QuizScreen(chapterID: chapterID, context)
      let effects = next.requestMeasurement()
      return [.replace(next)] + effects
    }
    return current.isGraded
      ? performGraded(command, current, in: area, context)
      : performOpen(command, current, in: area, &context)
  }

  private mutating func performGraded(
    _ command: Command, _ current: QuizItemState, in area: Rect, _ context: TutorContext
  ) -> [TutorEffect] {
    switch command {
    case .submit:
      session.grade(
        right: current.isRight == true, seconds: max(0, context.now - current.startedAt))
      begin(context)
      return requestMeasurement()
    case .openLesson:
      guard let id = current.item.questionID, context.question(id) != nil else { return [] }
      return [.push(QuestionScreen(id: id, revealed: true))]
    default:
      let (rows, column) = document(in: area, context)
      _ = scroll.perform(command, lines: rows.count, visible: column.height)
      return []
    }
  }

  private mutating func performOpen(
    _ command: Command, _ shown: QuizItemState, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    var current = shown
    switch command {
    case .up: current.cursor = max(0, current.cursor - 1)
    case .down: current.cursor = min(max(0, current.shown.count - 1), current.cursor + 1)
    case .toggle: current.toggle()
    case .moveItemUp: current.move(by: -1)
    case .moveItemDown: current.move(by: 1)
    case .next: current.moveFocus(by: 1)
    case .previous: current.moveFocus(by: -1)
    case .submit: return grade(&context)
    case .skip:
      guard failure(context) != nil else { return [] }
      session = session.without(current.item.id)
      begin(context)
      return requestMeasurement()
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
    guard var current = state else { return [] }
    // A second Enter while the answer waits asks nothing new of the laboratory.
    if current.isWaiting { return [] }
    let outcome = current.submit()
    state = current
    switch outcome {
    case .graded: return record(current, context)
    // The request may have been lost to another screen's since the item was shown.
    case .waiting: return isMeasuring ? [] : requestMeasurement()
    case .incomplete:
      context.notice = context.text(
        current.isCloze
          ? Phrase("Fill in every blank first.", "请先填满所有的空。")
          : current.isTyped
            ? Phrase("Type a number first.", "请先输入一个数。")
            : Phrase("Mark at least one row with Space.", "请先用空格键勾选。"))
      return []
    }
  }

  /// The effect that keeps a graded answer.
  func record(_ graded: QuizItemState, _ context: TutorContext) -> [TutorEffect] {
    guard let candidate = session.current else { return [] }
    return [
      .recordAnswer(
        QuizAnswerRecord(
          itemID: candidate.itemID, chapterID: candidate.chapterID,
          isRight: graded.isRight == true, response: graded.responseText,
          seconds: max(0, context.now - graded.startedAt),
          session: chapterID == nil ? .mixed : .chapter))
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
    if current.isTyped {
      current.setFocus(target)
      state = current
      return []
    }
    let wasThere = current.cursor == target
    current.cursor = target
    if current.isMultiple { current.toggle() }
    state = current
    // A second click on the same choice answers, as Enter does.
    if wasThere, !current.isMultiple, !current.isMovable { return grade(&context) }
    return []
  }

  // MARK: Drawing

  private func document(
    in area: Rect, _ context: TutorContext
  ) -> (rows: [QuizItemTypesetter.Row], column: Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    let typesetter = QuizItemTypesetter(context: context, width: column.width)
    guard var shown = state else {
      return (QuizSummaryText.rows(session.summary, width: column.width, context), column)
    }
    // The item is looked up again, so that a change of language shows at once.
    if let (_, item) = context.quizItem(shown.item.id) { shown.translate(to: item) }
    return (typesetter.rows(for: shown) + failureRows(context, width: column.width), column)
  }

  private mutating func keepCursorVisible(in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    guard let state else { return }
    let cursor = state.isTyped ? state.focus : state.cursor
    let targets = rows.indices.filter { rows[$0].target == cursor }
    guard let first = targets.first, let last = targets.last else { return }
    if first < scroll.offset { scroll.offset = first }
    if last >= scroll.offset + column.height { scroll.offset = last - column.height + 1 }
  }

  /// The cells of the field on a row; nil when it has none or is not seen.
  private func fieldRect(row: Int, of rows: [QuizItemTypesetter.Row], column: Rect) -> Rect? {
    guard let indent = rows[row].fieldIndent else { return nil }
    let y = column.y + row - scroll.offset
    guard y >= column.y, y < column.maxY else { return nil }
    let width = state?.isCloze == true ? 40 : 24
    return Rect(x: column.x + indent, y: y, width: min(width, column.width - indent), height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard let state, state.isTyped, !state.isGraded, !state.isWaiting else { return nil }
    let (rows, column) = document(in: area, context)
    guard
      let row = rows.indices.first(where: {
        rows[$0].fieldIndent != nil && rows[$0].target == state.focus
      })
    else { return nil }
    return fieldRect(row: row, of: rows, column: column).flatMap {
      TextField(state: state.field).cursorPoint(in: $0)
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (rows, column) = document(in: area, context)
    Document(lines: rows.map(\.line)).draw(
      into: &canvas, in: column, offset: scroll.offset, glyphs: context.glyphs)
    guard let state, !state.isGraded else { return }
    for row in rows.indices {
      guard let rect = fieldRect(row: row, of: rows, column: column),
        let field = rows[row].target, state.fields.indices.contains(field)
      else { continue }
      TextField(
        state: state.fields[field], isFocused: field == state.focus && !state.isWaiting
      ).render(into: &canvas, in: rect, glyphs: context.glyphs)
    }
  }
}
