import Compression
import Curriculum
import Foundation
import Localization
import Testing

@testable import Commands
@testable import Study

/// The statistics as text and as JSON.
@Suite struct StatsTests {
  private func report(_ store: ProgressStore) throws -> StudyReport {
    try store.report(
      [ChapterItems(chapterID: "numbers", itemIDs: ["a", "b", "c"])], at: 1_767_323_045,
      calendar: StudyCalendar(timeZone: TimeZone(identifier: "UTC") ?? .current), weeks: 2,
      forecastDays: 3)
  }

  private func usedStore() throws -> ProgressStore {
    let store = try ProgressStore.inMemory()
    let now = 1_767_323_000.0
    for (item, isRight, confidence) in [
      ("a", true, Confidence.high), ("b", false, .high), ("a", true, .low),
    ] {
      try store.recordReview(
        Review(
          itemID: item, chapterID: "numbers", at: now, wasRight: isRight,
          rating: isRight ? .good : .again, seconds: 2, confidence: confidence, session: .mixed))
    }
    try store.setFlag("b", to: true, at: now)
    try store.recordPrediction(Prediction(experimentID: "e", guess: 0.8, truth: 0.9, at: now))
    var settings = StudySettings()
    settings.interviewDate = StudyDate(iso: "2026-01-12")
    try store.setStudySettings(settings)
    return store
  }

  private let chapter: Chapter

  init() throws {
    let lesson = "# Numbers\n<!-- chapter: numbers -->\n\nText.\n"
    chapter = try #require(
      ChapterParser.parse(source: lesson, file: "01-numbers.md", language: .english).chapter)
  }

  @Test func jsonHasEveryDocumentedKey() throws {
    let json = StatsJSON.value(try report(usedStore()), chapters: [chapter], seen: [])
    let value = try JSONParser.parse(Array(json.text.utf8)[...])
    guard case .object(let members) = value else {
      Issue.record("no object")
      return
    }
    for (key, _) in members { #expect(StatsJSON.keys.contains(key), "\(key) is not documented") }
    #expect(value["answers"] == .integer(3))
    #expect(value["right"] == .integer(2))
    #expect(value["today"] == .string("2026-01-02"))
    #expect(value["periods"]?["days7"]?["answers"] == .integer(3))
    #expect(value["flagged"] == .array([.string("b")]))
    #expect(value["settings"]?["interviewDate"] == .string("2026-01-12"))
    guard case .array(let levels)? = value["calibration"],
      case .array(let days)? = value["activity"]
    else {
      Issue.record("lists are missing")
      return
    }
    #expect(
      levels.map { $0["confidence"] } == [.string("guess"), .string("unsure"), .string("sure")])
    #expect(levels[2]["share"] == .number(0.5))
    #expect(levels[1]["share"] == nil)
    // From Monday, 22 December, to Friday, 2 January.
    #expect(days.count == 12)
    #expect(days.last?["answers"] == .integer(3))
  }

  @Test(arguments: [
    (
      Language.english,
      [
        "1 Numbers     read 0/0  quiz 2/3  mastery 33 %  due 0",
        "Answers: today 3 (67 %), 7 days 3 (67 %), 30 days 3 (67 %), all 3 (67 %)",
        "Days in a row: 1, at most 1", "Fri  ·█", "2026-01-02     1  █", "2026-01-04     1  █",
        "guess     1/1 (100 %)", "sure      1/2 (50 %)",
        "Guesses in the lab: 1, off by 10.0 points on average, 10.0 of late", "Flagged: b",
        "Interview on 2026-01-12, 10 days ahead",
      ]
    ),
    (
      .simplifiedChinese,
      [
        "1 Numbers  已读 0/0  测验 2/3  掌握 33 %  到期 0",
        "作答：今天 3 (67 %)，7 天 3 (67 %)，30 天 3 (67 %)，全部 3 (67 %)", "连续学习：1 天，最长 1 天",
        "周五 ·█", "确定      1/2 (50 %)", "已标记：b", "面试日期：2026-01-12，还有 10 天",
      ]
    ),
  ])
  func textSaysEverything(language: Language, lines: [String]) throws {
    let text = StatsText(
      language: language, report: try report(usedStore()), chapters: [chapter], seen: [])
    for line in lines { #expect(text.lines.contains(line), "\(line)\n\(text.lines)") }
  }

  @Test func emptyStoreIsShort() throws {
    let text = StatsText(
      language: .english, report: try report(ProgressStore.inMemory()), chapters: [chapter],
      seen: [])
    #expect(text.lines.count == 6)
  }
}
