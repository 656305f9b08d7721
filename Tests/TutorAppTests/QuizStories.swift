import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Quiz.
@Suite struct QuizStories {
  private func quiz(_ items: String..., width: Int = 80) throws -> Story {
    try Story(
      width: width,
      screens: { context in
        [HomeScreen()]
          + [QuizScreen(chapterID: "quantization", items: items, context)].compactMap(
            \.self)
      })
  }

  private func lastRecord(_ story: Story) throws -> Review {
    try #require(RecallCourse.records(story).last)
  }

  /// The number that stands before a choice on the screen.
  private func number(of choice: String, in story: Story) throws -> Character {
    let row = story.rows.first { $0.contains(choice) }
    return try #require(row?.first { $0.isNumber }, "\(story.text)")
  }

  @Test func aChoiceIsAnsweredByItsNumberAndEnterGradedAtOnceAndRecorded() throws {
    var story = try quiz("quantization.q.macs")
    // The prompt has the number too; the row with the choice begins with its own number.
    let row = story.rows.last { $0.contains("888,192") }
    let number = try #require(row?.first { $0.isNumber })
    story.press(.character(number), .enter)
    story.expect("✓ Right.")
    let record = try lastRecord(story)
    #expect(record.itemID == "quantization.q.macs")
    #expect(record.wasRight)
  }

  @Test func aWrongChoiceShowsWhyItIsWrongAndTheItemComesBackAtTheEnd() throws {
    var story = try quiz("quantization.q.macs", "quantization.q.bytes")
    story.press(.character(try number(of: "222,048", in: story)), .enter)
    story.expect("✗ Not right.")
    story.expect("This divides the count by four.")
    #expect(try lastRecord(story).wasRight == false)
    story.press(.enter)
    story.type("346896")
    story.press(.enter)
    story.expect("✓ Right.")
    story.press(.enter)
    story.expect("once more")
    let row = story.rows.last { $0.contains("888,192") }
    let right = try #require(row?.first { $0.isNumber })
    story.press(.character(right), .enter, .enter)
    story.expect("Right at once: 1 of 2")
    story.expect("Right the second time: 1")
  }

  @Test func aNumberMayBeTypedAsAQuotientAndNothingTypedIsNotGraded() throws {
    var story = try quiz("quantization.q.scale")
    story.press(.enter)
    story.expect("Type a number first.")
    story.type("4/255")
    story.press(.enter)
    story.expect("✓ Right.")
    #expect(try lastRecord(story).wasRight)
  }

  @Test func aWrongNumberShowsTheRightOne() throws {
    var story = try quiz("quantization.q.zero")
    story.type("64")
    story.press(.enter)
    story.expect("✗ Not right.")
    story.expect("right: −64")
  }

  @Test func severalChoicesMustAllBeMarked() throws {
    var story = try quiz("quantization.q.ptq", width: 100)
    story.press(.enter)
    story.expect("Mark at least one row with Space.")
    for right in [
      "Static PTQ needs typical inputs", "QAT rounds in the forward pass",
      "A QAT result should be compared",
    ] {
      story.press(.character(try number(of: right, in: story)))
    }
    story.press(.enter)
    story.expect("✓ Right.")
    #expect(try lastRecord(story).wasRight)
  }

  @Test func linesArePutInOrderByMovingThem() throws {
    var story = try quiz("quantization.q.order")
    let wanted = [
      "Divide by the scale", "Add the zero point", "Clamp to the smallest", "Subtract the zero",
      "Multiply by the scale",
    ]
    for (place, text) in wanted.enumerated() {
      // Bring the cursor to the line, then the line to its place.
      story.press(.up, .up, .up, .up, .up)
      let first = try #require(story.rows.firstIndex { $0.contains("1. ") })
      let row = try #require(story.rows.firstIndex { $0.contains(text) }, "\(story.text)")
      for _ in 0..<(row - first) { story.press(.down) }
      for _ in 0..<(row - first - place) { story.press(.character("K")) }
    }
    story.press(.enter)
    story.expect("✓ Right.")
    #expect(try lastRecord(story).wasRight)
  }

  @Test func theWrongLineOfAListingIsPointedAt() throws {
    var story = try quiz("quantization.q.absmax")
    story.press(.down, .down, .enter)
    story.expect("✓ Right.")
    let record = try lastRecord(story)
    #expect(record.response == "3")
  }

  @Test func aClickOnAChoiceMarksItAndASecondClickAnswers() throws {
    var story = try quiz("quantization.q.macs")
    let row = try #require(story.rows.lastIndex { $0.contains("888,192") })
    story.click(x: 10, y: row)
    if !story.text.contains("Right.") { story.click(x: 10, y: row) }
    story.expect("✓ Right.")
  }

  @Test func anAnswerIsKeptUnderTheKindOfQuizItWasGivenIn() throws {
    for (chapter, kind) in [("quantization", SessionKind.chapter), (nil, .mixed)] {
      var story = try Story(screens: { context in
        [HomeScreen()]
          + [
            QuizScreen(
              chapterID: chapter, items: ["quantization.q.zero"], seed: 1, context)
          ].compactMap(\.self)
      })
      story.type("1")
      story.press(.enter)
      #expect(try lastRecord(story).session == kind)
    }
  }

  @Test func aQuizGoesOnWhereItWasLeft() throws {
    var story = try quiz("quantization.q.macs", "quantization.q.bytes")
    story.press(.enter, .enter)
    let positions = story.model.positions
    let again = try Story(screens: { ScreenRestoration.screens(for: positions, $0) })
    again.expect("· 2/2")
    again.expect("693,792 weights")
  }

  @Test func choicesAreShuffledByTheSeedAndNeverLost() throws {
    let library = try Story.library()
    let item = try #require(library.quizItem(id: "quantization.q.order", in: .english)).item
    var orders: Set<[Int]> = []
    for seed in 0..<50 {
      let state = QuizItemState(item: item, seed: UInt64(seed), startedAt: 0)
      #expect(state.shown.sorted() == Array(0..<5))
      // A list that starts in order would need no thought.
      #expect(state.shown != Array(0..<5))
      orders.insert(state.shown)
    }
    #expect(orders.count > 20)
  }
}
