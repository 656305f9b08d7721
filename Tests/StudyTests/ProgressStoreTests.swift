import Foundation
import RandomNumbers
import Testing

@testable import Study

/// Records survive, are complete, and are seen by others at once.
@Suite struct ProgressStoreTests {
  @Test func everyCallIsDurableWhenItReturns() throws {
    let folder = try TemporaryFolder()
    let writer = try ProgressStore.sound(folder.store)
    let reader = try ProgressStore.sound(folder.store)

    var review = Review.sample("item.1", at: moment + 0.123456, confidence: .high)
    review.response = "“4 bits”\nand\u{0}more 量化"
    review.rating = .hard
    let (id, card) = try writer.recordReview(review)
    #expect(try reader.reviews() == [LoggedReview(id: id, review: review)])
    #expect(try reader.card(item: "item.1") == card)
    #expect(try reader.cards() == [card])

    try writer.recordQuestionSeen("q.1", wasRevealed: false, at: moment)
    #expect(
      try reader.questionsSeen()["q.1"]
        == SeenQuestion(
          questionID: "q.1", views: 1, lastSeen: moment, wasRevealed: false, selfGrade: nil))
    try writer.recordQuestionSeen("q.1", wasRevealed: true, selfGrade: .good, at: moment + 1)
    try writer.recordQuestionSeen("q.1", wasRevealed: false, at: moment + 2)
    #expect(
      try reader.questionsSeen()["q.1"]
        == SeenQuestion(
          questionID: "q.1", views: 3, lastSeen: moment + 2, wasRevealed: true, selfGrade: .good))

    let prediction = Prediction(experimentID: "e.1", guess: 85, truth: 90.8, at: moment)
    try writer.recordPrediction(prediction)
    #expect(try reader.predictions() == [prediction])

    try writer.setSetting("theme", to: "mono")
    #expect(try reader.setting("theme") == "mono")
    try writer.setSetting("theme", to: nil)
    #expect(try reader.setting("theme") == nil)

    try writer.setPosition(#"{"chapter":"pruning"}"#)
    #expect(try reader.position() == #"{"chapter":"pruning"}"#)
    try writer.setBookmark("question:q.7", to: "set")
    #expect(try reader.bookmarkedQuestions() == ["q.7"])

    #expect(try writer.undoReview(id, at: moment + 5) == nil)
    #expect(try reader.reviews().isEmpty)
    #expect(try reader.card(item: "item.1") == nil)
    #expect(try reader.logLength() == 2)
  }

  @Test func everyCommitIsSyncedToTheDisk() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    let pragmas = try store.pragmas(["journal_mode", "synchronous", "foreign_keys"])
    // 2 is FULL.
    #expect(pragmas == ["wal", "2", "1"])
  }

  @Test func storeComesBackAfterClosing() throws {
    let folder = try TemporaryFolder()
    var cards: [CardRecord] = []
    do {
      let store = try ProgressStore.sound(folder.store)
      for item in 0..<20 {
        let review = Review.sample("item.\(item)", right: item % 3 > 0)
        cards.append(try #require(try store.recordReview(review).card))
      }
    }
    #expect(folder.names == ["progress.sqlite"])
    let store = try ProgressStore.sound(folder.store)
    #expect(try store.cards() == cards.sorted { $0.itemID < $1.itemID })
  }

  @Test func logRefusesChangesAndDeletions() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.recordReview(.sample("item"))
    let database = try SQLiteDatabase(path: folder.store)
    for sql in ["DELETE FROM reviews", "UPDATE reviews SET was_right = 0"] {
      let error = #expect(throws: DatabaseError.self) { try database.execute(sql) }
      #expect(error?.code == .constraint)
      #expect(error?.message == "the review log only grows")
      #expect(error?.sql == sql)
    }
    #expect(try store.reviews().count == 1)
  }

  @Test func lapsesCountOnlyWhatHadBeenKnown() throws {
    let store = try ProgressStore.inMemory()
    var time = moment
    for (isRight, days) in [(false, 0.0), (true, 0.1), (true, 0.2), (false, 30), (false, 0.1)] {
      time += days * 86_400
      try store.recordReview(.sample("item", at: time, right: isRight))
    }
    let card = try #require(try store.card(item: "item"))
    #expect(card.lapses == 1)
    #expect(card.reviews == 5)
    #expect(card.card.state == .relearning)
  }

  @Test func rebuiltCardsEqualStoredOnes() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.reviewAtRandom(count: 400, seed: 11)
    let stored = try store.cards()
    #expect(stored.count == 25)
    try SQLiteDatabase(path: folder.store).execute("UPDATE cards SET stability = 1, due = 0")
    #expect(try store.cards() != stored)
    try store.rebuildCards()
    #expect(try store.cards() == stored)
  }

  @Test func undoIsTheSameAsNeverHavingAnswered() throws {
    let once = try ProgressStore.inMemory()
    let undone = try ProgressStore.inMemory()
    for position in 0..<30 {
      let review = Review.sample(
        "item.\(position % 4)", at: moment + Double(position) * 40_000, right: position % 5 > 0)
      let mistaken = try undone.recordReview(
        .sample(review.itemID, at: review.at, right: !review.wasRight))
      let expected = try once.card(item: review.itemID)
      #expect(try undone.undoReview(mistaken.id, at: review.at) == expected)
      #expect(try undone.cards() == once.cards())
      try once.recordReview(review)
      try undone.recordReview(review)
    }
    #expect(try undone.cards() == once.cards())
    #expect(try undone.reviews().map(\.review) == once.reviews().map(\.review))
    #expect(try undone.logLength() == 90)
    try undone.rebuildCards()
    #expect(try undone.cards() == once.cards())
  }

  @Test func undoOfAnEarlierAnswerReplaysTheLaterOnes() throws {
    let store = try ProgressStore.inMemory()
    let expected = try ProgressStore.inMemory()
    let mistaken = try store.recordReview(.sample("item", right: false))
    try store.recordReview(.sample("item", at: moment + 90_000))
    try expected.recordReview(.sample("item", at: moment + 90_000))
    try store.undoReview(mistaken.id, at: moment + 90_001)
    #expect(try store.cards() == expected.cards())
  }

  @Test func undoHappensOnce() throws {
    let store = try ProgressStore.inMemory()
    let first = try store.recordReview(.sample("item"))
    let second = try store.recordReview(.sample("item", at: moment + 700))
    #expect(try store.undoReview(second.id, at: moment + 701) == first.card)
    #expect(try store.undoReview(second.id, at: moment + 702) == first.card)
    #expect(try store.logLength() == 3)
    // Neither an unknown entry nor an undo can be taken back.
    #expect(try store.undoReview(ReviewID(rawValue: 99), at: moment + 703) == nil)
    #expect(try store.undoReview(ReviewID(rawValue: 3), at: moment + 704) == first.card)
    #expect(try store.logLength() == 3)
  }

  @Test func desiredRetentionMovesDueDatesAndStays() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.reviewAtRandom(count: 200, seed: 3)
    let before = try store.cards()
    #expect(try store.studySettings().desiredRetention == 0.9)
    var settings = StudySettings()
    settings.desiredRetention = 0.8
    try store.setStudySettings(settings)
    let after = try store.cards()
    #expect(zip(before, after).allSatisfy { $0.card.stability == $1.card.stability })
    #expect(zip(before, after).allSatisfy { $0.card.due <= $1.card.due })
    #expect(before != after)

    let other = try ProgressStore.sound(folder.store)
    #expect(try other.studySettings().desiredRetention == 0.8)
    #expect(try other.cards() == after)
    try other.recordReview(.sample("item.0", at: moment + 1e8))
    let stored = try other.cards()
    try store.rebuildCards()
    #expect(try store.cards() == stored)
  }

  @Test func anotherSchedulerRebuildsTheCards() throws {
    let folder = try TemporaryFolder()
    try ProgressStore.sound(folder.store).reviewAtRandom(count: 200, seed: 3)
    let scheduler = FSRS(learningSteps: [], fuzzSeed: 5)
    let (store, _) = try ProgressStore.open(
      path: folder.store, now: moment, scheduler: scheduler)
    let expected = try ProgressStore.inMemory(scheduler: scheduler)
    try expected.reviewAtRandom(count: 200, seed: 3)
    #expect(try store.cards() == expected.cards())
  }

  /// A file that another tutor is filling with tables is not taken for another program's.
  @Test func tutorsThatStartTogetherMakeOneStore() async throws {
    for _ in 0..<40 {
      let folder = try TemporaryFolder()
      let path = folder.store
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask { _ = try ProgressStore.sound(path) }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func twoTutorsLoseNothing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    // Opened inside, so that making the file and its tables is contended too.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for tutor in 0..<2 {
        group.addTask {
          let store = try ProgressStore.sound(path)
          for number in 0..<200 {
            try store.recordReview(
              .sample("item.\(number % 10)", chapter: "tutor.\(tutor)", at: moment + Double(number))
            )
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try ProgressStore.sound(path)
    let chapters = try store.reviews().map(\.review.chapterID)
    #expect(chapters.count == 400)
    #expect(chapters.count { $0 == "tutor.0" } == 200)
    let stored = try store.cards()
    #expect(stored.map(\.reviews).reduce(0, +) == 400)
    try store.rebuildCards()
    #expect(try store.cards() == stored)
  }

  @Test func manyTutorsMayMakeTheStoreAtOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a/b/progress.sqlite")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for tutor in 0..<8 {
        group.addTask {
          try ProgressStore.sound(path).setSetting("tutor.\(tutor)", to: "here")
        }
      }
      try await group.waitForAll()
    }
    let store = try ProgressStore.sound(path)
    for tutor in 0..<8 { #expect(try store.setting("tutor.\(tutor)") == "here") }
  }

  @Test func oneStoreMayBeSharedByThreads() async throws {
    let store = try ProgressStore.inMemory()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            try store.recordReview(.sample("item.\(worker)", at: moment + Double(number)))
            _ = try store.cards()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.cards().map(\.reviews) == [50, 50, 50, 50])
  }

  @Test func aRightGuessIsRememberedWithTrouble() {
    let ratings = [
      (true, Confidence.low), (true, .high), (true, nil), (false, .low), (false, .high),
    ].map { (isRight: Bool, confidence: Confidence?) in
      Review(
        itemID: "a", chapterID: "c", at: 0, wasRight: isRight, confidence: confidence,
        session: .mixed
      ).rating
    }
    #expect(ratings == [.hard, .good, .good, .again, .again])
  }
}

extension ProgressStore {
  /// Answers 25 items in an order, at times and with ratings drawn from a seed.
  func reviewAtRandom(count: Int, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var time = moment
    for _ in 0..<count {
      time += generator.nextDouble() * (generator.nextIndex(below: 3) == 0 ? 400_000 : 700)
      let rating = Rating.allCases[generator.nextIndex(below: 4)]
      try recordReview(
        Review(
          itemID: "item.\(generator.nextIndex(below: 25))",
          chapterID: "c.\(generator.nextIndex(below: 3))",
          at: time, wasRight: rating != .again, rating: rating, response: "\(time)",
          seconds: generator.nextDouble() * 60,
          confidence: Confidence(rawValue: generator.nextIndex(below: 4)), session: .mixed))
    }
  }
}
