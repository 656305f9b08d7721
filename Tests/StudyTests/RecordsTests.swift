import Testing

@testable import Study

/// Settings, flags, attempts, reports and guesses come back as they were given.
@Suite struct RecordsTests {
  @Test func studySettingsStay() throws {
    let folder = try TemporaryFolder()
    var settings = StudySettings()
    #expect(try ProgressStore.sound(folder.store).studySettings() == settings)
    settings.newPerDay = 0
    settings.reviewsPerDay = 9999
    settings.leechThreshold = 3
    settings.interviewDate = StudyDate(iso: "2026-03-01")
    settings.asksConfidence = false
    settings.desiredRetention = 0.85
    try ProgressStore.sound(folder.store).setStudySettings(settings)
    let store = try ProgressStore.sound(folder.store)
    #expect(try store.studySettings() == settings)
    let state = try store.studyState(at: moment, calendar: .utc)
    #expect(state.settings == settings)
    // 2026-03-01 00:00 UTC by GNU date.
    #expect(state.interviewAt == 1_772_323_200)
    settings.interviewDate = nil
    try store.setStudySettings(settings)
    #expect(try store.studySettings().interviewDate == nil)
  }

  @Test func anotherRetentionMovesDueDates() throws {
    let store = try ProgressStore.inMemory()
    try store.reviewAtRandom(count: 200, seed: 3)
    let before = try store.cards()
    var settings = try store.studySettings()
    settings.newPerDay = 5
    try store.setStudySettings(settings)
    #expect(try store.cards() == before)
    settings.desiredRetention = 0.95
    try store.setStudySettings(settings)
    #expect(zip(before, try store.cards()).allSatisfy { $0.card.due >= $1.card.due })
    #expect(try store.cards() != before)
  }

  @Test func settingsOfAnotherHandFallBack() throws {
    let store = try ProgressStore.inMemory()
    let texts = [
      ("study.new-per-day", "-1"), ("study.reviews-per-day", "many"),
      ("study.leech-threshold", "100"), ("study.interview-date", "2026-02-30"),
    ]
    for (key, text) in texts { try store.setSetting(key, to: text) }
    #expect(try store.studySettings() == StudySettings())
  }

  @Test func faultsAreNamed() {
    var settings = StudySettings()
    #expect(settings.fault == nil)
    settings.desiredRetention = 0.99
    #expect(settings.fault == "The desired retention must be within 0.7 and 0.97.")
    settings = StudySettings()
    settings.newPerDay = 1000
    #expect(settings.fault == "New items a day must be within 0 and 999.")
    settings = StudySettings()
    settings.leechThreshold = 0
    #expect(settings.fault == "The lapses of a leech must be within 1 and 99.")
  }

  @Test func flagsKeepTheirFirstTime() throws {
    let store = try ProgressStore.inMemory()
    try store.setFlag("a", to: true, at: moment)
    try store.setFlag("a", to: true, at: moment + 9)
    try store.setFlag("b", to: true, at: moment + 1)
    try store.setFlag("never", to: false, at: moment)
    #expect(try store.flags() == ["a": moment, "b": moment + 1])
    try store.setFlag("a", to: false, at: moment + 2)
    #expect(try store.studyState(at: moment, calendar: .utc).flagged == ["b"])
  }

  @Test func attemptsComeBack() throws {
    let store = try ProgressStore.inMemory()
    let attempts = [
      ChallengeAttempt(
        challengeID: "small", at: moment, recipe: "weights.bits=4", correct: 8900, images: 10_000,
        bytes: 150_000, latency: nil, isMet: false),
      ChallengeAttempt(
        challengeID: "fast", at: moment + 1, recipe: "weights.bits=8", correct: 9090,
        images: 10_000, bytes: 700_000, latency: 4.25, isMet: true),
    ]
    for attempt in attempts { try store.recordChallengeAttempt(attempt) }
    #expect(try store.challengeAttempts() == attempts)
    #expect(attempts[0].accuracy == 0.89)
  }

  @Test func reportsComeLatestFirst() throws {
    let store = try ProgressStore.inMemory()
    let first = InterviewReport(at: moment, level: "mid", results: "{}", markdown: "# A\n量化")
    let second = InterviewReport(at: moment + 9, level: "senior", results: "[1]", markdown: "")
    try store.recordInterviewReport(first)
    try store.recordInterviewReport(second)
    #expect(try store.interviewReports() == [second, first])
  }

  @Test func guessesKeepTheirRecipe() throws {
    let store = try ProgressStore.inMemory()
    let guess = Prediction(
      experimentID: "e", guess: 0.8, truth: 0.9, at: moment, recipe: "weights.bits=2")
    try store.recordPrediction(guess)
    #expect(try store.predictions() == [guess])
  }
}
