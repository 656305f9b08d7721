import RandomNumbers
import Testing

@testable import Study

/// Skips, exams, confidence, and sessions together with the store.
@Suite struct SessionRulesTests {
  private let items = ["a", "b", "c", "d"].map { QuizCandidate(itemID: $0, chapterID: "c") }

  @Test func skippedItemsOfAPracticeStayAway() {
    var session = QuizSession(items: items)
    session.grade(right: true)
    session.skip()
    #expect(session.current?.itemID == "c")
    session.grade(right: false)
    session.grade(right: true)
    #expect(session.isReturn)
    session.skip()
    #expect(session.isFinished)
    #expect(session.summary.skipped == 1)
    #expect(session.summary.answered == 3)
    #expect(session.summary.unanswered == 1)
  }

  @Test func skippedItemsOfAnExamComeBackOnce() {
    var session = QuizSession(items: items, rules: .exam(seconds: 60))
    session.skip()
    session.grade(right: false)
    session.skip()
    session.grade(right: true)
    #expect(session.current?.itemID == "a")
    #expect(!session.isReturn)
    session.grade(right: true)
    #expect(session.current?.itemID == "c")
    session.skip()
    // The wrong one does not come back.
    #expect(session.isFinished)
    #expect(session.summary.skipped == 1)
    #expect(session.summary.unanswered == 1)
  }

  @Test func examsHaveAClockAndTellNothing() {
    let rules = QuizRules.exam(seconds: 600)
    #expect(!rules.givesFeedback)
    #expect(rules.kind == .exam)
    #expect(rules.secondsLeft(elapsed: 0) == 600)
    #expect(rules.secondsLeft(elapsed: 599.5) == 0.5)
    #expect(rules.secondsLeft(elapsed: 700) == 0)
    #expect(rules.secondsLeft(elapsed: -5) == 600)
    #expect(QuizRules.practice(.mixed).secondsLeft(elapsed: 9) == nil)
    var setup = QuizSetup(.exam, limit: 3)
    setup.minutes = 2
    #expect(setup.rules == .exam(seconds: 120))
    #expect(setup.order(candidates: items, cards: [], dueBy: moment, seed: 1).count == 3)
  }

  @Test func confidentErrorsComeBackFirst() {
    var session = QuizSession(items: items)
    session.grade(right: false, confidence: .low)
    session.grade(right: false)
    session.grade(right: false, confidence: .high)
    session.grade(right: false, confidence: .high)
    var returned: [String] = []
    while let item = session.current {
      returned.append(item.itemID)
      session.grade(right: true)
    }
    #expect(returned == ["c", "d", "a", "b"])
  }

  @Test func everyStepCanBeTakenBack() {
    var generator = SplitMix64(seed: 12)
    for trial in 0..<100 {
      let rules = trial % 2 == 0 ? QuizRules.practice(.mixed) : .exam(seconds: nil)
      let start = QuizSession(items: items, rules: rules)
      var session = start
      var history: [QuizSession] = []
      while !session.isFinished {
        history.append(session)
        let remaining = session.remaining
        if generator.nextIndex(below: 3) == 0 {
          session.skip()
        } else {
          session.grade(
            right: generator.nextIndex(below: 2) == 0,
            confidence: Confidence(rawValue: generator.nextIndex(below: 4)))
        }
        #expect(session.remaining <= remaining)
      }
      #expect(session.steps.count == history.count)
      for earlier in history.reversed() {
        #expect(!session.steps.isEmpty)
        session.undo()
        #expect(session == earlier)
      }
      #expect(session == start)
      #expect(session.steps.isEmpty)
    }
  }

  // MARK: With the store

  @Test func gradeAndUndoKeepStoreAndSessionTogether() throws {
    let store = try ProgressStore.inMemory()
    var session = QuizSession(items: items, rules: .practice(.dueToday))
    let graded = try store.grade(
      &session, right: false, response: "2", confidence: .high, seconds: 3, at: moment)
    #expect(graded.card?.wasRight == false)
    #expect(session.answers.map(\.isConfidentError) == [true])
    let logged = try #require(try store.reviews().first)
    #expect(logged.id == session.steps.last?.reviewID)
    #expect(logged.review.session == .dueToday)
    #expect(logged.review.confidence == .high)
    #expect(try store.studyState(at: moment, calendar: .utc).confidentErrors == ["a"])

    session.skip()
    let skip = try #require(try store.undoLastStep(of: &session, at: moment + 1))
    #expect(skip.isSkip && skip.itemID == "b")
    #expect(try store.reviews().count == 1)
    #expect(try store.undoLastStep(of: &session, at: moment + 2)?.itemID == "a")
    #expect(try store.reviews().isEmpty)
    #expect(try store.cards().isEmpty)
    #expect(try store.studyState(at: moment, calendar: .utc).confidentErrors.isEmpty)
    #expect(try store.undoLastStep(of: &session, at: moment + 3) == nil)
    #expect(session == QuizSession(items: items, rules: .practice(.dueToday)))
  }

