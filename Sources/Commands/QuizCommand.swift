import Compression
import Curriculum
import Foundation
import Lab
import NeuralNetwork
import Study
import TerminalCanvas
import TutorApp

/// `nibble quiz`: a quiz line by line, for pipes and screen readers.
@MainActor
enum QuizCommand {
  static let syntax = CommandSyntax(
    call: "nibble quiz",
    abstract: """
      Asks quiz items one after another on standard output and reads the answers from standard \
      input. Answers are kept as in the tutor.
      """,
    positional: "CHAPTER",
    options: [
      .value("--count", "N", "how many items (default: a whole chapter, or 12 of all)"),
      .value("--seed", "N", "the order of the items (default: by the clock)"),
      ContentOptions.language,
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      ContentOptions.model, ContentOptions.data, ContentOptions.content,
    ],
    footer: """
      Answers: a number for one choice or line, numbers for several (1 3), all numbers in order for
      an ordering or for pairs (3 1 2), a value for a calculation or an estimate, words for blanks
      with ; between them. An empty line skips, q or end of input leaves. What an item asks to be
      estimated is measured when it is asked.
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
    let limit: Int? =
      arguments.value("--count") == nil && chapter != nil
      ? nil : try arguments.integer("--count", in: 1...1000, default: 12)
    let (store, notice) = try TutorCommand.openStore(
      arguments, ProcessInfo.processInfo.environment)
    if let notice { Console.message(notice) }
    let plan = QuizPlan(
      kind: chapter.map { .chapter($0.id) } ?? .mixed, seed: UInt64(seed), limit: limit)
    let session = QuizSession(
      plan: plan, candidates: QuizCandidates.all(in: chapters), cards: try store.cards(),
      dueBy: Date().timeIntervalSince1970)
    var quiz = LineQuiz(
      session: session, kind: plan.sessionKind, chapters: chapters, language: language,
      records: StudyRecords(store: store), seed: UInt64(seed),
      openLaboratory: {
        try MeasureCommand.laboratory(arguments, threads: Parallel.processorCount)
      })
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
}

/// A quiz whose questions and answers are lines of text.
struct LineQuiz {
  /// The items to ask.
  var session: QuizSession
  /// The kind of quiz under which answers enter the log.
  let kind: SessionKind
  /// The lessons.
  let chapters: [Chapter]
  /// The language of the program's own words.
  let language: Language
  /// Where answers are kept.
  let records: StudyRecords
  /// Shuffles the choices and draws the numbers.
  let seed: UInt64
  /// Reads network and data, for items whose answer is measured.
  let openLaboratory: () throws -> Laboratory

  private var checker: ClaimChecker?
  private static let width = 80

  /// Makes a quiz that has asked nothing yet.
  init(
    session: QuizSession, kind: SessionKind, chapters: [Chapter], language: Language,
    records: StudyRecords, seed: UInt64, openLaboratory: @escaping () throws -> Laboratory
  ) {
    self.session = session
    self.kind = kind
    self.chapters = chapters
    self.language = language
    self.records = records
    self.seed = seed
    self.openLaboratory = openLaboratory
  }

  /// Asks until the session or the input ends; 1 when something was answered wrong.
  mutating func run() throws -> Int32 {
    let presenter = QuizItemPresenter(language: language, glyphs: .unicode)
    while let candidate = session.current {
      guard
        let item = chapters.lazy.flatMap(\.quizItems).first(where: { $0.id == candidate.itemID })
      else { break }
      let start = Date().timeIntervalSince1970
      var answer = QuizItemAnswer(item: item, seed: seed &+ UInt64(session.results.count))
      let number = session.results.count + 1
      Console.output("\n[\(number)] ")
      write(presenter.question(answer, width: Self.width))
      guard measure(&answer) else {
        session = session.without(candidate.itemID)
        continue
      }
      guard try ask(&answer) else { break }
      guard answer.isGraded else {
        // A skipped item is not an answer: the session goes on as if it had not been asked.
        session = session.without(candidate.itemID)
        continue
      }
      let now = Date().timeIntervalSince1970
      let isRight = answer.isRight == true
      try records.recordAnswer(
        QuizAnswerRecord(
          itemID: candidate.itemID, chapterID: candidate.chapterID, isRight: isRight,
          response: answer.responseText, seconds: now - start, session: kind), at: now)
      session.grade(right: isRight, seconds: now - start)
      write(presenter.verdict(answer, width: Self.width))
    }
    let summary = session.summary
    Console.output(
      language == .english
        ? "\n\(summary.right) of \(summary.answered) right\n"
        : "\n答对 \(summary.right)/\(summary.answered)\n")
    return summary.wrong > 0 ? ExitStatus.checkFailed : ExitStatus.success
  }

  /// Measures what an item asks for; false, with a message, when that is impossible.
  private mutating func measure(_ answer: inout QuizItemAnswer) -> Bool {
    guard let quantity = answer.measured else { return true }
    do {
      let checker = try self.checker ?? ClaimChecker(try openLaboratory())
      self.checker = checker
      let recipe = try Recipe(settings: quantity.settings.map { ($0.key, $0.value) })
      answer.receive(truth: try checker.value(of: Quantity(quantity.quantity), for: recipe))
      return true
    } catch {
      Console.message(
        (language == .english ? "this item cannot be measured here: " : "这道题无法在此实测：")
          + "\(error)")
      return false
    }
  }

  /// Reads lines until one is an answer or skips; false at the end of the input.
  private func ask(_ answer: inout QuizItemAnswer) throws -> Bool {
    while true {
      Console.output("> ")
      guard let line = readLine() else { return false }
      let text = line.trimmingCharacters(in: .whitespaces)
      if text == "q" { return false }
      if text.isEmpty || answer.enter(text) { return true }
      Console.output(
        language == .english ? "That is no answer to this item.\n" : "这不是这道题的有效答案。\n")
    }
  }

  private func write(_ lines: [StyledLine]) {
    for line in lines {
      Console.output(PlainText.sanitized(line.map(\.text).joined()) + "\n")
    }
  }
}
