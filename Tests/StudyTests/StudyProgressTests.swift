import RandomNumbers
import Testing

@testable import Study

/// Progress that is kept up to date piece by piece.
@Suite struct StudyProgressTests {
  private let run = InterviewRun(
    startedAt: moment, language: "en", level: "mid", length: .questions(3), questionIDs: ["q.0"])

  /// A request as some learner might make it, who has made others before.
  private func request(
    _ generator: inout SplitMix64, _ recorded: [(ReviewID, String)], at time: Double
  ) -> StoreRequest {
    let item = "item.\(generator.nextIndex(below: 8))"
    let isSet = generator.nextIndex(below: 2) == 0
    switch generator.nextIndex(below: 12) {
    case 0, 1, 2, 3:
      let session = [SessionKind.mixed, .cram, .exam][generator.nextIndex(below: 3)]
      let review = Review(
        itemID: item, chapterID: "c", at: time, wasRight: generator.nextIndex(below: 3) > 0,
        confidence: Confidence(rawValue: generator.nextIndex(below: 4)), session: session)
      let earlier = recorded.last { $0.1 == item }?.0
      return .record(review, replacing: isSet ? earlier : nil)
    case 4, 5:
      guard !recorded.isEmpty else { return .keepInterview(nil) }
      let (id, item) = recorded[generator.nextIndex(below: recorded.count)]
      return .undo(id, itemID: item)
    case 6: return .setFlag(itemID: item, isSet)
    case 7:
      return .noteQuestionSeen(
        "q.\(generator.nextIndex(below: 3))", grade: Rating(rawValue: generator.nextIndex(below: 5))
      )
    case 8: return .setBookmark(questionID: "q.\(generator.nextIndex(below: 3))", isSet)
    case 9:
      return .recordPrediction(
        experimentID: "e", recipe: "", guess: generator.nextDouble(), truth: generator.nextDouble())
    case 10:
      if isSet { return .keepInterview(generator.nextIndex(below: 2) == 0 ? run : nil) }
      return .recordAttempt(
        ChallengeAttempt(
          challengeID: "c", at: time, recipe: "", correct: 1, images: 2, bytes: 3, latency: nil,
          isMet: true))
    default:
      var settings = StudySettings()
      settings.desiredRetention = isSet ? 0.9 : 0.8
      settings.newPerDay = generator.nextIndex(below: 30)
      return .setStudySettings(settings)
    }
  }

  @Test func equalsAFreshReadAfterEveryRequestOverDaysAndWithAClockThatGoesBack() throws {
    for seed in 0..<12 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let store = try ProgressStore.inMemory()
      var progress = try StudyProgress(of: store, at: moment, calendar: .utc)
      var recorded: [(ReviewID, String)] = []
      var time = moment
      for _ in 0..<120 {
        time += [1, 700, 40_000, -900][generator.nextIndex(below: 4)]
        let request = request(&generator, recorded, at: time)
        let reply = try store.perform(request, at: time)
        if case .record(let review, _) = request, case .recorded(let id, let card) = reply {
          recorded.append((id, review.itemID))
          #expect(try store.card(item: review.itemID) == card)
        }
        try progress.refresh(after: request, of: store, at: time, calendar: .utc)
        let fresh = try StudyProgress(of: store, at: time, calendar: .utc)
        try #require(progress == fresh, "seed \(seed), after \(request)")
      }
      let stored = try store.cards()
      try store.rebuildCards()
      #expect(try store.cards() == stored)
    }
  }

  @Test func seesWhatAnotherProgramHasWrittenToTheSameFile() throws {
    let folder = try TemporaryFolder()
    let mine = try ProgressStore.sound(folder.store)
    let other = try ProgressStore.sound(folder.store)
    var progress = try StudyProgress(of: mine, at: moment, calendar: .utc)
    _ = try other.perform(.record(.sample("theirs")), at: moment)
    let request = StoreRequest.record(.sample("mine", at: moment + 1))
    _ = try mine.perform(request, at: moment + 1)
    try progress.refresh(after: request, of: mine, at: moment + 1, calendar: .utc)
    #expect(Set(progress.state.cards.keys) == ["mine", "theirs"])
  }

  @Test func anotherGradeTakesThePlaceOfTheFirstInOneStep() throws {
    let store = try ProgressStore.inMemory()
    let first = Review(
      itemID: "a", chapterID: "c", at: moment, wasRight: true, session: .mixed)
    guard case .recorded(let id, _) = try store.perform(.record(first), at: moment) else {
      Issue.record("an answer is recorded")
      return
    }
    var second = first
    second.rating = .easy
    let reply = try store.perform(.record(second, replacing: id), at: moment + 1)
    let alone = try ProgressStore.inMemory()
    _ = try alone.perform(.record(second), at: moment)
    #expect(try store.cards() == alone.cards())
    #expect(try store.reviews().map(\.review.rating) == [.easy])
    #expect(try store.logLength() == 3)
    guard case .recorded(let newID, let card) = reply else {
      Issue.record("an answer is recorded")
      return
    }
    #expect(try store.reviews().map(\.id) == [newID])
    let expected = try alone.cards().first
    #expect(card == expected)
  }
}
