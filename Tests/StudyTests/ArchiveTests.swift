import Foundation
import RandomNumbers
import Testing

@testable import Study

/// All progress as one file, there and back.
@Suite struct ArchiveTests {
  /// A store in which everything has happened that an archive holds.
  private func fullStore(seed: UInt64 = 21, offset: Double = 0) throws -> ProgressStore {
    let store = try ProgressStore.inMemory()
    try store.reviewAtRandom(count: 120, seed: seed)
    let mistaken = try store.recordReview(.sample("item.3", at: moment + offset + 1e7))
    try store.undoReview(mistaken.id, at: moment + offset + 1e7 + 1)
    // A clock that was set back, in an answer and in an undo.
    let early = try store.recordReview(.sample("item.4", at: moment - 1e6, confidence: .high))
    try store.undoReview(early.id, at: moment - 2e6)
    try store.recordReview(.sample("item.5", at: moment - 1e6, right: false))
    var cram = Review.sample("item.5", at: moment + offset + 2e7)
    cram.session = .cram
    cram.response = "“4”\n\u{0}量化"
    try store.recordReview(cram)
    try store.recordQuestionSeen("q.1", wasRevealed: true, selfGrade: .hard, at: moment + offset)
    try store.recordQuestionSeen("q.1", wasRevealed: false, at: moment + offset + 0.123456789)
    try store.recordPrediction(
      Prediction(experimentID: "e", guess: 0.1, truth: 0.3, at: moment + offset, recipe: "a=b"))
    try store.recordPrediction(
      Prediction(experimentID: "e", guess: 0.2, truth: 0.3, at: moment + offset + 1))
    try store.recordChallengeAttempt(
      ChallengeAttempt(
        challengeID: "small", at: moment + offset, recipe: "r", correct: 9, images: 10, bytes: 8,
        latency: 3.5, isMet: true))
    try store.recordInterviewReport(
      InterviewReport(at: moment + offset, level: "mid", results: "{}", markdown: "# 报告\n"))
    try store.setFlag("item.\(seed)", to: true, at: moment)
    var settings = StudySettings()
    settings.desiredRetention = 0.87
    settings.interviewDate = StudyDate(iso: "2026-05-05")
    try store.setStudySettings(settings)
    try store.setSetting("theme", to: "mono")
    try store.setBookmark("question:q.1", to: "set")
    try store.setPosition("[1]")
    return store
  }

  @Test func emptyStoreBecomesTheSame() throws {
    let store = try fullStore()
    let json = try store.archive().json()
    let copy = try ProgressStore.inMemory()
    let summary = try copy.add(try ProgressArchive(json: json), at: moment)
    #expect(summary.entries == 126)
    #expect(summary.known == 0)
    #expect(try copy.archive().json() == json)
    #expect(try copy.cards() == store.cards())
    #expect(try copy.reviews() == store.reviews())
    #expect(try copy.questionsSeen() == store.questionsSeen())
    #expect(try copy.predictions() == store.predictions())
    #expect(try copy.interviewReports() == store.interviewReports())
    #expect(try copy.challengeAttempts() == store.challengeAttempts())
    #expect(try copy.flags() == store.flags())
    #expect(try copy.studySettings() == store.studySettings())
    #expect(try copy.position() == "[1]")
    // And both go on alike.
    let a = try store.recordReview(.sample("item.9", at: moment + 3e7))
    let b = try copy.recordReview(.sample("item.9", at: moment + 3e7))
    #expect(a.card == b.card)
  }

  @Test func secondImportAddsNothing() throws {
    let store = try fullStore()
    let archive = try store.archive()
    for _ in 0..<2 {
      let summary = try store.add(archive, at: moment)
      #expect(summary.entries == 0)
      #expect(summary.known == 126)
      #expect(summary.others == 0)
    }
    #expect(try store.archive() == archive)
  }

