import Localization
import Study
import TerminalCanvas
import Testing

@testable import Curriculum
@testable import TutorApp

/// Quiz: pairs and blanks.
@Suite struct RecallStories {
  // MARK: Pairs

  /// Brings each right side beside its left one, from the top down.
  private func pairUp(_ story: inout Story, _ language: Language) throws {
    for (place, text) in (RecallCourse.rights[language] ?? []).enumerated() {
      story.press(.up, .up, .up)
      let first = try #require(story.row(of: "GPTQ"))
      let row = try #require(story.row(of: text), "\(story.text)")
      for _ in 0..<(row - first) { story.press(.down) }
      for _ in 0..<(row - first - place) { story.press(.character("K")) }
    }
  }

  @Test(arguments: Language.allCases)
  func rightSidesAreMovedBesideTheirLeftOnes(language: Language) throws {
    var story = try RecallCourse.quiz("pairs", language: language)
    let start = try #require(story.row(of: "GPTQ"))
    // The list does not begin in the right order.
    #expect(
      (RecallCourse.rights[language] ?? []).enumerated().contains {
        !story.rows[start + $0].contains($1)
      })
    try pairUp(&story, language)
    let rows = story.rows
    for (place, text) in (RecallCourse.rights[language] ?? []).enumerated() {
      #expect(rows[start + place].contains(text), "\(story.text)")
    }
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect(language == .english ? "Each has its idea." : "各有思路。")
    #expect(RecallCourse.records(story).map(\.wasRight) == [true])
    #expect(RecallCourse.records(story).map(\.response) == ["1,2,3"])
  }

  @Test(arguments: Language.allCases)
  func wrongPairsAreMarkedOneByOneAndTheRightOnesShown(language: Language) throws {
    var story = try RecallCourse.quiz("pairs", language: language)
    try pairUp(&story, language)
    story.press(.up, .up, .up, .character("J"), .enter)
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    let marks = ["GPTQ", "AWQ", "RTN"].map { left in
      story.rows.first { $0.contains(left) }?.first { !$0.isWhitespace }
    }
    #expect(marks == ["✗", "✗", "✓"])
    story.expect(language == .english ? "What belongs together:" : "正确配对：")
    let solution = try #require(
      story.row(of: language == .english ? "What belongs together:" : "正确配对："))
    #expect(story.rows[solution + 1].contains("GPTQ"))
    #expect(story.rows[solution + 1].contains(RecallCourse.rights[language]?[0] ?? "?"))
    #expect(RecallCourse.records(story).map(\.wasRight) == [false])
  }

  // MARK: Blanks

  @Test(arguments: Language.allCases)
  func oneBlankAfterAnotherIsFilledTabLeadsToTheNext(language: Language) throws {
    var story = try RecallCourse.quiz("blanks", language: language)
    story.expect("[1 ____]")
    story.press(.enter)
    story.expect(language == .english ? "Fill in every blank first." : "请先填满所有的空。")
    story.type(language == .english ? "Mask" : "掩码")
    story.expect(language == .english ? "[1 Mask]" : "[1 掩码]")
    story.press(.tab)
    story.type("adam")
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect("✓ 2 adam")
    #expect(
      RecallCourse.records(story).map(\.response) == [
        language == .english ? "Mask; adam" : "掩码; adam"
      ])
  }

  @Test func lettersDigitsAndQGoIntoTheTextEnterGoesToTheBlankThatIsEmpty() throws {
    var story = try RecallCourse.quiz("blanks")
    story.type("q?S 1")
    story.expect("[1 q?S 1]")
    story.press(.enter)
    story.type("x")
    story.expect("[2 x]")
    story.press(.backTab, .control("u"))
    story.expect("[1 ____]")
    #expect(RecallCourse.records(story).isEmpty)
  }

  @Test(arguments: Language.allCases)
  func aWrongWordShowsEveryWordThatIsAccepted(language: Language) throws {
    var story = try RecallCourse.quiz("blanks", language: language)
    story.type("mask")
    story.press(.tab)
    story.type("SGD")
    story.press(.enter)
    story.expect("✓ 1 mask")
    story.expect("✗ 2 SGD")
    story.expect(
      language == .english ? "right: momentum or Adam" : "正确答案：动量 或 momentum 或 Adam")
    story.expect(language == .english ? "[momentum]" : "[动量]")
    #expect(RecallCourse.records(story).map(\.wasRight) == [false])
  }

  @Test func theCursorStandsInTheFocusedFieldAndAClickGoesToAnother() throws {
    var story = try RecallCourse.quiz("blanks")
    let first = try #require(TutorView.draw(story.model).cursor)
    story.press(.tab)
    let second = try #require(TutorView.draw(story.model).cursor)
    #expect(second.y == first.y + 1 && second.x == first.x)
    story.click(x: first.x, y: first.y)
    #expect(TutorView.draw(story.model).cursor == first)
  }
}
