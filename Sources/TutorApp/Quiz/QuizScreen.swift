import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// A session of quiz items: one after another, graded at once or, in an exam, at the end.
struct QuizScreen: TutorScreen {
  /// What was chosen in the menu.
  let setup: QuizSetup
  /// What items are chosen and numbers are drawn by.
  let seed: UInt64
  /// Which item comes when.
  var session: QuizSession
  /// The shown item; nil when the session is over.
  var state: QuizItemState?
  /// The fields of an item whose answer is typed, with their cursors.
  var fields: [TextFieldState] = []
  /// The graded answer that is shown, until the learner goes on.
  var pending: QuizStep?
  /// The time of an exam.
  var clock: ExamClock
  /// Whether an exam was handed in, or its time is up.
  var isHandedIn = false
  /// Whether the learner was asked if the exam shall be handed in.
  var asksToHandIn = false
  /// Whether the last request is under way, as far as is known.
  var isMeasuring = false
  /// Why the shown item cannot be measured.
  var refusal: String?
  /// The chosen row when the session is over.
  var selection = SelectionState()
  /// How far the item or the summary is scrolled.
  var scroll = ScrollState()

  /// The effects that open a quiz of a chapter, or over all chapters for nil.
  static func opening(chapterID: String?, _ context: TutorContext) -> [TutorEffect] {
    opening(QuizSetup(chapterID == nil ? .mixed : .chapter, chapterID: chapterID), context)
  }

  /// The effects that open a session.
  static func opening(_ setup: QuizSetup, _ context: TutorContext) -> [TutorEffect] {
    [.push(QuizScreen(setup, context))]
  }

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] { requestMeasurement() }

  /// Starts a session.
  init(_ setup: QuizSetup, _ context: TutorContext) {
    self.setup = setup
    seed = UInt64(max(0, context.now))
    let order = setup.order(
      candidates: context.quizCandidates, state: context.study, seed: seed)
    session = QuizSession(items: order, rules: setup.rules)
    clock = ExamClock(now: context.now)
    begin(context)
  }

  /// Goes on with a session of an earlier run; nil when none of its items exists any more.
  init?(_ stored: StoredQuiz, _ context: TutorContext) {
    setup = stored.setup
    seed = stored.seed
    let known = Dictionary(
      QuizCandidates.all(in: context.chapters).map { ($0.itemID, $0) }
    ) { first, _ in first }
    let candidates = stored.items.compactMap { known[$0] }
    guard !candidates.isEmpty else { return nil }
    session = QuizSession(items: candidates, rules: stored.setup.rules)
    clock = ExamClock(elapsed: stored.elapsed, now: context.now)
    isHandedIn = stored.isHandedIn
    for step in stored.steps where known[step.itemID] != nil {
      // Where lessons changed so that the order is another one, what is left is asked again.
      guard session.current?.itemID == step.itemID else { break }
      session.take(step)
    }
    begin(context)
  }

  var position: ScreenPosition? {
    .quizSession(
      StoredQuiz(
        setup: setup, seed: seed, items: session.items.map(\.itemID),
        steps: session.steps + [pending].compactMap(\.self),
        // Kept to a few seconds, so that a clock does not write to the disk all the time.
        elapsed: hasClock ? (clock.elapsed / 5).rounded(.down) * 5 : clock.elapsed,
        isHandedIn: isHandedIn))
  }

  func title(_ context: TutorContext) -> String {
    var names = [context.text(Phrases.quiz)]
    if setup.kind != .chapter { names.append(context.text(setup.kind.name)) }
    if let chapter = setup.chapterID.flatMap({ context.chapter($0) }) {
      names.append("\(chapter.number) \(chapter.title)")
    }
    let total = session.items.count
    if isOver {
      names.append(context.text(Phrase("result")))
    } else if session.isReturn {
      names.append(context.text(Phrase("once more")))
    } else if session.steps.count < total {
      names.append("\(session.steps.count + 1)/\(total)")
    } else {
      names.append(context.text(Phrase("skipped, \(session.remaining) left")))
    }
    return names.joined(separator: " · ")
  }

  // MARK: The course of the session

  /// Whether nothing more is asked.
  var isOver: Bool { session.isFinished || isHandedIn }

  /// Whether answers move the schedule.
  var movesSchedule: Bool { session.rules.kind.movesSchedule }

  /// The seconds that an exam still has; nil where there is no clock.
  var secondsLeft: Double? { session.rules.secondsLeft(elapsed: clock.elapsed) }

  var hasClock: Bool { session.rules.timeLimit != nil && !isOver }

  /// Shows the session's current item, or the result.
  mutating func begin(_ context: TutorContext) {
    scroll = ScrollState()
    refusal = nil
    pending = nil
    asksToHandIn = false
    guard !isOver, let current = session.current,
      let (_, item) = context.quizItem(current.itemID)
    else {
      state = nil
      selection = SelectionState()
      return
    }
    // Seeded by session, item and place, so that order and numbers change from time to time but not
    // while shown, nor when the answer is taken back.
    let itemSeed = current.itemID.utf8.reduce(seed &+ UInt64(session.steps.count &+ 1)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let opened = QuizItemState(item: item, seed: itemSeed, startedAt: context.now)
    state = opened
    fields = opened.texts.map { TextFieldState($0) }
  }

  /// Counts an exam's time; true when this ended the exam.
  mutating func advanceClock(_ context: inout TutorContext) -> Bool {
    guard hasClock else { return false }
    clock.advance(to: context.now)
    guard secondsLeft == 0 else { return false }
    isHandedIn = true
    begin(context)
    context.notice = context.text(Phrase("Time is up: this is what you handed in."))
    return true
  }

  mutating func tick(_ context: inout TutorContext) -> [TutorEffect] {
    _ = advanceClock(&context)
    return []
  }

  /// Whether the shown item has a flag.
  func isFlagged(_ context: TutorContext) -> Bool {
    state.map { context.study.flagged.contains($0.item.id) } ?? false
  }

  /// The card of the shown item when this answer made it one to be warned of; nil otherwise.
  func leech(_ context: TutorContext) -> CardRecord? {
    guard let pending, movesSchedule, !pending.isRight,
      let record = context.study.cards[pending.itemID],
      pending.isLeechNotice(record, threshold: context.study.settings.leechThreshold)
    else { return nil }
    return record
  }
}
