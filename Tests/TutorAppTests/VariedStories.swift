import Lab
import Localization
import Presentation
import Study
import TerminalCanvas
import Testing

@testable import Curriculum
@testable import TutorApp

/// Numbers that vary, items line by line, and the worked example.
@Suite struct VariedStories {
  // MARK: Numbers

  /// The numbers of weights and of percents on the screen.
  private func numbers(in story: Story) throws -> (weights: Int, share: Int) {
    let prompt = try #require(story.rows.first { $0.contains("%") }, "\(story.text)")
    let numbers = prompt.split { !$0.isNumber && $0 != "," }.compactMap {
      Int($0.replacing(",", with: ""))
    }
    return (try #require(numbers.first), try #require(numbers.dropFirst().first))
  }

  @Test func numbersAreDrawnByTheSessionsSeedAndTheSolutionHasItsSteps() throws {
    var seen: Set<String> = []
    for seed in 0..<20 {
      var story = try RecallCourse.quiz("varied", seed: UInt64(seed))
      let (weights, share) = try numbers(in: story)
      seen.insert("\(weights) \(share)")
      story.type("\(weights * (100 - share) / 100 * 6)")
      story.press(.enter)
      story.expect("✓ Right.")
      story.expect("Step by step:")
      let kept = NumberText.grouped(weights * (100 - share) / 100)
      story.expect(
        "1. kept weights = \(NumberText.grouped(weights)) × (100 − \(share)) / 100 = \(kept)")
      story.expect("Four bytes of value, two of index.")
    }
    #expect(seen.count == 6)
  }

  @Test func bothLanguagesShowTheSameNumbersAndTheNextRunGoesOnWithThem() throws {
    for seed in 0..<5 {
      let english = try RecallCourse.quiz("varied", seed: UInt64(seed))
      let chinese = try RecallCourse.quiz(
        "varied", language: .simplifiedChinese, seed: UInt64(seed))
      #expect(try numbers(in: english) == numbers(in: chinese))
      let positions = english.model.positions
      let again = try Story(
        library: try RecallCourse.library(),
        screens: { ScreenRestoration.screens(for: positions, $0) })
      #expect(again.text == english.text)
    }
    var story = try RecallCourse.quiz("varied", language: .simplifiedChinese)
    story.type("1")
    story.press(.enter)
    story.expect("分步计算：")
    story.expect("1. 留下的权重 = ")
    story.expect("正确答案：")
    story.expect("字节")
  }

  @Test func anItemThatWasWrongComesBackWithOtherNumbersSoonerOrLater() throws {
    var changed = 0
    for seed in 0..<10 {
      var story = try RecallCourse.quiz("varied", seed: UInt64(seed))
      let before = try numbers(in: story)
      story.type("1")
      story.press(.enter, .enter)
      story.expect("once more")
      if try numbers(in: story) != before { changed += 1 }
    }
    #expect(changed >= 5)
  }

  // MARK: Line by line

  private func lines(_ lines: [StyledLine]) -> String {
    lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
  }

  /// Enters a line; the macro cannot call a mutating member.
  private static func enter(_ text: String, _ answer: inout QuizItemState) -> Bool {
    answer.sheet.enter(text)
  }

  @Test(arguments: Language.allCases)
  func everyKindIsAskedAndGradedLineByLine(language: Language) throws {
    let library = try RecallCourse.library()
    let typesetter = QuizItemTypesetter(
      LessonTypesetter(language: language, glyphs: .unicode), width: 80, isLineByLine: true)
    func item(_ name: String) throws -> QuizItem {
      try #require(library.quizItem(id: "recall.q." + name, in: language)).item
    }

    var pairs = QuizItemState(item: try item("pairs"), seed: 1)
    let asked = lines(typesetter.question(of: pairs))
    #expect(asked.contains("A. GPTQ") && asked.contains("C. RTN"))
    var order: [Character] = []
    for right in RecallCourse.rights[language] ?? [] {
      let row = try #require(asked.split(separator: "\n").first { $0.contains(right) })
      let number = row.first { $0.isNumber }
      order.append(try #require(number))
    }
    #expect(!Self.enter("1 1 2", &pairs) && !Self.enter("1 2", &pairs))
    #expect(Self.enter(order.map { String($0) }.joined(separator: " "), &pairs))
    #expect(pairs.isRight == true)

    var blanks = QuizItemState(item: try item("blanks"), seed: 1)
    #expect(lines(typesetter.question(of: blanks)).contains("[2 ____]"))
    #expect(!Self.enter("mask", &blanks) && !Self.enter("mask;", &blanks) && !blanks.isGraded)
    #expect(Self.enter(language == .english ? "mask; adam" : "掩码；Adam", &blanks))
    #expect(blanks.isRight == true)

    var measured = QuizItemState(item: try item("measured"), seed: 1)
    #expect(measured.measured?.quantity == "accuracy")
    _ = measured.sheet.receive(truth: 0.8612)
    #expect(!lines(typesetter.question(of: measured)).contains("86.12"))
    #expect(!Self.enter("much", &measured))
    #expect(Self.enter("90 %", &measured))
    #expect(measured.isRight == false)
    #expect(lines(typesetter.grading(of: measured)).contains("86.12 %"))

    var varied = QuizItemState(item: try item("varied"), seed: 1)
    let same = QuizItemState(item: try item("varied"), seed: 1)
    #expect(typesetter.question(of: varied) == typesetter.question(of: same))
    #expect(Self.enter("5", &varied))
    #expect(
      lines(typesetter.grading(of: varied)).contains(
        language == .english ? "Step by step:" : "分步计算："))
  }

  @Test(arguments: ["pairs", "blanks", "measured", "varied"])
  func inASCIINoCharacterBeyondASCIIIsDrawn(name: String) throws {
    var story = try RecallCourse.quiz(name, glyphs: .ascii)
    #expect(story.isASCII, "\(story.text)")
    story.type("1")
    story.press(.tab)
    story.type("2")
    story.press(.enter)
    #expect(story.isASCII, "\(story.text)")
  }

  // MARK: Worked example

  @Test(
    arguments: Language.allCases
  )
  func theIntroductionAndThePrintedChapterShowTheWorkedExample(language: Language) throws {
    let library = try RecallCourse.library()
    let title = language == .english ? "Worked example" : "例题"
    let text = language == .english ? "of which a tenth stays: 1,000." : "留下十分之一：1,000 个。"
    let story = try Story(
      language: language, library: library,
      screens: { _ in [HomeScreen(), IntroductionScreen(chapterID: "recall")] })
    story.expect(title)
    story.expect(text)
    let contents = try Story(
      language: language, library: library,
      screens: { _ in [HomeScreen(), ChapterScreen(chapterID: "recall")] })
    contents.expect(language == .english ? "Goals · Worked example" : "目标 · 例题")
    let chapter = try #require(library.chapter(id: "recall", in: language))
    let printed = lines(
      ChapterText(chapter: chapter, language: language, glyphs: .unicode).lines(width: 80))
    #expect(printed.contains("\(title)\n----") || printed.contains("\(title)\n"))
    #expect(printed.contains(text))
  }
}
