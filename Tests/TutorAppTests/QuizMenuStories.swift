import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Quiz: the menu.
@Suite struct QuizMenuStories {
  @Test(arguments: Language.allCases, [(80, 24), (132, 44)])
  func everyKindOfSessionSaysWhatItDoesAndHowManyItemsWait(
    language: Language, size: (width: Int, height: Int)
  ) throws {
    var story = try DeckStory(width: size.width, height: size.height, language: language)
    try story.press(.character("z"))
    for kind in QuizSetup.Kind.allCases {
      let row = try #require(story.story.row(of: kind.name(language)), "\(story.text)")
      #expect(story.story.rows[row + 1].contains(kind.purpose(language)))
    }
    // Of the two siblings of a question only one is new on a day: deck.one, deck.two, other.one,
    // and the item without a question.
    story.expect(language == .english ? "0 due, 4 new" : "复习 0，新题 4")
    story.expect(language == .english ? "chapter 1, 4 items" : "第 1 章，4 道题")
    story.expect(language == .english ? "6 of 6" : "6 道中出 6 道")
    story.expect(language == .english ? "6 items, 20 min" : "6 道题，20 分钟")
  }

  @Test func theDailyLimitsHoldNewItemsBack() throws {
    var story = try DeckStory()
    try story.set { $0.newPerDay = 1 }
    try story.press(.character("z"))
    story.expect("0 due, 1 new")
    story.expect("Limits of a day: 1 new, 200 reviews")
  }

  @Test(
    arguments: Language.allCases
  )
  func whenNothingIsDueItSaysSoKindlyAndWhenTheNextItemIs(language: Language) throws {
    var story = try DeckStory(language: language)
    try story.set { $0.newPerDay = 1 }
    try story.press(.character("z"), .character("1"))
    try story.answer(true)
    try story.press(.enter, .character("q"))
    // A first right answer is repeated after ten minutes.
    story.expect(language == .english ? "Today: all done · next in 10 min" : "今天：全部完成 · 下次 10 分钟后")
    story.expect(language == .english ? "nothing due" : "今天没有")
    try story.press(.enter)
    story.expect(
      language == .english
        ? "Well done: nothing is left for today. The next review is in 10 min."
        : "做得好：今天没有要做的题了。下次复习：10 分钟后。")
    try story.wait(601)
    story.expect(language == .english ? "1 due, 0 new" : "复习 1，新题 0")
  }

  @Test(arguments: Language.allCases)
  func weakSpotsAndFlagsSayWhenThereAreNone(language: Language) throws {
    var story = try DeckStory(language: language)
    try story.press(.character("z"), .character("6"))
    story.expect(language == .english ? "No weak spots" : "没有薄弱点")
    try story.press(.character("7"))
    story.expect(language == .english ? "Nothing is flagged yet" : "还没有标记")
  }

  @Test func chapterNumberOfItemsMinutesAndScopeAreTurnedWithTheArrows() throws {
    var story = try DeckStory()
    try story.press(.character("z"), .down)
    story.expect("from ◀ 1 Deck ▶")
    try story.press(.right)
    story.expect("from ◀ 2 Other ▶")
    story.expect("chapter 2, 2 items")
    try story.press(.right)
    story.expect("chapter 1, 4 items")
    try story.press(.down, .down, .down, .left, .left, .left, .left)
    story.expect("items ◀ 5 ▶   minutes ◀ 20 ▶   from ◀ all chapters ▶")
    story.expect("5 items, 20 min")
    try story.press(.tab, .right, .tab, .right)
    story.expect("items ◀ 5 ▶   minutes ◀ 30 ▶   from ◀ 1 Deck ▶")
    story.expect("4 items, 30 min")
    try story.press(.enter)
    story.expect("Quiz · Exam · 1 Deck · 1/4")
    story.expect("left 30:00")
  }

  @Test func theMenuComesBackWithItsChoicesAlsoAfterARestart() throws {
    var story = try DeckStory()
    try story.press(.character("z"), .down, .right, .enter)
    story.expect("Quiz · 2 Other · 1/2")
    let positions = story.story.model.positions
    var again = try DeckStory(screens: { ScreenRestoration.screens(for: positions, $0) })
    again.expect("Quiz · 2 Other · 1/2")
    try again.press(.escape)
    again.expect("from ◀ 2 Other ▶")
  }

  @Test func aClickSelectsAKindAndASecondOneStartsIt() throws {
    var story = try Story(library: DeckCourse.library())
    story.press(.character("z"))
    let row = try #require(story.row(of: "Cram"))
    story.click(x: 10, y: row)
    story.expect("▸ 4")
    story.click(x: 10, y: row + 1)
    story.expect("Quiz · Cram · 1/6")
  }
}
