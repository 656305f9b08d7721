import Curriculum
import Localization
import Testing

/// Match, cloze, measured and varied items, read in full.
@Suite struct RecallTests {
  private func chapter(_ language: Language = .english) throws -> Chapter {
    let text = language == .english ? RecallLesson.english : RecallLesson.chinese
    let result = ChapterParser.parse(source: text, file: "x/02-recall.md", language: language)
    #expect(result.faults.map(\.description) == [])
    return try #require(result.chapter)
  }

  private func item(_ name: String, _ language: Language = .english) throws -> QuizItem {
    try #require(try chapter(language).quizItems.first { $0.id == "recall.q.\(name)" })
  }

  @Test func theWorkedExampleIsKeptWithItsClaims() throws {
    let chapter = try chapter()
    #expect(
      BlockPrinter.print(chapter.workedExample)
        == """
        paragraph: Ten thousand weights, 90 % of them pruned: {math 10000 \\times (1 - 0.9) = 1000} stay.
        claim: sparsity atLeast(0.89)
        """)
    #expect(chapter.claims.map(\.quantity) == ["sparsity"])
  }

  @Test func pairsKeepTheirSidesAsTheyAreWritten() throws {
    let item = try item("pairs")
    guard case .match(let pairs) = item.answer else {
      Issue.record("not a match item")
      return
    }
    #expect(pairs.map { BlockPrinter.print($0.left) } == ["GPTQ", "AWQ", "RTN"])
    #expect(BlockPrinter.print(pairs[1].right) == "scales {math s} by {code activations}")
  }

  @Test func aClozeTextKeepsItsWordsFormulasAndSpaces() throws {
    guard case .cloze(let cloze) = try item("blanks").answer else {
      Issue.record("not a cloze item")
      return
    }
    #expect(
      Self.print(cloze) == [
        "After every step the [mask] is applied, otherwise [momentum|Adam] brings {em zeros} back: "
          + "{math \\frac{{a}}{b}}.", "The [end]",
      ])
    guard case .cloze(let chinese) = try item("blanks", .simplifiedChinese).answer else {
      Issue.record("not a cloze item in Chinese")
      return
    }
    #expect(
      Self.print(chinese) == ["每步之后都要重新乘上[掩码|mask]，否则[动量|momentum]会把零带回来。[完]"])
  }

  private static func print(_ cloze: ClozeText) -> [String] {
    cloze.paragraphs.map { paragraph in
      paragraph.map { piece in
        switch piece {
        case .text(let inlines): BlockPrinter.print(inlines)
        case .blank(let blank): "[\(blank.words.joined(separator: "|"))]"
        }
      }.joined()
    }
  }

  @Test func anEstimateNamesARecipeAndAQuantity() throws {
    let item = try item("measured")
    guard case .measured(let quantity) = item.answer else {
      Issue.record("not a measured item")
      return
    }
    #expect(quantity.settings.map(\.key) == ["weights.bits", "weights.granularity"])
  }

  @Test func aVariantIsAFunctionOfTheItemAndTheSeed() throws {
    let item = try item("varied")
    #expect(item.hasVariants)
    #expect(item.variant(seed: 3) == item.variant(seed: 3))
    #expect(!item.variant(seed: 3).hasVariants)
    #expect(item.variant(seed: 3).variant(seed: 4) == item.variant(seed: 3))
    let fixed = try self.item("fixed")
    #expect(fixed.variant(seed: 9) == fixed)

    var prompts: Set<[Block]> = []
    for seed in 0..<200 {
      let variant = item.variant(seed: UInt64(seed))
      prompts.insert(variant.prompt)
      guard case .numeric(let numeric) = variant.answer else { continue }
      let steps = numeric.steps
      // The second step repeats the first: 6 bytes for each weight that is kept.
      #expect(abs(numeric.value - steps[0].value * 6) < 1e-6)
      #expect(steps[1].value == numeric.value)
      #expect(abs(numeric.tolerance - numeric.value / 100) < 1e-9)
    }
    #expect(prompts.count == 9)
  }

  @Test func drawnNumbersStandInPromptStepsAndExplanationOfBothLanguages() throws {
    let english = try item("varied")
    let chinese = try item("varied", .simplifiedChinese)
    for seed in 0..<40 {
      let variant = english.variant(seed: UInt64(seed))
      guard case .numeric(let numeric) = variant.answer,
        case .numeric(let other) = chinese.variant(seed: UInt64(seed)).answer
      else {
        Issue.record("not a numeric item")
        return
      }
      #expect(numeric.value == other.value)
      let number = try #require(numeric.steps.first?.numbers["n"])
      let share = try #require(numeric.steps.first?.numbers["s"])
      let grouped = try #require(
        ["200000": "200,000", "400000": "400,000", "692224": "692,224"][number])
      #expect(
        BlockPrinter.print(variant.prompt)
          == "paragraph: Of \(grouped) weights the share \(share) is pruned. How many bytes are "
          + "{math \\frac{x}{ {\(number)} }}?")
      #expect(
        BlockPrinter.print(variant.explanation)
          == "paragraph: With \(grouped) weights {code \(number)} is many, {\(share)} is not.")
      #expect(numeric.steps[0].computation == "\(grouped) × (1 − \(share))")
      #expect(
        BlockPrinter.print(numeric.steps[1].text) == "bytes = kept × (4 + 2)")
    }
  }
}
