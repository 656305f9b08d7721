import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Questions.
@Suite struct QuestionStories {
  private func atFirstQuestion(_ language: Language = .english) throws -> Story {
    try Story(
      language: language,
      screens: { _ in
        [
          HomeScreen(), ChapterScreen(chapterID: "quantization"),
          QuestionScreen(id: "quantization.what"),
        ]
      })
  }

  @Test func theQuestionStandsAloneUntilItsAnswerIsAskedForAndThatIsRecorded() throws {
    var story = try atFirstQuestion()
    story.expect("What is quantization, and why do it?")
    story.expect("Say your answer aloud first")
    story.expectNot("Explanation")
    story.press(.character(" "))
    story.expect("▌ Answer")
    story.expect("▌ Explanation")
    guard case .store(.noteQuestionSeen("quantization.what", nil)) = story.effects.last else {
      Issue.record("the seen answer is recorded")
      return
    }
  }

  @Test func spaceReadsOnToTheEndAndThenGoesToTheNextQuestion() throws {
    var story = try atFirstQuestion()
    for _ in 0..<12 where story.text.contains("· 1/10") { story.press(.character(" ")) }
    story.expect("· 2/10")
    story.expect("Say your answer aloud first")
  }

  @Test func allPartsOfTheAnswerAreReachableByScrolling() throws {
    var story = try atFirstQuestion()
    story.press(.character(" "), .end)
    story.expect("Follow-up")
    story.press(.home)
    story.expect("▌ Answer")
    story.send(.input(.mouse(MouseEvent(.scrollDown, at: Point(x: 5, y: 5)))))
    story.expectNot("What is quantization, and why do it?")
  }

  @Test func nextAndPreviousWalkThroughTheChapterAndStopAtItsEndsWithAWord() throws {
    var story = try atFirstQuestion()
    story.press(.left)
    story.expect("This is the chapter's first question.")
    for _ in 0..<9 { story.press(.character("n")) }
    story.expect("· 10/10")
    story.press(.character("n"))
    story.expect("That was the last question of this chapter")
    story.press(.character("p"))
    story.expect("· 9/10")
  }

  @Test func aChangeOfLanguageShowsTheSameQuestionInTheOtherLanguage() throws {
    var story = try atFirstQuestion()
    story.press(.character(" "), .character("S"), .right)
    guard case .store(.keepSettings(let settings)) = story.effects.last else {
      Issue.record("the language is stored")
      return
    }
    #expect(settings["language"] == Language.simplifiedChinese.rawValue)
    story.press(.character("q"))
    story.expect("什么是量化")
    story.expect("▌ 回答")
  }

  @Test func eOpensTheQuestionsExperimentInTheLab() throws {
    var story = try atFirstQuestion()
    story.press(.character("e"))
    story.expect("Lab: Slide the bit-width")
    #expect(
      story.effects.contains {
        if case .ask(.measure(_)) = $0 { true } else { false }
      })
  }

  @Test func wordsAreFoundOnThePageMarkedAndFoundAgainAfterTheEnd() throws {
    var story = try atFirstQuestion()
    story.press(.character(" "), .character("/"))
    story.type("693,962")
    story.press(.enter)
    story.expect("693,962")
    story.expectNot("▌ Answer")
    story.press(.character("/"), .control("u"))
    story.type("xyzzy")
    story.press(.enter)
    story.expect("not on this page: xyzzy")
  }

  @Test func aBookmarkIsKeptShownAndListedByAnEmptySearch() throws {
    var story = try atFirstQuestion()
    story.press(.character("m"))
    guard case .store(.setBookmark("quantization.what", true)) = story.effects.last else {
      Issue.record("the bookmark is stored")
      return
    }
    var progress = StudyProgress()
    progress.bookmarks = ["quantization.what"]
    story.send(.progress(progress))
    story.expect("bookmarked")
    story.press(.character("q"))
    story.expect("* 1.1 What is quantization")
    story.press(.character("q"), .character("/"))
    story.expect("* 1.1 What is quantization")
  }

  @Test func theNextUnreadQuestionIsFoundAcrossChapters() throws {
    var story = try atFirstQuestion()
    var progress = StudyProgress()
    let chapter = try #require(story.model.context.chapters.first)
    progress.seenQuestions = Set(chapter.questions.dropFirst().map(\.id))
    story.send(.progress(progress))
    story.press(.character("U"))
    story.expect("2 Pruning principles · 1/10")
    progress.seenQuestions = Set(story.model.context.chapters.flatMap(\.questions).map(\.id))
    story.send(.progress(progress))
    story.press(.character("U"))
    story.expect("You have read every question.")
  }
}
