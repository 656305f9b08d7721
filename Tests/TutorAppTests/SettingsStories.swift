import Curriculum
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Study settings.
@Suite struct SettingsStories {
  /// The settings with a row of the study group chosen, counted from 0.
  private func settings(
    _ row: Int, _ language: Language = .english, width: Int = 80, height: Int = 24
  ) throws -> DeckStory {
    var story = try DeckStory(width: width, height: height, language: language)
    try story.press(.character("S"))
    for _ in 0..<(3 + row) { try story.press(.down) }
    return story
  }

  @Test(arguments: Language.allCases, [(80, 24), (132, 44)])
  func everySettingShowsItsValueAndSaysWhatItDoes(
    language: Language, size: (width: Int, height: Int)
  ) throws {
    for setting in StudySetting.allCases {
      let story = try settings(
        setting.rawValue, language, width: size.width, height: size.height)
      story.expect(setting.name(language))
      let row = try #require(story.story.row(of: setting.name(language)))
      if setting != .confidence {
        let value = setting.value(try story.store.studySettings(), story.story.model.context)
        #expect(story.story.rows[row].contains("[ \(value) ]"), "\(story.text)")
      }
      // The first words of the explanation, before it may be wrapped.
      story.expect(String(setting.explanation(language).prefix(20)))
    }
  }

  @Test func theArrowsTurnANumberWithinItsLimitsAndItIsKeptAtOnce() throws {
    var story = try settings(0)
    try story.press(.right, .right)
    story.expect("[ 92 % ]")
    #expect(try story.store.studySettings().desiredRetention == 0.92)
    for _ in 0..<10 { try story.press(.right) }
    story.expect("[ 97 % ]")
    for _ in 0..<40 { try story.press(.left) }
    story.expect("[ 70 % ]")
    try story.press(.down, .down, .left)
    story.expect("[ 15 items ]")
    try story.press(.down, .right, .down, .left)
    let kept = try story.store.studySettings()
    #expect(kept.newPerDay == 15 && kept.reviewsPerDay == 210 && kept.leechThreshold == 7)
    try story.press(.down, .right)
    #expect(try story.store.studySettings().asksConfidence == false)
  }

  @Test(arguments: Language.allCases)
  func aNumberIsTypedAndOneThatIsNotAllowedIsRefusedWithTheLimits(language: Language) throws {
    var story = try settings(2, language)
    try story.type("1000")
    try story.press(.enter)
    story.expect(
      language == .english
        ? "A whole number from 0 to 999 is needed, not '1000'." : "需要 0 到 999 之间的整数，而不是“1000”。")
    try story.press(.backspace, .enter)
    #expect(try story.store.studySettings().newPerDay == 100)
    try story.press(.enter, .control("u"))
    try story.type("x")
    try story.press(.escape)
    #expect(try story.store.studySettings().newPerDay == 100)
    story.expect(language == .english ? "[ 100 items ]" : "[ 100 道 ]")
  }

  @Test(arguments: Language.allCases)
  func theInterviewsDateIsTypedAsISO8601HasItAndMustNotBeOver(language: Language) throws {
    var story = try settings(1, language)
    let today = story.story.model.context.study.day.date
    try story.press(.enter)
    for wrong in ["2024-13-01", "1.2.2024", "soon", "2023-02-29"] {
      try story.press(.control("u"))
      try story.type(wrong)
      try story.press(.enter)
      story.expect(language == .english ? "'\(wrong)' is no date" : "“\(wrong)”不是日期")
    }
    try story.press(.control("u"))
    try story.type("2023-11-01")
    try story.press(.enter)
    story.expect(language == .english ? "2023-11-01 is over" : "2023-11-01 已经过去")
    #expect(try story.store.studySettings().interviewDate == nil)
    try story.press(.control("u"))
    try story.type("2024-02-29")
    try story.press(.enter)
    let date = try #require(try story.store.studySettings().interviewDate)
    #expect(date.iso == "2024-02-29")
    let days = date.dayNumber - today.dayNumber
    story.expect(
      language == .english ? "2024-02-29 (in \(days) days)" : "2024-02-29（还有 \(days) 天）")
    // A day later is in another month.
    try story.press(.right)
    story.expect("2024-03-01")
    // The menu counts the days.
    try story.press(.character("q"), .character("z"))
    story.expect(language == .english ? "interview in \(days + 1) days" : "距面试 \(days + 1) 天")
    try story.press(.character("S"), .down, .down, .down, .down, .enter, .control("u"), .enter)
    #expect(try story.store.studySettings().interviewDate == nil)
  }

  @Test func theCursorStandsInTheFieldThatIsTypedInto() throws {
    var story = try settings(1)
    #expect(TutorView.draw(story.story.model).cursor == nil)
    try story.press(.enter)
    let start = try #require(TutorView.draw(story.story.model).cursor)
    try story.type("2024")
    #expect(TutorView.draw(story.story.model).cursor == Point(x: start.x + 4, y: start.y))
    let row = try #require(story.story.row(of: "Interview on"))
    #expect(start.y == row)
  }
}
