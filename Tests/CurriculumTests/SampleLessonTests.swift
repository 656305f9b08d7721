import Curriculum
import Localization
import Testing

/// The sample lessons, read in full.
@Suite struct SampleLessonTests {
  private func chapter(_ text: String, _ language: Language) throws -> Chapter {
    let result = ChapterParser.parse(source: text, file: "x/07-sample.md", language: language)
    #expect(result.faults.map(\.description) == [])
    return try #require(result.chapter)
  }

  @Test func theChaptersOwnPropertiesAreRead() throws {
    let chapter = try chapter(SampleLesson.english, .english)
    #expect(chapter.id == "sample")
    #expect(chapter.number == 7)
    #expect(chapter.stem == "07-sample")
    #expect(chapter.title == "Sample principles")
    #expect(
      BlockPrinter.print(chapter.introduction)
        == "paragraph: What the chapter is about, with {code code} and {strong strong} words.")
    #expect(
      chapter.goals.map { BlockPrinter.print($0) }
        == ["Compute a scale by hand.", "Explain {math s = \\frac{a}{b}} aloud."])
    #expect(chapter.claims.map(\.quantity) == ["accuracy", "sqnr@dense/kernel"])
  }

  @Test func aQuestionIsReadWithAllItsParts() throws {
    let question = try chapter(SampleLesson.english, .english).questions[0]
    #expect(question.id == "sample.scale")
    #expect(BlockPrinter.print(question.title) == "What is a {em scale}?")
    #expect(question.level == .junior)
    #expect(question.frequency == .constantly)
    #expect(question.experimentID == "sample.bits")
    #expect(
      BlockPrinter.print(question.explanation) == """
        paragraph: Two ways to see it:
        list from 1:
        - item:
          paragraph: as a ruler,
        - item:
          paragraph: as a divisor.
        math: q = \\text{round}\\left(\\frac{w}{s}\\right)
        table [Curriculum.ColumnAlignment.right, Curriculum.ColumnAlignment.left]:
          bits | levels
          8 | 255
          2 | 3
        code [python]: scale = max(abs(w)) / 127
        claim: accuracy atLeast(0.88)
        """)
    #expect(question.keyPoints.count == 2)
    #expect(question.location == SourceLocation(file: "x/07-sample.md", line: 12))
  }

  @Test func anExperimentIsRead() throws {
    let experiment = try #require(try chapter(SampleLesson.english, .english).experiments.first)
    #expect(experiment.id == "sample.bits")
    #expect(experiment.title == "Slide the bit-width")
    #expect(
      experiment.settings == [
        Setting(key: "weights.granularity", value: "tensor"),
        Setting(key: "weights.bits", value: "8"),
      ])
    #expect(experiment.knobs == ["weights.bits", "weights.granularity"])
    #expect(experiment.sweep == "weights.bits")
    #expect(experiment.layer == "dense/kernel")
    #expect(experiment.prediction == [Setting(key: "weights.bits", value: "2")])
    #expect(
      BlockPrinter.print(experiment.explanation) == """
        paragraph: Two bits lose nearly everything.
        claim: sqnr@dense/kernel equals(value: 1.5, tolerance: 0.25)
        """)
  }

  @Test func quizItemsOfAllKindsAreReadWithWhatIsRight() throws {
    let items = try chapter(SampleLesson.english, .english).quizItems
    #expect(
      items.map(\.id)
        == ["bytes", "properties", "step", "pipeline", "bug"].map { "sample.q.\($0)" })
    guard case .choice(let choices) = items[0].answer else {
      Issue.record("The first item is a choice.")
      return
    }
    guard case .multiple(let properties) = items[1].answer,
      case .numeric(let step) = items[2].answer
    else {
      Issue.record("The second item has several choices, the third asks for a number.")
      return
    }
    #expect(choices.indices.filter { choices[$0].isRight } == [1])
    #expect(properties.indices.filter { properties[$0].isRight } == [0, 2])
    #expect(BlockPrinter.print(choices[0].explanation) == "paragraph: That is float16.")
    // One percent of 0.015686 on each side.
    #expect(abs(step.value - 0.015686) <= 1e-6 && abs(step.tolerance - 0.00015686) <= 1e-7)
    #expect(
      items[3].answer
        == .order([
          [.text("Train the model")], [.text("Prune it to "), .math("s = 0.5")],
          [.text("Quantize it")],
        ]))
    #expect(
      items[4].answer
        == .spot(
          language: "python", code: ["s = w.max() / 127", "q = (w / s).round()"], line: 1))
    #expect(BlockPrinter.print(items[4].prompt) == "paragraph: Which line is wrong?")
    #expect(BlockPrinter.print(items[4].explanation) == "paragraph: The absolute value is missing.")
  }

  @Test func theChineseSampleHasTheSameParts() throws {
    let chinese = try chapter(SampleLesson.chinese, .simplifiedChinese)
    let english = try chapter(SampleLesson.english, .english)
    #expect(chinese.title == "示例原理")
    #expect(chinese.questions.map(\.id) == english.questions.map(\.id))
    #expect(chinese.questions.map(\.keyPoints.count) == english.questions.map(\.keyPoints.count))
    #expect(chinese.quizItems.map(\.id) == english.quizItems.map(\.id))
    #expect(chinese.experiments.map(\.knobs) == english.experiments.map(\.knobs))
    #expect(BlockPrinter.print(chinese.questions[1].answer) == "paragraph: 因为编码是整数。")
  }
}
