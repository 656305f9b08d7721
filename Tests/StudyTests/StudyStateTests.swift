import Testing

@testable import Study

/// What is due, within the limits of the day and before an interview.
@Suite struct StudyStateTests {
  private let day = 86_400.0
  private let today = StudyCalendar.utc.day(at: moment)

  /// Twelve items of twelve questions in three chapters, in the order of the lessons.
  private let candidates = (0..<12).map { number in
    QuizCandidate(
      itemID: "item.\(number)", chapterID: "c.\(number / 4)", questionID: "q.\(number)")
  }

  private func card(
    _ item: String, due: Double, last: Double = moment - 5 * 86_400, stability: Double = 10,
    right: Bool = true, lapses: Int = 0, state: FSRSCard.State = .review,
    confidence: Confidence? = nil
  ) -> CardRecord {
    CardRecord(
      itemID: item, chapterID: "c",
      card: FSRSCard(
        state: state, step: state == .review ? nil : 0, stability: stability, difficulty: 5,
        due: due, lastReview: last),
      reviews: 3, lapses: lapses, wasRight: right, confidence: confidence)
  }

  private func state(
    _ cards: [CardRecord], settings: StudySettings = StudySettings(), interviewAt: Double? = nil,
    newToday: Set<String> = [], repeatedToday: Set<String> = [], flagged: Set<String> = [],
    errors: Set<String>? = nil
  ) -> StudyState {
    StudyState(
      cards: cards, confidentErrors: errors, flagged: flagged, settings: settings, now: moment,
      day: today, interviewAt: interviewAt, newToday: newToday, repeatedToday: repeatedToday)
  }

  private func order(
    _ kind: QuizSetup.Kind, _ state: StudyState, chapter: String? = nil, limit: Int? = nil
  ) -> [String] {
    QuizSetup(kind, chapterID: chapter, limit: limit)
      .order(candidates: candidates, state: state, seed: 3)
      .map(\.itemID)
  }

  @Test func knownItemsAreDueAllDayAndLearntOnesAtTheirMinute() {
    let state = state([])
    #expect(state.isDue(card("a", due: today.end - 1)))
    #expect(!state.isDue(card("a", due: today.end)))
    #expect(state.isDue(card("a", due: moment, state: .relearning)))
    #expect(!state.isDue(card("a", due: moment + 1, state: .learning)))
  }

