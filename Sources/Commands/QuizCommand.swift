import Compression
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Presentation
import Study
import TerminalCanvas

/// `nibble quiz`: a quiz line by line, for pipes and screen readers.
@MainActor
enum QuizCommand {
  static let syntax = CommandSyntax(
    call: "nibble quiz",
    abstract: """
      Asks quiz items one after another on standard output and reads the answers from standard \
      input. Answers are kept as in the tutor: an answer is on disk before its line appears.
      """,
    positional: "CHAPTER",
    options: [
      .value(
        "--session", "KIND",
        "due, chapter, mixed, cram, exam, weak or flagged (default: chapter if one is given, "
          + "else mixed)"),
      .value("--count", "N", "how many items at most (default: by the kind)"),
      .value("--minutes", "N", "the time for an exam (default: a minute for each item)"),
      .value("--seed", "N", "the order of the items (default: by the clock)"),
      .switch("--confidence", "ask how sure you are before showing what is right"),
      ContentOptions.language,
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      ContentOptions.model, ContentOptions.data, ContentOptions.content,
    ],
    footer: """
      Sessions: due asks what is due today and new items within the limits of the day; chapter and
      mixed ask all items, weak ones first; cram leaves the schedule as it is; exam has a clock and
      tells nothing until the end; weak asks what is known worst; flagged what you flagged. With
      CHAPTER each of them keeps to that chapter.
      Answers: a number for one choice or line, numbers for several (1 3), all numbers in order for
      an ordering or for pairs (3 1 2), a value for a calculation or an estimate, words for blanks
      with ; between them. What an item asks to be estimated is measured when it is asked.
      Instead of an answer: s or an empty line skips, u takes the last answer back, f flags the item
      or takes its flag away, q or the end of input leaves. A line that begins with = is an answer
      whatever follows, for a blank whose word is one of these letters.
      Exit status 1 when an answer was wrong.
      """)

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let language = try ContentOptions.language(arguments)
    let chapters = try ContentOptions.library(arguments).chapters(in: language)
    let chapter = try arguments.positional.map { try named($0, in: chapters) }
    let seed = try arguments.integer(
      "--seed", in: 0...Int.max, default: Int(Date().timeIntervalSince1970))
    var setup = try chosenSetup(arguments, chapter: chapter)
    let minutes = try chosenMinutes(arguments, setup)
    let (store, notice) = try TutorCommand.openStore(
      arguments, ProcessInfo.processInfo.environment)
    if let notice { Console.message(notice) }
    let candidates = QuizCandidates.all(in: chapter.map { [$0] } ?? chapters)
    let state = try store.studyState(at: Date().timeIntervalSince1970)
    let items = setup.order(candidates: candidates, state: state, seed: UInt64(seed))
    // An exam has a minute for each item.
    setup.minutes = minutes ?? max(1, items.count)
    let session = QuizSession(items: items, rules: setup.rules)
    let start = ContinuousClock.now
    var quiz = LineQuiz(
      session: session, chapters: chapters, language: language, store: store, seed: UInt64(seed),
      asksConfidence: arguments.has("--confidence"), console: .standard,
      elapsed: { Double((ContinuousClock.now - start) / .seconds(1)) },
      openLaboratory: {
        try MeasureCommand.laboratory(arguments, threads: Parallel.processorCount)
      })
    if session.isFinished {
      Console.output(
        LineQuizText(language: language).nothing(
          for: setup.kind, waiting: state.waiting(candidates), now: state.now) + "\n")
      return ExitStatus.success
    }
    return try quiz.run()
  }

  private static func named(
    _ name: String, in chapters: [Chapter]
  ) throws(CommandFailure) -> Chapter {
    if let chapter = chapters.first(where: { $0.id == name || String($0.number) == name }) {
      return chapter
    }
    throw .usage(
      "there is no chapter '\(name)'; there are "
        + chapters.map { "\($0.number) \($0.id)" }.joined(separator: ", "))
  }

  /// Which session the arguments ask for.
  private static func chosenSetup(
    _ arguments: ParsedArguments, chapter: Chapter?
  ) throws(CommandFailure) -> QuizSetup {
    let name = arguments.value("--session") ?? (chapter == nil ? "mixed" : "chapter")
    guard let kind = QuizSetup.Kind(rawValue: name) else {
      let names = QuizSetup.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage("--session must be one of \(names), not '\(name)'")
    }
    if kind == .chapter, chapter == nil {
      throw .usage("--session chapter needs a chapter: nibble quiz CHAPTER --session chapter")
    }
    var setup = QuizSetup(kind, chapterID: chapter?.id)
    // A chapter is crammed whole; weak spots come in longer rounds than in the tutor.
    if kind == .cram, chapter != nil { setup.count = nil }
    if kind == .weak { setup.count = 20 }
    if arguments.value("--count") != nil {
      setup.count = try arguments.integer("--count", in: 1...1000, default: 1)
    }
    return setup
  }

  /// The minutes of an exam, if they are given.
  private static func chosenMinutes(
    _ arguments: ParsedArguments, _ setup: QuizSetup
  ) throws(CommandFailure) -> Int? {
    guard arguments.value("--minutes") != nil else { return nil }
    guard setup.kind == .exam else { throw .usage("--minutes is for --session exam") }
    return try arguments.integer("--minutes", in: 1...1440, default: 1)
  }
}
