import Curriculum
import Foundation
import Lab
import Localization
import TerminalCanvas
import Testing

@testable import Study
@testable import TutorApp

/// Quiz: sessions.
@Suite struct QuizSessionStories {
  private func session(
    _ kind: QuizSetup.Kind, language: Language = .english, width: Int = 80, height: Int = 24,
    _ prepare: (inout DeckStory) throws -> Void = { _ in }
  ) throws -> DeckStory {
    var story = try DeckStory(width: width, height: height, language: language)
    try prepare(&story)
    let number = try #require(QuizSetup.Kind.allCases.firstIndex(of: kind)) + 1
    try story.press(.character("z"), .character(Character("\(number)")))
    return story
  }

  // MARK: Undo, skip, flag, grade

  @Test(arguments: Language.allCases)
  func uTakesAGradeBackInTheStoreTooAndTheItemIsAskedAgain(language: Language) throws {
    var story = try session(.chapter, language: language)
    let first = story.shownNumber
    try story.answer(false)
    #expect(try story.store.reviews().count == 1)
    try story.press(.character("u"))
    #expect(try story.store.reviews().isEmpty)
    #expect(try story.store.cards().isEmpty)
    story.expect(language == .english ? "Taken back: answer it again." : "已撤销，请重新作答。")
    try story.answer(true)
    try story.press(.enter)
    // Also from the next item, before anything was answered there.
    #expect(story.shownNumber != first)
    try story.press(.character("u"))
    #expect(story.shownNumber == first)
    #expect(try story.store.reviews().isEmpty)
    story.expect("· 1/4")
    try story.press(.character("u"))
    #expect(try story.store.reviews().isEmpty)
  }

  @Test func undoGoesBackToTheStartOverSkipsTooAndFromTheResult() throws {
    var story = try session(.chapter)
    try story.answer(true)
    try story.press(.enter, .character("n"))
    for _ in 0..<2 {
      try story.answer(true)
      try story.press(.enter)
    }
    story.expect("The quiz is over")
    story.expect("Right at once: 3 of 3")
    story.expect("Skipped: 1")
    #expect(try story.store.reviews().count == 3)
    for left in [2, 1, 1, 0] {
      try story.press(.character("u"))
      #expect(try story.store.reviews().count == left)
    }
    story.expect("· 1/4")
    story.expectNot("u undo")
  }

  @Test func whereLettersAreTypedControlGoesWithTheLetter() throws {
    var story = try DeckStory(screens: { context in
      [HomeScreen(), QuizScreen(QuizSetup(.chapter, chapterID: "other"), context)]
    })
    while !story.text.contains("Fill in.") { try story.press(.character("n")) }
    try story.type("ufnsg")
    story.expect("[1 ufnsg]")
    try story.press(.control("x"))
    story.expect("* flagged")
    #expect(try story.store.flags().keys.sorted() == ["other.q.2"])
    try story.press(.control("u"))
    try story.type("codes")
    try story.press(.control("s"))
    story.expect("✓ Right.")
    #expect(try story.store.reviews().map(\.review.confidence) == [.high])
    try story.press(.character("u"))
    story.expect("[1 codes]")
    try story.press(.control("r"))
    #expect(try story.store.reviews().isEmpty)
  }

  @Test(arguments: Language.allCases)
  func aFlagIsKeptShownAndMakesASessionOfItsOwn(language: Language) throws {
    var story = try session(.mixed, language: language)
    while story.shownNumber == nil { try story.press(.control("n")) }
    let flagged = story.shownNumber
    try story.press(.character("f"))
    story.expect(language == .english ? "* flagged" : "* 已标记")
    try story.press(.escape, .character("7"))
    story.expect("· 1/1")
    #expect(story.shownNumber == flagged)
    try story.press(.character("f"))
    story.expectNot(language == .english ? "* flagged" : "* 已标记")
    #expect(try story.store.flags().isEmpty)
  }

  @Test func aRightAnswerMayBeGradedByKeyTheLogHasOneStandingEntry() throws {
    var story = try session(.chapter)
    try story.answer(true)
    story.expect("[good]")
    story.expect("next: in 10 min")
    try story.press(.character("4"))
    story.expect("[easy]")
    // FSRS-6 with its default weights: a first "easy" is due after 8 days.
    story.expect("next: in 8 days")
    let reviews = try story.store.reviews()
    #expect(reviews.map(\.review.rating) == [.easy])
    #expect(try story.store.logLength() == 3)
    try story.press(.character("u"))
    #expect(try story.store.reviews().isEmpty)
  }

  @Test func aWrongAnswerIsGradedAgainAndARightGuessHard() throws {
    var story = try session(.chapter)
    try story.answer(false)
    story.expect("Kept as: again; it comes back at the end.")
    story.expectNot("[good]")
    try story.press(.character("3"), .enter)
    try story.answer(true, with: .character("g"))
    story.expect("[hard]")
    #expect(try story.store.reviews().map(\.review.rating) == [.again, .hard])
    #expect(try story.store.reviews().map(\.review.confidence) == [nil, .low])
  }