  @Test func logsOfTwoMachinesAreMergedInTime() throws {
    // One learner answers on two machines in turn; here all is answered on one.
    let (left, right) = (try ProgressStore.inMemory(), try ProgressStore.inMemory())
    let whole = try ProgressStore.inMemory()
    var generator = SplitMix64(seed: 5)
    for step in 0..<150 {
      let review = Review.sample(
        "item.\(generator.nextIndex(below: 12))", at: moment + Double(step) * 30_000,
        right: generator.nextIndex(below: 4) > 0)
      let store = generator.nextIndex(below: 2) == 0 ? left : right
      let entry = try store.recordReview(review)
      let same = try whole.recordReview(review)
      if generator.nextIndex(below: 10) == 0 {
        try store.undoReview(entry.id, at: review.at + 1)
        try whole.undoReview(same.id, at: review.at + 1)
      }
    }
    let (leftArchive, rightArchive) = (try left.archive(), try right.archive())
    try left.add(rightArchive, at: moment)
    try right.add(leftArchive, at: moment)
    for store in [left, right] {
      #expect(try store.cards() == whole.cards())
      #expect(try store.reviews().map(\.review) == whole.reviews().map(\.review))
      let next = Review.sample("item.1", at: moment + 1e7)
      #expect(try store.recordReview(next).card == (try CardRecord?.some(replayed(whole, next))))
      let merged = try store.cards()
      try store.rebuildCards()
      #expect(try store.cards() == merged)
    }
    // What was merged once is known from then on, wherever it comes from.
    #expect(try left.add(try right.archive(), at: moment).entries == 0)
    #expect(try right.add(leftArchive, at: moment).entries == 0)
  }

  /// The card of an item after one more answer, in a copy of a store.
  private func replayed(_ store: ProgressStore, _ review: Review) throws -> CardRecord {
    let copy = try ProgressStore.inMemory()
    try copy.add(try store.archive(), at: moment)
    return try #require(try copy.recordReview(review).card)
  }