  @Test func limitsOfTheDayHold() {
    var settings = StudySettings()
    settings.newPerDay = 3
    settings.reviewsPerDay = 2
    let cards = (0..<5).map { card("item.\($0)", due: moment - Double($0)) }
    let asked = order(.due, state(cards, settings: settings))
    // The two that are overdue longest, then the first three new ones of the lessons.
    #expect(Set(asked.prefix(2)) == ["item.3", "item.4"])
    #expect(Set(asked.dropFirst(2)) == ["item.5", "item.6", "item.7"])

    let later = state(
      cards, settings: settings, newToday: ["item.11", "item.10"], repeatedToday: ["x"])
    #expect(Set(order(.due, later)) == ["item.4", "item.5"])
    #expect(
      later.waiting(candidates)
        == WaitingItems(due: 1, new: 1, dueHeldBack: 4, newHeldBack: 6, nextDue: nil))
    // What was repeated today and came back does not count again.
    let back = state(cards, settings: settings, repeatedToday: ["item.0", "item.1"])
    #expect(Set(order(.due, back)).isSuperset(of: ["item.0", "item.1"]))
    #expect(back.repeatsLeft == 0)
  }

  @Test func newSiblingsWaitForAnotherDay() {
    let siblings = (0..<6).map {
      QuizCandidate(itemID: "item.\($0)", chapterID: "c", questionID: "q.\($0 / 2)")
    }
    let state = state([card("item.0", due: moment - 1)], newToday: ["item.4"])
    let asked = QuizSetup(.due).order(candidates: siblings, state: state, seed: 1)
    // item.1 has a sibling that is asked, item.5 one that was answered today.
    #expect(asked.map(\.itemID) == ["item.0", "item.2"])
  }

  @Test func waitingItemsNameTheNextOne() {
    let state = state([
      card("item.0", due: moment + 90, state: .learning), card("item.1", due: moment + 9 * day),
      card("removed", due: moment + 1),
    ])
    let waiting = state.waiting(Array(candidates.prefix(2)))
    #expect(waiting.isEmpty)
    #expect(waiting.nextDue == moment + 90)
  }

  @Test func confidentErrorsHeadTheNextSessionWhateverTheirDate() {
    let cards = [
      card("item.2", due: moment - day), card("item.7", due: moment + 9 * day),
      card("item.5", due: moment - day, right: false),
    ]
    // item.9 was only met in a cram and has no card.
    let state = state(cards, errors: ["item.7", "item.9"])
    for kind in [QuizSetup.Kind.due, .mixed, .weak, .cram] {
      #expect(Set(order(kind, state).prefix(2)) == ["item.7", "item.9"], "\(kind)")
    }
    let positions = (0..<40).map { seed in
      QuizSetup(.exam, limit: nil)
        .order(candidates: candidates, state: state, seed: seed).firstIndex {
          $0.itemID == "item.7"
        } ?? 0
    }
    #expect(Set(positions).count > 5)
  }

  @Test func weakSpotsAreOrderedByStrength() {
    let cards = [
      // R(5 days, S = 10) = 0.9459: the strongest, but below 0.9 only when it lapsed.
      card("item.0", due: moment, lapses: 0), card("item.1", due: moment, lapses: 1),
      card("item.2", due: moment, lapses: 5), card("item.3", due: moment, right: false, lapses: 1),
      card("item.4", due: moment, right: false, lapses: 4),
      card("item.5", due: moment, stability: 1),
      card("item.6", due: moment, last: moment - 60, right: false, confidence: .high),
    ]
    let asked = order(.weak, state(cards))
    #expect(asked == ["item.6", "item.4", "item.3", "item.2", "item.1", "item.5"])
  }

  @Test func cramExamAndFlaggedTakeWhatTheyName() {
    let state = state([], flagged: ["item.9", "item.1", "gone"])
    #expect(Set(order(.flagged, state)) == ["item.1", "item.9"])
    #expect(Set(order(.cram, state, chapter: "c.1")) == ["item.4", "item.5", "item.6", "item.7"])
    #expect(order(.cram, state).count == 12)
    #expect(order(.exam, state, limit: 5).count == 5)
    let logged: [SessionKind] = [
      .dueToday, .chapter, .mixed, .cram, .exam, .weakSpots, .flagged,
    ]
    #expect(QuizSetup.Kind.allCases.map { QuizSetup($0).rules.kind } == logged)
    #expect(SessionKind.exam.movesSchedule)
    #expect(!SessionKind.cram.movesSchedule)
  }

  // MARK: Interview

  @Test func interviewRaisesWhatWillBeRecalledLeast() {
    let cards = (0..<8).map { number in
      card("item.\(number)", due: moment - Double(number) * day, stability: Double(20 - 2 * number))
    }
    let plain = state(cards)
    let ahead = state(cards, interviewAt: moment + 20 * day)
    // Without an interview the order is random, with one the weakest come first.
    let byRecall = cards.sorted {
      ahead.predictedRecall(of: $0) < ahead.predictedRecall(of: $1)
    }.map(\.itemID)
    #expect(byRecall == (0..<8).reversed().map { "item.\($0)" })
    #expect(Array(order(.due, ahead).prefix(8)) == byRecall)
    #expect(order(.due, ahead, limit: 3) == Array(byRecall.prefix(3)))
    #expect(Array(order(.due, plain).prefix(8)) != byRecall)
    var settings = StudySettings()
    settings.reviewsPerDay = 2
    settings.newPerDay = 0
    let limited = state(cards, settings: settings, interviewAt: moment + 20 * day)
    #expect(order(.due, limited) == Array(byRecall.prefix(2)))
  }

  @Test func interviewCountsWhatWillBeForgottenAsDueInAMixture() {
    let cards = [
      card("item.0", due: moment + 30 * day, stability: 100),
      card("item.1", due: moment + 30 * day, stability: 3),
    ]
    let ahead = state(cards, interviewAt: moment + 10 * day)
    #expect(order(.mixed, ahead).first == "item.1")
    #expect(order(.mixed, ahead).last == "item.0")
    #expect(order(.mixed, state(cards)).prefix(10).contains("item.1") == false)
  }

  @Test func everyItemIsSeenOnceMoreBeforeTheInterview() {
    let interview = today.start + 30 * day
    let cards = (0..<60).map { card("item.\($0)", due: moment + Double(20 + $0 * 3) * day) }
    let ahead = state(cards, interviewAt: interview)
    for record in cards {
      let due = ahead.due(of: record)
      #expect(due < interview)
      // What comes back in time by itself keeps its date.
      if record.card.due < interview { #expect(due == record.card.due) }
      #expect(due >= min(record.card.due, interview - 3 * day))
    }
    let days = Set(cards.suffix(50).map { ((interview - ahead.due(of: $0)) / day).rounded(.down) })
    #expect(days == [1, 2])
    // One that was answered in the last three days is left alone, and without an interview all are.
    let fresh = card("item.0", due: interview + day, last: interview - 2 * day)
    let eve = StudyState(
      cards: [], now: interview - day, day: StudyCalendar.utc.day(at: interview - day),
      interviewAt: interview)
    #expect(eve.due(of: fresh) == fresh.card.due)
    #expect(state(cards).due(of: cards[40]) == cards[40].card.due)
    // An interview that is over moves nothing.
    let over = state(cards, interviewAt: moment - 1)
    #expect(over.interviewAt == nil)
    #expect(over.due(of: cards[40]) == cards[40].card.due)
  }

  // MARK: Clocks

  @Test func answersFromTheFutureAreDueNow() {
    let wrongClock = card("a", due: moment + 4000 * day, last: moment + 3600 * day)
    let travelled = card("b", due: moment + 2 * day, last: moment + 0.5 * day)
    let state = state([])
    #expect(state.isDue(wrongClock))
    #expect(!state.isDue(travelled))
  }
}