  // MARK: Confidence

  @Test(arguments: Language.allCases)
  func errorsMadeWithCertaintyComeBackFirst(language: Language) throws {
    var story = try session(.chapter, language: language)
    var numbers: [Int?] = []
    for key in [Key.enter, .character("t"), .character("s"), .character("g")] {
      numbers.append(story.shownNumber)
      try story.answer(false, with: key)
      story.expect(
        key == .character("s")
          ? language == .english ? "You were sure: this one comes back first." : "答得有把握却错了"
          : language == .english ? "it comes back at the end" : "本轮结束前会再出")
      try story.press(.enter)
    }
    story.expect(language == .english ? "once more" : "错题重做")
    #expect(story.shownNumber == numbers[2])
    // The next session begins with it too.
    try story.press(.escape, .character("2"))
    #expect(story.shownNumber == numbers[2])
    #expect(
      try story.store.reviews().map(\.review.confidence) == [nil, .medium, .high, .low])
  }

  @Test func theQuestionHowSureOneIsCanBeSwitchedOff() throws {
    var story = try session(.chapter) { try $0.set { $0.asksConfidence = false } }
    story.expectNot("How sure?")
    let before = story.text
    try story.press(.character("s"))
    #expect(story.text == before)
    try story.press(.character("?"))
    story.expectNot("answer, being sure")
  }

  @Test func theKeysAtTheFootCanBeClicked() throws {
    var story = try session(.chapter)
    let bar = story.story.rows[22]
    let column = try #require(bar.range(of: "t think so")).lowerBound
    var inner = story.story
    inner.click(x: bar.distance(from: bar.startIndex, to: column), y: 22)
    #expect(RecallCourse.records(inner).map(\.confidence) == [.medium])
    try story.press(.escape)
  }

  // MARK: Explanations

  @Test(arguments: Language.allCases)
  func lessonAndExperimentAreAKeyAwayAndQComesBackToTheSamePlace(language: Language) throws {
    var story = try session(.chapter, language: language)
    while !(1...2).contains(story.shownNumber ?? 0) { try story.press(.character("n")) }
    try story.answer(false)
    let graded = story.text
    try story.press(.character("o"))
    story.expect(language == .english ? "The answer of deck.one." : "deck.one 的回答。")
    try story.press(.character("q"))
    #expect(story.text == graded)
    try story.press(.character("e"))
    story.expect(language == .english ? "Look closely" : "仔细看")
    try story.press(.character("q"))
    #expect(story.text == graded)
  }

  @Test(arguments: Language.allCases)
  func aLeechShowsItsLessonAndItsExperiment(language: Language) throws {
    var story = try DeckStory(language: language)
    try story.set { $0.leechThreshold = 1 }
    let now = story.story.model.context.now
    // Known once, so that the next error is a lapse.
    try story.store.recordReview(
      Review(
        itemID: "deck.q.1", chapterID: "deck", at: now - 30 * 86_400, wasRight: true, rating: .easy,
        session: .chapter))
    try story.press(.character("z"), .character("2"))
    while story.shownNumber != 1 { try story.press(.character("n")) }
    try story.answer(false)
    story.expect(language == .english ? "Forgotten once" : "已遗忘 1 次")
    story.expect(language == .english ? "read again: First lesson?" : "重读：第一课？")
    story.expect(language == .english ? "try it: Look closely" : "动手：仔细看")
    try story.press(.character("e"))
    story.expect(language == .english ? "Look closely" : "仔细看")
  }

  // MARK: The result

  @Test(arguments: Language.allCases)
  func theResultListsEveryItemExplainsEachAndSaysWhatComesNext(language: Language) throws {
    var story = try session(.chapter, language: language)
    try story.answer(true, with: .character("s"))
    try story.press(.enter)
    let failed = story.shownNumber
    try story.answer(false, with: .character("s"))
    try story.press(.enter)
    for _ in 0..<2 {
      try story.answer(true)
      try story.press(.enter)
    }
    try story.answer(true)
    try story.press(.enter)
    story.expect(language == .english ? "Right at once: 3 of 4" : "一次答对：3/4")
    story.expect(
      language == .english ? "Right when you were: sure 1/2" : "各把握程度下答对：有把握 1/2")
    story.expect(language == .english ? "right later, you were sure" : "重做答对，当时有把握")
    story.expect(language == .english ? "Due today: 2" : "今日待做：2")
    // The item to look at stands first.
    try story.press(.enter)
    #expect(story.shownNumber == failed)
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    try story.press(.character("n"))
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    try story.press(.character("q"), .character("z"))
    story.expect("· 1/4")
  }

  // MARK: Cram

  @Test(arguments: Language.allCases)
  func aCramLeavesTheScheduleUntouchedAndSaysSo(language: Language) throws {
    var story = try session(.cram, language: language)
    story.expect(language == .english ? "your schedule stays untouched" : "复习计划保持不变")
    while story.shownNumber == nil { try story.press(.control("n")) }
    try story.answer(false)
    story.expect(language == .english ? "your schedule stays untouched" : "复习计划保持不变")
    story.expectNot("[good]")
    #expect(try story.store.cards().isEmpty)
    #expect(try story.store.reviews().map(\.review.session) == [.cram])
  }

  // MARK: Going on

  @Test func aSessionGoesOnWhereItWasLeftWithUndoAndAllThatWasAnswered() throws {
    var story = try session(.chapter)
    try story.answer(false, with: .character("s"))
    try story.press(.enter)
    try story.answer(true)
    let positions = story.story.model.positions
    var again = try DeckStory(
      store: story.store, screens: { ScreenRestoration.screens(for: positions, $0) })
    // What was graded already is not asked again.
    again.expect("· 3/4")
    #expect(try again.store.reviews().count == 2)
    try again.press(.character("u"))
    #expect(try again.store.reviews().map(\.review.wasRight) == [false])
    try again.press(.character("u"))
    #expect(try again.store.reviews().isEmpty)
    again.expect("· 1/4")
  }

  @Test func aSessionWhoseLessonsLostAnItemGoesOnWithoutIt() throws {
    func answer(_ itemID: String, isRight: Bool) -> QuizStep {
      var step = QuizStep(skipping: itemID, seed: 0, at: 0)
      step.response = .choices([])
      step.isRight = isRight
      return step
    }
    let stored = StoredQuiz(
      setup: QuizSetup(.mixed), seed: 3, items: ["deck.q.1", "gone", "deck.q.2"],
      steps: [answer("deck.q.1", isRight: true), answer("gone", isRight: false)], elapsed: 0,
      isHandedIn: false)
    let story = try DeckStory(screens: {
      ScreenRestoration.screens(for: [.quizSession(stored)], $0)
    })
    story.expect("Quiz · Mixed · 2/2")
    story.expect("Question number 2?")
  }

  @Test(arguments: Language.allCases)
  func nothingBeyondASCIIIsDrawnInASCII(language: Language) throws {
    var story = try Story(
      language: language, glyphs: .ascii, library: language == .english ? DeckCourse.library() : nil
    )
    story.press(.character("z"))
    #expect(language == .simplifiedChinese || story.isASCII, "\(story.text)")
    story.press(.character("2"))
    for key in [Key.enter, .enter, .enter, .enter] {
      story.press(key)
      #expect(language == .simplifiedChinese || story.isASCII, "\(story.text)")
    }
  }

  // MARK: Keys

  /// The keys that a screen binds to more than one command.
  private func ambiguous(_ story: Story) -> [String] {
    var owners: [Key: Command] = [:]
    var claimed: [String] = []
    for binding in story.model.screen.bindings(story.model.context) {
      for key in binding.keys {
        if let owner = owners[key], owner != binding.command {
          claimed.append("\(KeyBinding.name(of: key)) for \(owner) and \(binding.command)")
        }
        owners[key] = binding.command
      }
    }
    return claimed
  }

  @Test(arguments: ["pairs", "blanks", "varied", "measured"])
  func noKeyOfASessionMeansTwoThingsOpenGradedOrOver(item: String) throws {
    var story = try RecallCourse.quiz(item, "pairs")
    #expect(ambiguous(story) == [])
    story.press(.control("n"), .character("n"))
    #expect(ambiguous(story) == [])
    var choice = try Story(
      library: DeckCourse.library(),
      screens: { [QuizScreen(QuizSetup(.chapter, chapterID: "deck"), $0)] })
    for _ in 0..<20 {
      #expect(ambiguous(choice) == [], "\(choice.text)")
      choice.press(.enter)
    }
    choice.expect("Quiz · explanation · 4/4")
    choice.press(.character("q"))
    choice.expect("The quiz is over")
    #expect(ambiguous(choice) == [])
    choice = try Story(library: DeckCourse.library(), screens: { _ in [QuizMenuScreen()] })
    for _ in QuizSetup.Kind.allCases {
      #expect(ambiguous(choice) == [])
      choice.press(.down)
    }
  }

  @Test func anEstimateThatWaitsForItsMeasurementKeepsHowSureItWasGiven() throws {
    var story = try RecallCourse.quiz("measured")
    story.type("80")
    story.press(.control("s"))
    let request = try #require(RecallCourse.requests(story).last)
    #expect(RecallCourse.records(story).isEmpty)
    story.reply(.measured(RecallCourse.measurement(of: request.recipe, correct: 8000), .accuracy))
    #expect(RecallCourse.records(story).map(\.confidence) == [.high])
    #expect(RecallCourse.records(story).map(\.rating) == [.good])
  }
}
