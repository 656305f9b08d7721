import Curriculum
import Foundation
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// The mock interview.
@Suite struct InterviewStories {
  private func story(
    width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, store: ProgressStore? = nil
  ) throws -> StoredStory {
    try StoredStory(
      store: try store ?? ProgressStore.inMemory(), width: width, height: height,
      language: language, glyphs: glyphs)
  }

  /// Opens the interview screen and starts one of three questions.
  private func start(_ story: inout StoredStory) throws {
    try story.press(.character("i"), .up, .left, .down, .enter)
    story.story.expect("1/3")
  }

  private func screen(_ story: StoredStory) throws -> InterviewScreen {
    try #require(story.story.model.screen as? InterviewScreen)
  }

  @Test func levelAndLengthAreChosenAndNoQuestionIsAboveTheLevel() throws {
    var story = try story()
    try story.press(.character("i"))
    story.story.expect("▸ Start the interview")
    story.story.expect("[ mid ]")
    try story.press(.home, .left, .down, .right, .right, .right)
    story.story.expect("[ junior ]")
    story.story.expect("10 min]")
    try story.press(.enter)
    let run = try screen(story).run
    #expect(run.length == .minutes(10))
    #expect(run.questionIDs.count == 5)
    for id in run.questionIDs {
      let (chapter, index) = try #require(story.story.model.context.question(id))
      #expect(chapter.questions[index].level == .junior)
    }
  }

  @Test func theClockRunsWhileTheAnswerIsTypedAndStandsWhileItIsGraded() throws {
    var story = try story()
    try start(&story)
    try story.wait(65)
    story.story.expect("this answer 1:05")
    try story.press(.control("s"))
    try story.wait(30)
    story.story.expect("this answer 1:05")
    story.story.expect("(spoken aloud)")
    #expect(!(try screen(story).hasClock))
  }

  @Test func anAnswerIsTypedInSeveralLinesWithTheTerminalsCursorBehindTheLastCharacter() throws {
    var story = try story()
    try start(&story)
    try story.type("fewer bits")
    try story.press(.enter)
    try story.type("量化")
    story.story.expect("│ fewer bits")
    let row = try #require(story.story.row(of: "│ 量化"))
    let cursor = try #require(TutorView.draw(story.story.model).cursor)
    // The frame, a blank, and two characters of two columns.
    #expect(cursor.y == row)
    #expect(cursor.x == 2 + 2 + 4)
    try story.press(.control("w"), .backspace, .control("w"))
    try story.press(.control("s"))
    story.story.expect("▎ fewer")
    story.story.expectNot("bits")
  }

  @Test func pastedLinesAreKeptAsLines() throws {
    var story = try story()
    try start(&story)
    story.story.send(.input(.paste("first\nsecond\tthird")))
    story.story.expect("│ first ")
    story.story.expect("│ second  third")
  }

  @Test func keyPointsAreAChecklistTheModelAnswerAndTheFollowUpStandBelow() throws {
    var story = try story(height: 70)
    try start(&story)
    let (_, question) = try #require(try screen(story).question(story.story.model.context))
    try story.press(.control("s"))
    story.story.expect("Which key points did you make?")
    story.story.expect("0 of \(question.keyPoints.count)")
    try story.press(.character(" "), .down, .character(" "))
    #expect(story.story.text.split(separator: "[✓]").count == 3)
    try story.press(.character(" "))
    story.story.expect("1 of \(question.keyPoints.count)")
    try story.press(.character("a"))
    story.story.expect("\(question.keyPoints.count) of \(question.keyPoints.count)")
    story.story.expect("Model answer")
    story.story.expect("Follow-up")
    try story.press(.character("u"))
    story.story.expect("Your answer")
  }

  @Test func onAWideWindowTheModelAnswerStandsBesideTheChecklist() throws {
    var story = try story(width: 132, height: 44)
    try start(&story)
    try story.press(.control("s"))
    let row = try #require(story.story.row(of: "Model answer"))
    #expect(row < 6)
    story.story.expect("Which key points did you make?")
  }

  @Test func showMeOpensAnExperimentAndComesBackToTheSamePlace() throws {
    var story = try story()
    try start(&story)
    try story.type("see for yourself")
    try story.press(.control("o"))
    #expect(story.story.model.screen is LabScreen)
    try story.press(.escape, .character("q"))
    story.story.expect("see for yourself")
    try story.press(.control("s"), .character("e"))
    #expect(story.story.model.screen is LabScreen)
    try story.press(.escape, .character("q"))
    story.story.expect("Which key points did you make?")
  }

  /// Answers the three questions: all points, none, and the first.
  private func finish(_ story: inout StoredStory) throws {
    try story.type("all of *it*")
    try story.wait(40)
    try story.press(.control("s"), .character("a"), .enter)
    try story.wait(20)
    try story.press(.control("s"), .enter)
    try story.wait(30)
    try story.press(.control("s"), .character(" "), .enter)
  }

  @Test func theReportHasScoreTimeTopicsAndLinksThatOpenTheLesson() throws {
    var story = try story(width: 96, height: 60)
    try start(&story)
    let run = try screen(story).run
    try finish(&story)
    story.story.expect("3 answers in 1:30, on average 0:30")
    story.story.expect("By topic")
    story.story.expect("To review")
    let report = try #require(try story.store.interviewReports().first)
    #expect(report.level == "mid")
    #expect(report.markdown.contains("> all of \\*it\\*"))
    #expect(try story.store.interviewReports().count == 1)
    // The answer that lacked all its points is the first to review.
    try story.press(.enter)
    let (chapter, index) = try #require(story.story.model.context.question(run.questionIDs[1]))
    story.story.expect("\(chapter.number) \(chapter.title) · \(index + 1)/")
    story.story.expect("Answer")
    try story.press(.character("q"))
    story.story.expect("To review")
    try story.press(.character("q"))
    story.story.expect("mid")
    story.story.expect("3 answers")
    try story.press(.end, .enter)
    story.story.expect("3 answers in 1:30")
  }

