import Study
import Testing

@testable import Commands

/// Settings typed on the command line.
@Suite struct SettingTextTests {
  @Test func everySettingCanBeTyped() throws {
    var settings = StudySettings()
    for text in [
      "retention=0.85", "new-per-day=5", "reviews-per-day=0", "leech-threshold=4",
      "interview-date=2026-12-24", "ask-confidence=no",
    ] { try SettingText.apply(text, to: &settings) }
    var expected = StudySettings()
    expected.desiredRetention = 0.85
    expected.newPerDay = 5
    expected.reviewsPerDay = 0
    expected.leechThreshold = 4
    expected.interviewDate = StudyDate(iso: "2026-12-24")
    expected.asksConfidence = false
    #expect(settings == expected)
    #expect(settings.fault == nil)
    try SettingText.apply("interview-date=none", to: &settings)
    #expect(settings.interviewDate == nil)
  }

  @Test(arguments: [
    ("retention", "--set needs KEY=VALUE, not 'retention'"),
    ("retention=1", "retention must be a number from 0.7 to 0.97, not '1'"),
    ("retention=nan", "retention must be a number from 0.7 to 0.97, not 'nan'"),
    ("new-per-day=-1", "new-per-day must be a whole number from 0 to 999, not '-1'"),
    (
      "interview-date=2026-02-30",
      "interview-date must be a day such as 2026-12-01, or none, not '2026-02-30'"
    ),
    ("ask-confidence=maybe", "ask-confidence must be yes or no, not 'maybe'"),
    (
      "speed=1",
      "there is no setting 'speed'; there are retention, new-per-day, reviews-per-day, "
        + "leech-threshold, interview-date, ask-confidence"
    ),
  ])
  func wrongOnesSayWhatIsAllowed(text: String, message: String) {
    var settings = StudySettings()
    let failure = #expect(throws: CommandFailure.self) {
      try SettingText.apply(text, to: &settings)
    }
    #expect(failure?.description == message)
    #expect(failure?.status == ExitStatus.usage)
    #expect(settings == StudySettings())
  }
}
