import Curriculum
import Foundation
import Localization
import Testing

@testable import Commands
@testable import Study

/// The quiz line by line.
@Suite @MainActor struct LineQuizTests {
  private let chapter: Chapter
  private let store: ProgressStore

  init() throws {
    var lesson = "# Numbers\n<!-- chapter: numbers -->\n\nText.\n\n## Quiz\n"
    for number in 1...4 {
      lesson += """

        ### Item \(number)
        <!-- item: n.q.\(number); kind: numeric -->
        What is \(number) plus one?

        ```numeric
        answer: \(number + 1)
        tolerance: 0
        ```

        It follows \(number).

        """
    }
    let parsed = ChapterParser.parse(source: lesson, file: "01-numbers.md", language: .english)
    chapter = try #require(parsed.chapter)
    store = try ProgressStore.inMemory()
  }

  private var items: [QuizCandidate] {
    chapter.quizItems.map { QuizCandidate(itemID: $0.id, chapterID: chapter.id) }
  }

  /// Gives lines to a quiz and returns its output and status.
  private func run(
    _ lines: [String], rules: QuizRules = .practice(.chapter), confidence: Bool = false,
    language: Language = .english, secondsPerLine: Double = 0
  ) throws -> (output: String, status: Int32) {
    var rest = lines[...]
    var output = ""
    var time = 0.0
    var quiz = LineQuiz(
      session: QuizSession(items: items, rules: rules), chapters: [chapter], language: language,
      store: store, seed: 1, asksConfidence: confidence,
      console: LineConsole(
        read: {
          time += secondsPerLine
          return rest.popFirst()
        }, write: { output += $0 }),
      elapsed: { time },
      openLaboratory: { throw CommandFailure.environment("nothing is measured here") })
    let status = try quiz.run()
    return (output, status)
  }

  @Test func rightAnswersEndWellAndAreKept() throws {
    let (output, status) = try run(["2", "3", "4", "5"])
    #expect(status == ExitStatus.success)
    #expect(output.contains("[1/4]\nWhat is 1 plus one?"))
    #expect(output.components(separatedBy: "Right.").count == 5)
    #expect(output.hasSuffix("\n4 of 4 right\n"))
    let reviews = try store.reviews().map(\.review)
    #expect(reviews.map(\.itemID) == items.map(\.itemID))
    #expect(reviews.allSatisfy { $0.session == .chapter && $0.wasRight && $0.confidence == nil })
  }

  @Test func wrongOnesComeBackAndUndoTakesThemBack() throws {
    let (output, status) = try run(["9", "u", "2", "9", "4", "5", "3", "u", "3", ""])
    #expect(status == ExitStatus.checkFailed)
    #expect(output.contains("The last answer is taken back."))
    #expect(output.contains("[once more]\nWhat is 2 plus one?"))
    #expect(output.contains("3 of 4 right"))
    #expect(output.contains("right the second time: 1"))
    let reviews = try store.reviews().map(\.review)
    #expect(reviews.map(\.response) == ["2.0", "9.0", "4.0", "5.0", "3.0"])
    #expect(try store.logLength() == 9)
  }

  @Test func skipsFlagsAndLeaves() throws {
    let (output, status) = try run(["f", "s", "nonsense", "", "f", "f", "q"])
    #expect(status == ExitStatus.success)
    #expect(output.components(separatedBy: "Skipped.").count == 3)
    #expect(output.contains("That is no answer to this item."))
    #expect(output.contains("The flag is gone."))
    #expect(Set(try store.flags().keys) == ["n.q.1"])
    #expect(try store.reviews().isEmpty)
    #expect(try run(["u", "q"]).output.contains("There is nothing to take back."))
  }

  @Test func confidenceComesBeforeTheVerdict() throws {
    let (output, _) = try run(["9", "7", "3", "3", "", "q"], confidence: true)
    let question = try #require(output.range(of: "How sure?"))
    let verdict = try #require(output.range(of: "Not right."))
    #expect(question.upperBound < verdict.lowerBound)
    #expect(try store.reviews().map(\.review.confidence) == [.high, nil])
    #expect(
      try store.studyState(at: Date().timeIntervalSince1970).confidentErrors == ["n.q.1"])
  }

  @Test func examTellsNothingUntilTheEnd() throws {
    let (output, status) = try run(
      ["2", "9", "s", "5", "4", "u", "8"], rules: .exam(seconds: 600), secondsPerLine: 10)
    #expect(status == ExitStatus.checkFailed)
    let end = try #require(output.range(of: "That was the last item."))
    #expect(!output[..<end.lowerBound].contains("ight."))
    #expect(output.contains("[2/4, 9 min 50 s left]"))
    // The skipped third item came back; its first answer was taken back.
    #expect(output[end.upperBound...].contains("Not right."))
    #expect(output.contains("2 of 4 right"))
    #expect(try store.reviews().map(\.review.response) == ["2.0", "9.0", "5.0", "8.0"])
    #expect(try store.reviews().allSatisfy { $0.review.session == .exam })
  }

  @Test func examEndsWithItsTime() throws {
    let (output, status) = try run(
      ["2", "3", "4", "5"], rules: .exam(seconds: 25), secondsPerLine: 10)
    #expect(status == ExitStatus.checkFailed)
    #expect(output.contains("The time is up."))
    #expect(output.contains("2 of 4 right"))
    #expect(output.contains("without an answer: 2"))
    #expect(try store.reviews().count == 2)
  }

  @Test func cramSaysSoAndMovesNoCard() throws {
    let (output, _) = try run(["2", "q"], rules: .practice(.cram), language: .simplifiedChinese)
    #expect(output.contains("突击练习"))
    #expect(output.contains("答对 1/1"))
    #expect(try store.cards().isEmpty)
    #expect(try store.reviews().count == 1)
  }

  @Test func leechesAreSentToTheirLesson() throws {
    var settings = StudySettings()
    settings.leechThreshold = 1
    try store.setStudySettings(settings)
    // Known, and long ago: the next error is a lapse.
    for time in [0.0, 1000] {
      try store.recordReview(
        Review(itemID: "n.q.1", chapterID: "numbers", at: time, wasRight: true, session: .chapter))
    }
    let (output, _) = try run(["9", "q"])
    #expect(output.contains("Forgotten 1 times"))
    #expect(output.contains("nibble lesson numbers"))
  }

  @Test func emptySessionsSayWhy() {
    let words = LineQuizText(language: .english)
    var waiting = WaitingItems(due: 0, new: 0, dueHeldBack: 2, newHeldBack: 3, nextDue: 600)
    #expect(
      words.nothing(for: .due, waiting: waiting, now: 0)
        == "Nothing is due. Held back by the limits of the day: 2 due, 3 new. Next: in 10 min.")
    waiting = WaitingItems(due: 0, new: 0, dueHeldBack: 0, newHeldBack: 0, nextDue: nil)
    #expect(words.nothing(for: .due, waiting: waiting, now: 0) == "Nothing is due.")
    #expect(words.nothing(for: .flagged, waiting: waiting, now: 0) == "No item is flagged.")
  }
}
