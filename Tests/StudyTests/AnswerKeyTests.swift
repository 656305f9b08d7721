import Foundation
import Localization
import Study
import Testing

/// What is right, item by item.
@Suite struct AnswerKeyTests {
  @Test func choicesAreRightWhenExactlyTheRightOnesAreTaken() {
    let key = AnswerKey.choices(right: [0, 2], count: 3, takesSeveral: true)
    #expect(key.isRight(.choices([0, 2])))
    #expect(!key.isRight(.choices([0])))
    #expect(!key.isRight(.choices([0, 1, 2])))
    #expect(!key.isRight(.line(1)))
  }

  @Test func aNumberIsRightUpToItsTolerance() {
    let key = AnswerKey.number(0.015836, tolerance: 0.00001)
    #expect(key.isRight(.number(0.01584)))
    #expect(!key.isRight(.number(0.01585)))
  }

  @Test func anEstimateIsComparedWithWhatWasMeasuredNotWithAnotherNumber() {
    let key = AnswerKey.estimate(unit: .share, tolerance: 0.03)
    #expect(key.isRight(.estimate(0.83, truth: 0.86)))
    #expect(!key.isRight(.estimate(0.82, truth: 0.86)))
    #expect(!key.isRight(.number(0.86)))
  }

  @Test func equalLinesAndEqualRightSidesMayStandForOneAnother() {
    for (key, response) in [
      (AnswerKey.order([0, 1, 0]), Response.order), (.match([0, 1, 0]), Response.match),
    ] {
      #expect(key.isRight(response([0, 1, 2])))
      #expect(key.isRight(response([2, 1, 0])))
      #expect(!key.isRight(response([1, 0, 2])))
      #expect(!key.isRight(response([0, 1])))
      #expect(!key.isRight(response([0, 1, 7])))
    }
    #expect(!AnswerKey.order([0, 1]).isRight(.match([0, 1])))
  }

  @Test(
    arguments: [
      (["Scale", "zero  point"], true), (["ＳＣＡＬＥ", "zero\u{3000}point"], true),
      ([" factor ", "Zero Point"], true), (["scales", "zero point"], false),
      (["zero point", "scale"], false), (["scale"], false),
    ] as [([String], Bool)])
  func wordsAreComparedWithoutCaseWidthAndExtraBlanks(words: [String], isRight: Bool) {
    let key = AnswerKey.blanks([["scale", "factor"], ["zero point"]])
    #expect(key.isRight(.words(words)) == isRight)
  }

  @Test(
    arguments: [
      ("12", 12), ("-0.5", -0.5), ("1,234", 1234), ("4/255", 4.0 / 255), (" 3 ", 3),
      ("1e3", 1000), ("85 %", 85),
    ] as [(String, Double)])
  func numbersAreReadAsLearnersTypeThem(text: String, value: Double) {
    #expect(TypedNumber.value(of: text) == value)
  }

  @Test(arguments: ["", "x", "1/0", "1/2/3", "nan", "inf", "--1"])
  func whatIsNoNumberIsNone(text: String) {
    #expect(TypedNumber.value(of: text) == nil)
  }

  @Test func anAnswerHandedInBeforeItsMeasurementIsGradedWhenThatArrives() {
    var sheet = AnswerSheet(
      key: .estimate(unit: .share, tolerance: 0.02), seed: 1, startedAt: 0)
    #expect(sheet.submit() == .incomplete)
    sheet.texts = ["85"]
    #expect(sheet.submit(.high) == .waiting)
    #expect(sheet.receive(truth: 0.86) == .graded)
    #expect(sheet.response == .estimate(0.85, truth: 0.86))
    #expect(sheet.isRight == true)
    #expect(sheet.confidence == .high)
  }

  @Test func aSessionsStepsComeBackFromTheirTextAlsoThoseOfOlderVersions() throws {
    var sheet = AnswerSheet(key: .blanks([["scale"]]), seed: 7, startedAt: 100)
    let isEntered = sheet.enter("scale")
    #expect(isEntered)
    var step = QuizStep(sheet, of: "a.q.1", lapsesBefore: 2, seconds: 4, at: 104)
    step.reviewID = ReviewID(rawValue: 9)
    let text = try JSONEncoder().encode(step)
    #expect(try JSONDecoder().decode(QuizStep.self, from: text) == step)
    let old = """
      {"at":1700000000.5,"confidence":3,"entered":["84"],"isRight":true,"itemID":"m.q.1",
      "lapsesBefore":0,"rating":3,"response":{"estimate":{"_0":0.84,"truth":0.85}},"seconds":9,
      "seed":12}
      """
    let decoded = try JSONDecoder().decode(QuizStep.self, from: Data(old.utf8))
    #expect(decoded.response == .estimate(0.84, truth: 0.85))
    #expect(decoded.reviewID == nil)
    #expect(decoded.rating == .good)
  }
}
