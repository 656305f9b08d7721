import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Study
import TerminalCanvas
import TutorApp

/// Where a quiz line by line reads and writes.
struct LineConsole {
  /// The next line of the input; nil at its end.
  var read: () -> String?
  /// Writes text.
  var write: (String) -> Void

  /// Standard input and output.
  static var standard: LineConsole {
    LineConsole(read: { readLine() }, write: { Console.output($0) })
  }
}

/// A quiz whose questions and answers are lines of text.
struct LineQuiz {
  /// The items to ask.
  private(set) var session: QuizSession
  /// The lessons.
  let chapters: [Chapter]
  /// The language of the program's own words.
  let language: Language
  /// Where answers are kept.
  let store: ProgressStore
  /// Shuffles the choices and draws the numbers.
  let seed: UInt64
  /// Whether to ask how sure the learner is.
  let asksConfidence: Bool
  /// Where it reads and writes.
  let console: LineConsole
  /// The seconds since the start, by a clock that does not go backwards.
  let elapsed: () -> Double
  /// Reads network and data, for items whose answer is measured.
  let openLaboratory: () throws -> Laboratory

  private var laboratory: Laboratory?
  // What was answered, for the walk through an exam.
  private var answers: [String: QuizItemAnswer] = [:]
  private static let width = 80

  /// Makes a quiz that has asked nothing yet.
  init(
    session: QuizSession, chapters: [Chapter], language: Language, store: ProgressStore,
    seed: UInt64, asksConfidence: Bool, console: LineConsole, elapsed: @escaping () -> Double,
    openLaboratory: @escaping () throws -> Laboratory
  ) {
    self.session = session
    self.chapters = chapters
    self.language = language
    self.store = store
    self.seed = seed
    self.asksConfidence = asksConfidence
    self.console = console
    self.elapsed = elapsed
    self.openLaboratory = openLaboratory
  }

  private var words: LineQuizText { LineQuizText(language: language) }
  private var presenter: QuizItemPresenter {
    QuizItemPresenter(language: language, glyphs: .unicode)
  }
  private var isExam: Bool { !session.rules.givesFeedback }
  private var isTimeUp: Bool { session.rules.secondsLeft(elapsed: elapsed()) == 0 }

  /// Asks until the session, its time or the input ends; 1 when something was answered wrong.
  mutating func run() throws -> Int32 {
    if !session.rules.kind.movesSchedule { say(words.isCram) }
    var goesOn = true
    while goesOn {
      if isTimeUp {
        say(words.timeIsUp)
        break
      }
      guard let candidate = session.current else {
        say("\n" + words.end)
        guard command() == "u" else { break }
        try undo()
        continue
      }
      goesOn = try ask(candidate)
    }
    if isExam { walkThrough() }
    say("")
    for line in words.summary(session.summary, isExam: isExam) { say(line) }
    let isPerfect = session.summary.wrong == 0 && !(isExam && session.summary.unanswered > 0)
    return isPerfect ? ExitStatus.success : ExitStatus.checkFailed
  }

  // MARK: One item

  /// Asks one item until it is answered, skipped or left; false when the learner leaves.
  private mutating func ask(_ candidate: QuizCandidate) throws -> Bool {
    guard
      let (chapter, item) = chapters.lazy.compactMap({ chapter in
        chapter.quizItems.first { $0.id == candidate.itemID }.map { (chapter, $0) }
      }).first
    else {
      session.skip()
      return true
    }
    let start = elapsed()
    var answer = QuizItemAnswer(item: item, seed: seed &+ UInt64(session.steps.count))
    let number = session.steps.count { !($0.result?.isReturn ?? false) } + 1
    console.write(
      "\n"
        + words.head(
          number: min(number, session.items.count), count: session.items.count,
          isReturn: session.isReturn, secondsLeft: session.rules.secondsLeft(elapsed: start)) + "\n"
    )
    write(presenter.question(answer, width: Self.width))
    guard measure(&answer) else {
      session.skip()
      return true
    }
    while true {
      guard let line = command() else { return false }
      if isTimeUp { return true }
      switch line {
      case "q": return false
      case "s", "":
        session.skip()
        say(words.skipped)
        return true
      case "u":
        try undo()
        return true
      case "f": try toggleFlag(candidate)
      default:
        let text = line.hasPrefix("=") ? String(line.dropFirst()) : line
        guard answer.enter(text) else {
          say(words.noAnswer)
          continue
        }
        let confidence = asksConfidence ? confidence() : nil
        try keep(answer, in: chapter, seconds: elapsed() - start, confidence: confidence)
        return true
      }
    }
  }

  /// Keeps an answer, and only then says whether it is right.
  private mutating func keep(
    _ answer: QuizItemAnswer, in chapter: Chapter, seconds: Double, confidence: Confidence?
  ) throws {
    let graded = try store.grade(
      &session, right: answer.isRight == true, response: answer.responseText,
      seconds: max(0, seconds), confidence: confidence, at: Date().timeIntervalSince1970)
    let item = graded.result.item
    answers[item.itemID] = answer
    guard !isExam else {
      say(words.kept)
      return
    }
    write(presenter.verdict(answer, width: Self.width))
    if graded.isLeechNotice, let card = graded.card {
      let question = chapter.questions.firstIndex { $0.id == item.questionID }
      say(
        words.leech(
          lapses: card.lapses, chapter: chapter, question: question,
          experiment: question.flatMap { chapter.questions[$0].experimentID }
            ?? chapter.experiments.first?.id))
    }
  }

  private mutating func undo() throws {
    say(words.undone(try store.undoLastStep(of: &session, at: Date().timeIntervalSince1970)))
  }

  private func toggleFlag(_ candidate: QuizCandidate) throws {
    let isSet = try store.flags()[candidate.itemID] == nil
    try store.setFlag(candidate.itemID, to: isSet, at: Date().timeIntervalSince1970)
    say(words.flag(isSet: isSet))
  }

  /// Asks how sure the learner is; an empty line and the end of input leave it open.
  private func confidence() -> Confidence? {
    while true {
      say(words.howSure)
      guard let line = command(), !line.isEmpty else { return nil }
      if let level = Int(line).flatMap(Confidence.init) { return level }
    }
  }

  /// Measures what an item asks for; false, with a message, when that is impossible.
  private mutating func measure(_ answer: inout QuizItemAnswer) -> Bool {
    guard let quantity = answer.measured else { return true }
    do {
      let laboratory = try self.laboratory ?? openLaboratory()
      self.laboratory = laboratory
      let recipe = try Recipe(settings: quantity.settings.map { ($0.key, $0.value) })
      answer.receive(truth: try laboratory.value(of: Quantity(quantity.quantity), for: recipe))
      return true
    } catch {
      Console.message(
        (language == .english ? "this item cannot be measured here: " : "这道题无法在此实测：")
          + "\(error)")
      return false
    }
  }

  // MARK: Lines

  /// Shows every item of an exam with what was right.
  private func walkThrough() {
    for (number, result) in session.results.enumerated() {
      guard let answer = answers[result.item.itemID] else { continue }
      say("\n[\(number + 1)]")
      write(presenter.question(answer, width: Self.width))
      write(presenter.verdict(answer, width: Self.width))
    }
  }

  private func command() -> String? {
    console.write("> ")
    return console.read().map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func say(_ line: String) { console.write(line + "\n") }

  private func write(_ lines: [StyledLine]) {
    for line in lines { say(PlainText.sanitized(line.map(\.text).joined())) }
  }
}