  @Test func undoFromAnotherMachineTakesTheAnswerBack() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a", at: moment))
    let second = try store.recordReview(.sample("a", at: moment + 700, right: false))
    let copy = try ProgressStore.inMemory()
    try copy.add(try store.archive(), at: moment)
    try copy.undoReview(second.id, at: moment + 701)
    let summary = try store.add(try copy.archive(), at: moment)
    #expect(summary.entries == 1)
    #expect(try store.reviews().count == 1)
    #expect(try store.cards() == copy.cards())
  }

  @Test func equalAnswersOfOneLogAreTwo() throws {
    let store = try ProgressStore.inMemory()
    for _ in 0..<2 { try store.recordReview(.sample("a", at: moment)) }
    let copy = try ProgressStore.inMemory()
    try copy.recordReview(.sample("a", at: moment))
    #expect(try copy.add(try store.archive(), at: moment).entries == 1)
    #expect(try copy.cards() == store.cards())
  }

  @Test func settingsOfAUsedStoreStay() throws {
    let store = try fullStore()
    let other = try ProgressStore.inMemory()
    try other.recordReview(.sample("a"))
    try other.setSetting("theme", to: "light")
    try other.add(try store.archive(), at: moment)
    #expect(try other.setting("theme") == "light")
    #expect(try other.studySettings().desiredRetention == 0.87)
    let merged = try other.cards()
    try other.rebuildCards()
    #expect(try other.cards() == merged)
  }

  @Test func usedFileIsCopiedBeforeAnImport() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.add(try fullStore().archive(), at: moment)
    #expect(!folder.names.contains { $0.contains("before-import") })
    try store.add(try fullStore(seed: 22, offset: 5).archive(), at: moment)
    let backup = "progress.sqlite.before-import-20260102-030405"
    #expect(folder.names.contains(backup))
    #expect(try ProgressStore.sound(folder.file(backup)).logLength() == 126)
    #expect(try store.pragmas(["integrity_check", "foreign_key_check"]) == ["ok", ""])
  }

  @Test func failedImportChangesNothing() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.recordReview(.sample("a"))
    let before = try store.archive()
    try store.limitPages()
    var archive = try fullStore().archive()
    archive.bookmarks["long"] = String(repeating: "x", count: 2_000_000)
    #expect(throws: ProgressStoreError.self) { try store.add(archive, at: moment) }
    #expect(try ProgressStore.sound(folder.store).archive() == before)
  }

  // MARK: Hostile files

  @Test(arguments: [
    ("", "it cannot be read as JSON"), ("[]", "the file is of another kind"),
    ("{}", "format is missing"),
    (String(repeating: "[", count: 100_000), "it cannot be read as JSON"),
    ("{\"format\":\"nibble-progress\",\"version\":1}", "log is missing"),
    (archive(format: "\"x\""), "it is no archive of Nibble's progress"),
    (archive(version: "2"), "its version is 2, and this program reads version 1"),
    (archive(version: "1.5"), "it cannot be read as JSON"),
    (archive(log: "{}"), "log is of another kind"),
    (archive(log: "[{\"item\":\"a\"}]"), "log[0].chapter is missing"),
    (archive(log: "[\(answer), \(entry(rating: "5"))]"), "log[1]: rating must be 1, 2, 3 or 4"),
    (archive(log: "[\(entry(at: "1e300"))]"), "log[0]: at is no time"),
    (archive(log: "[\(entry(at: "1e999"))]"), "it cannot be read as JSON"),
    (
      archive(log: "[\(entry(seconds: "-1"))]"),
      "log[0]: seconds must be a number of at least 0"
    ),
    (archive(log: "[\(entry(more: ",\"confidence\":9"))]"), "log[0]: confidence must be 1, 2 or 3"),
    (
      archive(log: "[\(answer), \(undo("1"))]"),
      "log[1]: voids must be the position of an answer to the same item"
    ),
    (
      archive(log: "[\(answer), \(undo("-1"))]"),
      "log[1]: voids must be the position of an answer to the same item"
    ),
    (archive(log: "[\(answer), \(undo("0")), \(undo("0"))]"), "log[2]: the answer is voided twice"),
    (archive(flags: "{\"a\":1e200}"), "flags[\"a\"] is no time"),
  ])
  func badFilesAreRefusedInOneLine(text: String, message: String) {
    let error = #expect(throws: ProgressArchiveError.self) {
      try ProgressArchive(json: Data(text.utf8))
    }
    #expect(error?.description == message)
  }

  @Test func strangeButSoundFilesAreTaken() throws {
    let text = ArchiveTests.archive(
      log: "[\(ArchiveTests.undo("1")), \(ArchiveTests.answer), \(ArchiveTests.entry(at: "-1e12"))]"
    )
    let store = try ProgressStore.inMemory()
    try store.add(try ProgressArchive(json: Data(text.utf8)), at: moment)
    #expect(try store.reviews().count == 1)
    #expect(try store.report([], at: moment, calendar: .utc).answers.all.answers == 1)
  }

  private static let answer = entry()

  private static func entry(
    at: String = "5", rating: String = "3", seconds: String = "1", more: String = ""
  ) -> String {
    """
    {"item":"a","chapter":"c","at":\(at),"session":"due","rating":\(rating),"right":true,\
    "response":"","seconds":\(seconds)\(more)}
    """
  }

  private static func undo(_ target: String) -> String {
    "{\"item\":\"a\",\"chapter\":\"c\",\"at\":6,\"session\":\"due\",\"voids\":\(target)}"
  }

  private static func archive(
    format: String = "\"nibble-progress\"", version: String = "1", log: String = "[]",
    flags: String = "{}"
  ) -> String {
    """
    {"format":\(format),"version":\(version),"log":\(log),"looks":[],"guesses":[],"attempts":[],\
    "reports":[],"flags":\(flags),"settings":{},"bookmarks":{}}
    """
  }
}
