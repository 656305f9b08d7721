import Curriculum
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Quiz: exams and typed answers.
@Suite struct ExamStories {
  private func exam(
    _ language: Language = .english, minutes: Int = 20, width: Int = 80, height: Int = 24
  ) throws -> DeckStory {
    var setup = QuizSetup(.exam, chapterID: "deck")
    setup.minutes = minutes
    return try DeckStory(
      width: width, height: height, language: language,
      screens: { context in
        [HomeScreen(), QuizScreen(setup, context)]
      })
  }

  @Test(arguments: Language.allCases, [(80, 24), (132, 44)])
  func anExamShowsItsClockAndNothingElseUntilTheEndThenExplainsEveryItem(
    language: Language, size: (width: Int, height: Int)
  ) throws {
    var story = try exam(language, width: size.width, height: size.height)
    story.expect(language == .english ? "left 20:00" : "剩余 20:00")
    try story.wait(61)
    story.expect(language == .english ? "left 18:59" : "剩余 18:59")
    for place in 1...4 {
      story.expect("· \(place)/4")
      try story.answer(place != 2)
      story.expectNot(language == .english ? "Right." : "答对了")
      story.expectNot(language == .english ? "Not right." : "答错了")
      #expect(try story.store.reviews().count == place)
    }
    story.expect(language == .english ? "The exam is over" : "考试结束")
    story.expect(language == .english ? "Score: 3 of 4 right, 75 %" : "得分：3/4，75 %")
    story.expect(language == .english ? "Time: 1 min 1 s" : "用时：1 分 1 秒")
    #expect(try story.store.reviews().allSatisfy { $0.review.session == .exam })
    // What was handed in stays, and the wrong item stands first.
    try story.press(.character("u"))
    story.expect(language == .english ? "The exam is over" : "考试结束")
    #expect(try story.store.reviews().count == 4)
    try story.press(.enter)
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    story.expect(language == .english ? "Because of" : "因为")
    try story.press(.character("n"))
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
  }

  @Test func whenTheTimeIsUpTheExamIsHandedInAndWhatIsMissingCountsAsWrong() throws {
    var story = try exam(minutes: 1)
    try story.answer(true)
    try story.press(.character("n"))
    try story.wait(59)
    story.expect("left 0:01")
    try story.wait(1)
    story.expect("Time is up")
    story.expect("Score: 1 of 4 right, 25 %")
    story.expect("Not answered, counted as wrong: 3")
    // An item that was never answered can still be looked at.
    try story.press(.enter)
    story.expect("Not answered.")
    story.expect("✓ right")
    story.expect("Because of")
    #expect(!story.story.model.screen.hasClock)
    // The time on the result is the exam's, however long one looks at it, and after a restart too.
    try story.press(.character("q"))
    try story.wait(600)
    try story.press(.down, .up)
    story.expect("Time: 1 min 0 s")
    let positions = story.story.model.positions
    let again = try DeckStory(screens: { ScreenRestoration.screens(for: positions, $0) })
    again.expect("Time: 1 min 0 s")
    again.expect("Score: 1 of 4 right")
  }

  @Test(arguments: Language.allCases)
  func escapeAsksBeforeItHandsInAndSkippedItemsComeBack(language: Language) throws {
    var story = try exam(language)
    let skipped = story.shownNumber
    try story.press(.character("n"))
    for _ in 0..<3 { try story.answer(true) }
    story.expect(language == .english ? "skipped, 1 left" : "跳过的题，剩 1 道")
    #expect(story.shownNumber == skipped)
    try story.press(.escape)
    story.expect(language == .english ? "Esc again hands the exam in" : "再按一次 Esc 交卷")
    try story.press(.down, .escape)
    story.expect(language == .english ? "Esc again hands the exam in" : "再按一次 Esc 交卷")
    try story.press(.escape)
    story.expect(language == .english ? "Score: 3 of 4" : "得分：3/4")
  }