  @Test func gradesReachTheStoreSoThatWeakAnswersAreAskedMoreOften() throws {
    var story = try story()
    try start(&story)
    let ids = try screen(story).run.questionIDs
    try finish(&story)
    let seen = try story.store.questionsSeen()
    #expect(seen[ids[0]]?.selfGrade == .good)
    #expect(seen[ids[1]]?.selfGrade == .again)
    #expect(story.story.model.context.progress.selfGrades.count == 3)
  }

  @Test func anInterviewThatIsCutOffGoesOnWhereItWasWithTheAnswerTypedSoFar() throws {
    let folder = try TemporaryFolder()
    do {
      var story = try story(store: try folder.store())
      try start(&story)
      try story.type("the first answer")
      try story.wait(12)
      try story.press(.control("s"), .character("a"), .enter)
      try story.type("half of the sec")
      try story.wait(6)
      // Nothing is said goodbye to: the program is gone.
    }
    var again = try story(store: try folder.store())
    try again.press(.character("i"))
    again.story.expect("▸ Resume the interview of")
    again.story.expect("1 of 3 answered")
    try again.press(.enter)
    again.story.expect("2/3")
    again.story.expect("half of the sec")
    again.story.expect("this answer 0:06")
    #expect(try screen(again).run.answers[0].text == "the first answer")
  }

  @Test func ctrlCKeepsWhatWasTypedToTheLastCharacter() throws {
    var story = try story()
    try start(&story)
    try story.type("to the last letter")
    try story.press(.control("c"))
    guard case .quit? = story.story.effects.last else {
      Issue.record("Ctrl-C quits")
      return
    }
    #expect(
      story.story.model.context.progress.runningInterview?.pending?.text == "to the last letter")
  }

  @Test func aGivenAnswerWaitsForItsGradeAfterACut() throws {
    let folder = try TemporaryFolder()
    do {
      var story = try story(store: try folder.store())
      try start(&story)
      try story.type("given")
      try story.press(.control("s"))
    }
    let positions = [ScreenPosition.home(selection: 0), .interview]
    let progress = try StudyProgress(of: try folder.store(), at: 1_700_000_100)
    let again = try Story(screens: { context in
      var context = context
      context.progress = progress
      return ScreenRestoration.screens(for: positions, context)
    })
    again.expect("▎ given")
    again.expect("Which key points did you make?")
  }

  @Test func reportsAreWrittenUnderNamesThatNothingHasAndThePathIsShown() throws {
    let folder = try TemporaryFolder()
    var story = try story(width: 120, height: 60, store: try folder.store())
    try start(&story)
    try finish(&story)
    story.story.expect("Written as Markdown:")
    let exports = folder.path + "/interviews"
    let first = try FileManager.default.contentsOfDirectory(atPath: exports)
    #expect(first.count == 1)
    let text = try String(contentsOfFile: exports + "/" + first[0], encoding: .utf8)
    #expect(text.hasPrefix("# Mock interview of "))
    try "mine".write(toFile: exports + "/" + first[0], atomically: true, encoding: .utf8)
    try story.press(.character("x"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: exports).count == 2)
    #expect(try String(contentsOfFile: exports + "/" + first[0], encoding: .utf8) == "mine")
    story.story.expect("-2.md")
  }

  @Test func withALimitInMinutesTheInterviewEndsAfterTheAnswerInWhichTimeIsUp() throws {
    var story = try story()
    try story.press(.character("i"), .up)
    for _ in 0..<3 { try story.press(.right) }
    try story.press(.enter)
    try story.wait(599)
    story.story.expect("left 0:01")
    try story.press(.control("s"), .enter)
    story.story.expect("2/5")
    try story.wait(2)
    story.story.expect("time is up")
    try story.press(.control("s"), .enter)
    story.story.expect("2 answers in 10:01")
  }

  @Test func aNewInterviewMakesTheReportOfOneThatWaitsAnEmptyOneIsForgotten() throws {
    var story = try story()
    try start(&story)
    try story.press(.control("s"), .enter, .escape)
    story.story.expect("Resume the interview")
    try story.press(.down, .enter)
    #expect(try story.store.interviewReports().count == 1)
    try story.press(.escape)
    try story.press(.home, .character("x"))
    #expect(try story.store.interviewReports().count == 1)
    story.story.expectNot("Resume the interview")
  }

  @Test(arguments: [true, false])
  func everythingHasItsChineseWordsAndInASCIIOnlyASCII(isASCII: Bool) throws {
    var story =
      try isASCII
      ? story(glyphs: .ascii) : story(width: 132, height: 44, language: .simplifiedChinese)
    try story.press(.character("i"))
    if !isASCII { story.story.expect("开始面试") }
    #expect(!isASCII || story.story.isASCII, "\(story.story.text)")
    try story.press(.up, .left, .down, .enter)
    if !isASCII { story.story.expect("你的回答") }
    #expect(!isASCII || story.story.isASCII, "\(story.story.text)")
    try story.press(.control("s"))
    if !isASCII { story.story.expect("参考回答") }
    #expect(!isASCII || story.story.isASCII, "\(story.story.text)")
    try story.press(.enter, .control("s"), .enter, .control("s"), .enter)
    if !isASCII {
      story.story.expect("需要复习")
      let report = try #require(try story.store.interviewReports().first)
      #expect(report.markdown.contains("## 需要复习"))
    }
    #expect(!isASCII || story.story.isASCII, "\(story.story.text)")
  }
}
