import Curriculum
import Foundation
import Study
import TerminalCanvas
import TutorApp

/// `nibble stats`: what was read, answered and guessed so far.
@MainActor
enum StatsCommand {
  static let syntax = CommandSyntax(
    call: "nibble stats", abstract: "Prints what you have read, answered and guessed so far.",
    options: [
      .switch("--json", "print as JSON"),
      ContentOptions.language,
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      ContentOptions.content,
    ])

  private struct Report: Encodable {
    struct ChapterReport: Encodable {
      var id: String
      var questions: Int
      var questionsSeen: Int
      var items: Int
      var itemsAnswered: Int
      var mastery: Double
      var due: Int
    }
    struct Guesses: Encodable {
      var count: Int
      var meanError: Double
    }
    var chapters: [ChapterReport]
    var answers: Int
    var right: Int
    var guesses: Guesses?
  }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let chapters = try ContentOptions.library(arguments).chapters(
      in: try ContentOptions.language(arguments))
    let (store, notice) = try TutorCommand.openStore(
      arguments, ProcessInfo.processInfo.environment)
    if let notice { Console.message(notice) }
    let report = try report(chapters, store)
    if arguments.has("--json") {
      Console.output(try JSONText.encode(report))
      return ExitStatus.success
    }
    for (chapter, row) in zip(chapters, report.chapters) {
      Console.output(
        TextFitting.align([StyledRun("\(chapter.number) \(chapter.title)")], to: 46)
          .map(\.text).joined() + "  "
          + "read \(row.questionsSeen)/\(row.questions)  "
          + "quiz \(row.itemsAnswered)/\(row.items)  "
          + "mastery \(Int((row.mastery * 100).rounded())) %  due \(row.due)\n")
    }
    Console.output("answers: \(report.answers), right: \(report.right)\n")
    if let guesses = report.guesses {
      Console.output(
        "guesses in the lab: \(guesses.count), off by "
          + String(format: "%.1f", guesses.meanError * 100) + " points on average\n")
    }
    return ExitStatus.success
  }

  private static func report(_ chapters: [Chapter], _ store: ProgressStore) throws -> Report {
    let now = Date().timeIntervalSince1970
    let seen = try store.questionsSeen().filter(\.value.wasRevealed)
    let masteries = try store.masteries(
      chapters.map { ChapterItems(chapterID: $0.id, itemIDs: $0.quizItems.map(\.id)) }, at: now)
    let totals = try store.answerTotals()
    return Report(
      chapters: zip(chapters, masteries).map { chapter, mastery in
        Report.ChapterReport(
          id: chapter.id, questions: chapter.questions.count,
          questionsSeen: chapter.questions.count { seen[$0.id] != nil },
          items: mastery.mastery.items, itemsAnswered: mastery.mastery.seen,
          mastery: mastery.mastery.share, due: mastery.mastery.due)
      },
      answers: totals.answers, right: totals.right,
      guesses: PredictionAccuracy(try store.predictions()).map {
        Report.Guesses(count: $0.guesses, meanError: $0.averageError)
      })
  }
}
