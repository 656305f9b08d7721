import Curriculum
import Foundation
import Localization
import TerminalCanvas
import Testing

@testable import Study
@testable import TutorApp

/// The statistics.
@Suite struct StatisticsStories {
  /// The time of all stories: 2023-11-14 22:13:20 UTC.
  private static let now = 1_700_000_000.0
  private static let day = 86_400.0

  /// A store with forty days of answers to a chapter's items, with confidence, and some guesses.
  private func filledStore() throws -> ProgressStore {
    let store = try ProgressStore.inMemory()
    let chapter = try #require(
      try Story.library().chapters(in: .english).first { $0.id == "quantization" })
    let items = chapter.quizItems.map(\.id)
    for day in 0..<40 {
      for (index, item) in items.prefix(1 + day % 5).enumerated() {
        let isRight = (day + index) % 4 != 0
        try store.recordReview(
          Review(
            itemID: item, chapterID: chapter.id, at: Self.now - Double(40 - day) * Self.day,
            wasRight: isRight, rating: isRight ? .good : .again, response: "", seconds: 30,
            confidence: isRight ? .high : .low, session: .dueToday))
      }
    }
    for guess in 0..<12 {
      try store.recordPrediction(
        Prediction(
          experimentID: "lab", guess: 0.9 - Double(12 - guess) / 100, truth: 0.9,
          at: Self.now - Double(12 - guess) * 3600))
    }
    return store
  }

  @Test func anEmptyStoreSaysWhatWillAppear() throws {
    var story = try StoredStory(store: try .inMemory(), height: 60)
    try story.press(.character("t"))
    story.story.expect("Mastery by chapter")
    story.story.expect("After your first quiz")
    story.story.expect("Every answered item comes back")
    story.story.expect("One square for each day")
    story.story.expect("When you say in a quiz how sure you are")
    story.story.expect("When you predict an experiment's accuracy")
  }

  @Test func aFilledStoreIsCountedRetentionForecastCalendarConfidenceAndGuesses() throws {
    var story = try StoredStory(store: try filledStore(), height: 90)
    try story.press(.character("t"))
    story.story.expect("retention")
    // 40 days of one to five answers in turn: eight times fifteen.
    let all = try #require(story.story.rows.first { $0.contains("all ") && $0.contains("120") })
    #expect(all.contains("%"))
    story.story.expect("Due in the next 14 days")
    story.story.expect("120 answers, at most 5 a day")
    let sure = try #require(story.story.rows.first { $0.contains("  sure ") })
    #expect(sure.contains("100 %"))
    let guess = try #require(story.story.rows.first { $0.contains("  guess ") })
    #expect(guess.contains("0 %"))
    // The last ten guesses were off by 10, 9, …, 1 points.
    story.story.expect("12 guesses, the last ten off by 5.50 points")
  }

  @Test func at80Times24ThePanelsAreScrolledOnAWideWindowTheyStandSideBySide() throws {
    var narrow = try StoredStory(store: try filledStore())
    try narrow.press(.character("t"))
    narrow.story.expect("Mastery by chapter")
    narrow.story.expectNot("Calendar")
    try narrow.press(.end)
    narrow.story.expect("mean of ten")
    narrow.story.expectNot("Mastery by chapter")
    var wide = try StoredStory(store: try filledStore(), width: 132, height: 44)
    try wide.press(.character("t"))
    let row = try #require(wide.story.row(of: "Mastery by chapter"))
    #expect(wide.story.rows[row].contains("Answers and retention"))
    wide.story.expect("Calendar")
    var widest = try StoredStory(store: try filledStore(), width: 200, height: 50)
    try widest.press(.character("t"))
    widest.story.expect("Guesses in the lab")
  }

  @Test func theStatisticsComeBackAfterARestartAndAreCountedAnewByR() throws {
    let story = try Story(screens: {
      ScreenRestoration.screens(for: [.home(selection: 0), .statistics], $0)
    })
    story.expect("Counting…")
    var pressed = story
    pressed.press(.character("r"))
    guard case .store(.readStatistics)? = pressed.effects.last else {
      Issue.record("r counts anew")
      return
    }
  }

  @Test func chineseHasItsOwnWordsAndASCIIOnlyASCII() throws {
    var chinese = try StoredStory(
      store: try filledStore(), width: 132, height: 60, language: .simplifiedChinese)
    try chinese.press(.character("t"))
    for text in ["各章掌握度", "作答与记忆保持率", "未来 14 天到期", "日历", "自信与正确率", "实验室预测"] {
      chinese.story.expect(text)
    }
    var ascii = try StoredStory(store: try filledStore(), height: 90, glyphs: .ascii)
    try ascii.press(.character("t"))
    #expect(ascii.story.isASCII, "\(ascii.story.text)")
  }
}
