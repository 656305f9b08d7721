import Compression
import Lab
import Localization
import NeuralNetwork
import Presentation
import Study
import TerminalCanvas
import Testing

@testable import Curriculum
@testable import TutorApp

/// Items whose right answer is what the engine measures.
@Suite struct EstimateStories {
  private static let recipe = try? Recipe(
    settings: [("weights.bits", "3"), ("weights.granularity", "tensor")])

  @Test(arguments: Language.allCases)
  func theEngineMeasuresWhenTheItemIsShown(language: Language) throws {
    var story = try RecallCourse.quiz("measured", language: language)
    story.send(.laboratory(.ready(try Self.facts())))
    let request = try #require(RecallCourse.requests(story).last)
    #expect(request.recipe == Self.recipe)
    story.expect(language == .english ? "the engine measures it now" : "引擎正在实测")
    story.reply(.measured(RecallCourse.measurement(of: request.recipe, correct: 8612), .accuracy))
    story.expect(language == .english ? "it was measured a moment ago" : "引擎刚刚测完")
    // The truth stays hidden until an estimate was made.
    story.expectNot("86.12")
    story.type("84")
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect(language == .english ? "measured just now: 86.12 %" : "刚才实测：86.12 %")
    story.expect("± 3 %")
    #expect(RecallCourse.records(story).map(\.response) == ["0.84"])
  }

  @Test(arguments: Language.allCases)
  func anAnswerWaitsForTheMeasurementAndIsGradedByIt(language: Language) throws {
    var story = try RecallCourse.quiz("measured", language: language)
    story.send(.laboratory(.ready(try Self.facts())))
    story.type("80")
    story.press(.enter)
    story.expect(language == .english ? "Measuring…" : "正在实测……")
    #expect(RecallCourse.records(story).isEmpty)
    // What is handed in cannot be changed any more.
    story.type("9")
    story.press(.enter)
    #expect(RecallCourse.requests(story).count == 1)
    let request = try #require(RecallCourse.requests(story).last)
    story.reply(.measured(RecallCourse.measurement(of: request.recipe, correct: 8612), .accuracy))
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    #expect(RecallCourse.records(story).map(\.wasRight) == [false])
    #expect(RecallCourse.records(story).map(\.response) == ["0.8"])
  }

  @Test func bytesAreGradedWhenTheyWereWrittenNotBefore() throws {
    var story = try RecallCourse.quiz("bytes")
    story.send(.laboratory(.ready(try Self.facts())))
    let request = try #require(RecallCourse.requests(story).last)
    story.type("261,532")
    story.expect("in B")
    story.press(.enter)
    func measured(_ bytes: [StorageFormat: Int], _ stage: MeasurementStage) -> LabReply {
      .measured(RecallCourse.measurement(of: request.recipe, correct: 9000, bytes: bytes), stage)
    }
    story.reply(measured([:], .accuracy))
    #expect(RecallCourse.records(story).isEmpty)
    story.reply(measured([.bitmask: 261_600], .bytes))
    story.expect("✓ Right.")
    story.expect("measured just now: 261,600 B")
    story.expect("± 4,000 B")
    // The measurement comes once more with its latency.
    story.reply(measured([.bitmask: 1], .latency))
    story.expect("261,600 B")
    #expect(RecallCourse.records(story).count == 1)
  }

  @Test func aSkippedItemEndsItsMeasurementAndAsksForItAnewWhenItIsShownAgain() throws {
    var story = try RecallCourse.quiz("measured", "varied")
    story.send(.laboratory(.ready(try Self.facts())))
    let first = try #require(RecallCourse.requests(story).last)
    story.press(.control("n"))
    guard case .cancel(.measurement, first.id.asker)? = story.orders.last else {
      Issue.record("skipping stops the measurement")
      return
    }
    story.press(.control("r"))
    let second = try #require(RecallCourse.requests(story).last)
    #expect(second.id != first.id && second.recipe == first.recipe)
    story.type("86")
    story.press(.enter)
    story.reply(
      .measured(RecallCourse.measurement(of: first.recipe, correct: 1), .accuracy), to: first.id)
    #expect(RecallCourse.records(story).isEmpty)
    story.reply(.measured(RecallCourse.measurement(of: second.recipe, correct: 8600), .accuracy))
    #expect(RecallCourse.records(story).map(\.wasRight) == [true])
  }

  @Test(arguments: Language.allCases)
  func whatCannotBeMeasuredIsSaidAndLeftOut(language: Language) throws {
    var story = try RecallCourse.quiz("measured", "varied", language: language)
    story.send(.laboratory(.failed("no data")))
    story.expect(
      language == .english
        ? "This cannot be measured here: no data" : "这里无法实测：no data")
    story.press(.enter)
    story.expect("· 2/2")
    #expect(RecallCourse.records(story).isEmpty)
  }

  @Test func aRefusedRecipeIsLeftOutTooAndLeavingStopsTheMeasurement() throws {
    var story = try RecallCourse.quiz("measured")
    story.send(.laboratory(.ready(try Self.facts())))
    let request = try #require(RecallCourse.requests(story).last)
    story.reply(.refused(.measurement, Refusal("too few bits")))
    story.expect("too few bits")
    story.press(.escape)
    guard case .cancel(nil, request.id.asker)? = story.orders.last else {
      Issue.record("leaving stops the measurement")
      return
    }
    #expect(story.model.screen is HomeScreen)
  }

  @Test func aNewQuizAsksForTheMeasurementAtOnceAndAsksNothingThatCannotBeMeasured() throws {
    let library = try RecallCourse.library()
    var measuredFirst = 0
    for now in 0..<12 {
      var context = try Story(library: library).model.context
      context.now = Double(now)
      var isMeasured = false
      var asks = false
      for case .push(let screen) in QuizScreen.opening(chapterID: "recall", context) {
        guard var quiz = screen as? QuizScreen else { continue }
        isMeasured = quiz.state?.measured != nil
        for case .ask(.measure(_)) in quiz.opened(&context) { asks = true }
      }
      #expect(asks == isMeasured)
      if isMeasured { measuredFirst += 1 }
      context.laboratory = .failed("no data")
      let items = QuizScreen(QuizSetup(.chapter, chapterID: "recall"), context).session.items
        .map(\.itemID)
      #expect(
        items.count == 3 && !items.contains { $0.hasSuffix("measured") || $0.hasSuffix("bytes") })
    }
    #expect(measuredFirst > 0)
  }

  private static func facts() throws -> LaboratoryFacts {
    LaboratoryFacts(
      testSet: ImageDataset(height: 28, width: 28, pixels: [], labels: []),
      network: Network(inputShape: [28, 28, 1], layers: []), baselineCorrect: 0,
      baselineBytes: 0)
  }
}
