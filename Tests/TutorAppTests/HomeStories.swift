import Curriculum
import Foundation
import TerminalCanvas
import Testing

@testable import Study
@testable import TutorApp

/// Home, contents and search.
@Suite struct HomeStories {
  @Test func theHomeScreenListsTheChaptersWithWhatIsDoneInEach() throws {
    var story = try Story()
    story.expect("1   Quantization principles")
    story.expect("2   Pruning principles")
    story.expect("14  ")
    var progress = StudyProgress()
    progress.seenQuestions = ["quantization.what"]
    // Half of the items were right a moment ago, and three of those are due.
    let items = try #require(story.model.context.chapters.first).quizItems.map(\.id)
    let now = story.model.context.now
    progress.state = StudyState(
      cards: items.prefix(items.count / 2).enumerated().map { place, item in
        CardRecord(
          itemID: item, chapterID: "quantization",
          card: FSRSCard(
            state: .review, step: nil, stability: 1e6, difficulty: 5,
            due: place < 3 ? now : now + 1e7, lastReview: now), reviews: 1, lapses: 0,
          wasRight: true, confidence: nil)
      }, now: now, day: StudyCalendar().day(at: now))
    story.send(.progress(progress))
    let row = try #require(story.row(of: "1   Quantization"))
    #expect(story.rows[row].contains("1/10"))
    #expect(story.rows[row].contains("50 %"))
    #expect(story.rows[row].hasSuffix("3"))
  }

  @Test func enterOpensTheSelectedChapterQGoesBackQAgainQuits() throws {
    var story = try Story()
    story.press(.down, .enter)
    story.expect("2 Pruning principles")
    story.press(.character("q"))
    story.expect("Nibble")
    #expect(story.effects.isEmpty)
    story.press(.character("q"))
    #expect(story.effects.count == 1)
    guard case .quit = story.effects.last else {
      Issue.record("q on the home screen quits")
      return
    }
  }

  @Test func aClickSelectsAChapterAndASecondClickOpensIt() throws {
    var story = try Story()
    let row = try #require(story.row(of: "3   "))
    story.click(x: 10, y: row)
    #expect(story.rows[row].contains("▸ 3"))
    story.click(x: 10, y: row)
    story.expect(" 3 The code case")
  }

  @Test func aClickOnAKeysNameInTheBarDoesWhatTheKeyDoes() throws {
    var story = try Story()
    let bar = story.rows[23]
    let column = try #require(bar.range(of: "S Settings")).lowerBound
    story.click(x: bar.distance(from: bar.startIndex, to: column), y: 23)
    story.expect("Theme")
  }

  @Test func searchFindsWordsOfATitleFirstAndOfAnAnswerAfterIt() throws {
    var story = try Story()
    story.press(.character("/"))
    story.type("zero point")
    story.expect("1.6 Derive scale and zero point")
    story.press(.enter)
    story.expect("1 Quantization principles · 6/10")
    story.press(.escape)
    story.expect("Nibble")
  }

  @Test func aSearchWithoutAHitSaysSoAndEditsLikeAnyField() throws {
    var story = try Story()
    story.press(.character("/"))
    story.type("xyzzy")
    story.expect("Nothing found.")
    story.press(.control("w"))
    story.expect("Type words of a question")
  }

  @Test func theContentsShowWhatIsReadAndOpenWhatIsSelected() throws {
    var story = try Story()
    story.press(.enter)
    story.expect("Introduction · Goals")
    story.expect("1.1 What is quantization, and why do it?")
    var progress = StudyProgress()
    progress.seenQuestions = ["quantization.what"]
    story.send(.progress(progress))
    story.expect("✓ 1.1 What is quantization")
    story.press(.enter)
    story.expect("Goals")
    story.press(.character(" "))
    story.expect("1 Quantization principles · 1/10")
  }

  @Test func onAWideWindowTheSelectedEntryIsShownBesideTheContents() throws {
    var story = try Story(width: 140, height: 40)
    story.press(.enter)
    let row = try #require(story.row(of: "Introduction · Goals"))
    #expect(story.rows[row].contains("1 Quantization principles"))
    story.press(.down)
    story.expect("junior, asked constantly")
  }
}