  @Test func anAnswerThatCannotBeKeptMovesNothing() throws {
    let store = try ProgressStore.inMemory()
    try store.limitPages()
    var session = QuizSession(items: items)
    let before = session
    #expect(throws: ProgressStoreError.self) {
      try store.grade(
        &session, right: true, response: String(repeating: "x", count: 1_000_000), at: moment)
    }
    #expect(session == before)
  }

  @Test func cramLogsAndLeavesTheScheduleAlone() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a", at: moment - 900_000))
    let before = try store.cards()
    var session = QuizSession(items: items, rules: .practice(.cram))
    #expect(
      try store.grade(&session, right: false, confidence: .high, at: moment).card == before[0])
    #expect(try store.grade(&session, right: true, at: moment + 1).card == nil)
    #expect(try store.reviews().count == 3)
    #expect(try store.cards() == before)
    try store.rebuildCards()
    #expect(try store.cards() == before)
    // An answer after it is scheduled as if the cram had not been.
    let plain = try ProgressStore.inMemory()
    try plain.recordReview(.sample("a", at: moment - 900_000))
    try plain.recordReview(.sample("a", at: moment + 90_000))
    try store.recordReview(.sample("a", at: moment + 90_000))
    #expect(try store.cards() == plain.cards())
    // Undoing an answer of a cram replays the rest.
    try store.undoLastStep(of: &session, at: moment + 90_001)
    #expect(try store.cards() == plain.cards())
    #expect(try store.studyState(at: moment + 90_002, calendar: .utc).newToday.isEmpty)
    #expect(try store.retention().answers == 1)
  }

  @Test func leechesAreToldAtTheThresholdAndEveryHalfOfIt() throws {
    #expect((0...16).filter { Leeches.isNotice(lapses: $0, threshold: 8) } == [8, 12, 16])
    #expect((0...7).filter { Leeches.isNotice(lapses: $0, threshold: 3) } == [3, 5, 7])
    #expect((0...4).filter { Leeches.isNotice(lapses: $0, threshold: 1) } == [1, 2, 3, 4])

    let store = try ProgressStore.inMemory(scheduler: FSRS(learningSteps: [], relearningSteps: []))
    var settings = StudySettings()
    settings.leechThreshold = 2
    try store.setStudySettings(settings)
    var notices: [Bool] = []
    for step in 0..<5 {
      var session = QuizSession(items: [items[0]])
      let at = moment + Double(step) * 90_000
      notices.append(try store.grade(&session, right: false, at: at).isLeechNotice)
    }
    // The first answer is no lapse; the second and third make two.
    #expect(notices == [false, false, true, true, true])
    #expect(try store.leeches().map(\.itemID) == ["a"])
  }

  @Test func todayCountsFirstAnswersAndRepetitions() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("old", at: moment - 3 * 86_400))
    try store.recordReview(.sample("old", at: moment))
    try store.recordReview(.sample("old", at: moment + 1))
    try store.recordReview(.sample("new", at: moment))
    try store.recordReview(.sample("tomorrow", at: moment + 86_400))
    let state = try store.studyState(at: moment + 10, calendar: .utc)
    #expect(state.newToday == ["new"])
    #expect(state.repeatedToday == ["old"])
    // East of the date line it is another day, and nothing is counted twice or lost.
    let east = try store.studyState(
      at: moment + 10, calendar: StudyCalendar.zone("Pacific/Kiritimati"))
    #expect(east.newToday == ["new"])
    #expect(east.cards == state.cards)
    let west = try store.studyState(
      at: moment + 86_410, calendar: StudyCalendar.zone("America/Los_Angeles"))
    #expect(west.newToday == ["tomorrow"])
  }

  @Test func clockThatGoesBackLosesNothing() throws {
    let store = try ProgressStore.inMemory()
    // The clock stands ten years ahead for some answers, then is set right.
    for item in ["a", "b"] {
      try store.recordReview(.sample(item, at: moment + 3650 * 86_400))
      try store.recordReview(.sample(item, at: moment + 3650 * 86_400 + 700))
    }
    let state = try store.studyState(at: moment, calendar: .utc)
    #expect(state.waiting(items).due == 2)
    try store.recordReview(.sample("a", at: moment))
    let card = try #require(try store.card(item: "a"))
    #expect(card.reviews == 3)
    #expect(card.card.lastReview == moment)
    #expect(card.card.due < moment + 60 * 86_400)
    let stored = try store.cards()
    try store.rebuildCards()
    #expect(try store.cards() == stored)
    #expect(try store.reviews().count == 5)
    // Undoing the latest answer finds it although its time is the earliest.
    let last = try #require(try store.reviews().last { $0.review.itemID == "a" })
    #expect(last.review.at == moment)
    try store.undoReview(last.id, at: moment + 1)
    #expect(try store.card(item: "a")?.reviews == 2)
  }
}