  @Test func aClockThatIsSetBackTakesNoTimeAwayAndNonePassesWhileNibbleIsClosed() throws {
    var story = try exam()
    try story.wait(60)
    try story.wait(-7200)
    story.expect("left 19:00")
    try story.wait(60)
    story.expect("left 18:00")
    let positions = story.story.model.positions
    let again = try DeckStory(screens: { ScreenRestoration.screens(for: positions, $0) })
    again.expect("left 18:00")
  }

  @Test func theExamsClockAsksForTicksOtherSessionsDoNot() throws {
    let story = try exam()
    #expect(story.story.model.screen.hasClock)
    let other = try DeckStory(screens: { [QuizScreen(QuizSetup(.mixed), $0)] })
    #expect(!other.story.model.screen.hasClock)
  }

  // MARK: Typed answers

  private func typing(_ language: Language = .english) throws -> Story {
    var story = try Story(
      language: language, library: DeckCourse.library(),
      screens: { context in
        [HomeScreen()]
          + [QuizScreen(chapterID: "other", items: ["other.q.2"], context)]
          .compactMap(\.self)
      })
    story.press(.home)
    return story
  }

  @Test func aTypedAnswerIsEditedAsInAShell() throws {
    var story = try typing()
    story.type("one two three")
    story.press(.control("w"))
    story.expect("[1 one two ]")
    story.press(.wordLeft, .character("x"))
    story.expect("[1 one xtwo ]")
    story.press(.control("a"), .deleteWordRight)
    story.expect("[1  xtwo ]")
    story.press(.control("e"), .deleteWordLeft)
    story.expect("[1  ]")
    story.press(.backspace)
    story.expect("[1 ____]")
    story.type("abc")
    story.press(.control("b"), .control("k"))
    story.expect("[1 ab]")
    story.press(.left, .control("u"))
    story.expect("[1 b]")
    story.press(.control("d"))
    story.expect("[1 ____]")
  }

  @Test func theHelpNamesTheKeysOfALineOfTextWhereOneIsTypedAndOnlyThere() throws {
    var story = try typing()
    story.press(.function(1), .end)
    story.expect("Where text is typed")
    story.expect("^W Alt-Backspace    delete the word to the left")
    story = try Story(library: DeckCourse.library())
    story.press(.character("?"), .end)
    story.expectNot("Where text is typed")
  }

  @Test func theTerminalsCursorStandsWhereChineseCharactersArePutInTwoColumnsEach() throws {
    var story = try typing(.simplifiedChinese)
    let start = try #require(TutorView.draw(story.model).cursor)
    story.type("整数码")
    let end = try #require(TutorView.draw(story.model).cursor)
    #expect(end == Point(x: start.x + 6, y: start.y))
    story.press(.left, .left)
    #expect(TutorView.draw(story.model).cursor == Point(x: start.x + 2, y: start.y))
    story.press(.backspace)
    story.expect("[1 数码]")
    #expect(TutorView.draw(story.model).cursor == start)
    story.type("整")
    story.press(.enter)
    story.expect("✓ 答对了。")
  }

  @Test func aPasteGoesIntoTheFieldAsAWholeWhateverKeysItsLettersAre() throws {
    var story = try typing()
    story.paste("\n?Sq\u{1B}codes\n")
    story.expect("[1 ?Sqcodes]")
    story.press(.control("u"))
    story.type("odes")
    story.press(.home)
    story.paste("c\n")
    story.press(.enter)
    story.expect("✓ Right.")
    let before = story.text
    story.paste("n\nq")
    #expect(story.text == before)
  }

  @Test func aPasteReachesTheSearchAndNoScreenWithoutAText() throws {
    var story = try Story(library: DeckCourse.library())
    let before = story.text
    story.paste("q")
    #expect(story.text == before)
    story.press(.character("/"))
    story.paste("Second\nmore")
    story.expect("1.2 Second lesson?")
    story.expectNot("First lesson?")
  }

  @Test func controlAndAnArrowMeanTheArrowWhereNothingIsTyped() throws {
    var story = try Story(library: DeckCourse.library())
    story.press(.character("S"), .wordRight)
    #expect(story.model.context.language == .simplifiedChinese)
  }
}
