import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

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
  private var answers: [String: QuizItemState] = [:]

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
  private var typesetter: QuizItemTypesetter {
    QuizItemTypesetter(
      LessonTypesetter(language: language, glyphs: .unicode), width: 80, isLineByLine: true)
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
      skip(candidate, seed: seed)
      return true
    }
    let start = elapsed()
    var answer = QuizItemState(item: item, seed: seed &+ UInt64(session.steps.count))
    let number = session.steps.count { !$0.isReturn } + 1
    console.write(
      "\n"
        + words.head(
          number: min(number, session.items.count), count: session.items.count,
          isReturn: session.isReturn, secondsLeft: session.rules.secondsLeft(elapsed: start)) + "\n"
    )
    write(typesetter.question(of: answer))
    guard measure(&answer) else {
      skip(candidate, seed: answer.seed)
      return true
    }
    while true {
      guard let line = command() else { return false }
      if isTimeUp { return true }
      switch line {
      case "q": return false
      case "s", "":
        skip(candidate, seed: answer.seed)
        say(words.skipped)
        return true
      case "u":
        try undo()
        return true
      case "f": try toggleFlag(candidate)
      default:
        let text = line.hasPrefix("=") ? String(line.dropFirst()) : line
        guard answer.sheet.enter(text) else {
          say(words.noAnswer)
          continue
        }
        if asksConfidence { answer.confidence = confidence() }
        try keep(
          answer, to: candidate, in: chapter, seconds: elapsed() - start)
        return true
      }
    }
  }

  private mutating func skip(_ candidate: QuizCandidate, seed: UInt64) {
    session.take(QuizStep(skipping: candidate.itemID, seed: seed, at: now))
  }

  /// Keeps an answer, and only then says whether it is right.
  private mutating func keep(
    _ answer: QuizItemState, to candidate: QuizCandidate, in chapter: Chapter, seconds: Double
  ) throws {
    let itemID = candidate.itemID
    let lapses = try store.card(item: itemID)?.lapses ?? 0
    var step = QuizStep(
      answer.sheet, of: itemID, lapsesBefore: lapses, seconds: max(0, seconds), at: now)
    let review = Review(step, to: candidate, in: session.rules.kind)
    guard case .recorded(let id, let card) = try store.perform(.record(review), at: step.at) else {
      preconditionFailure("The store answers a record with its number.")
    }
    step.reviewID = id
    session.take(step)
    answers[itemID] = answer
    guard !isExam else {
      say(words.kept)
      return
    }
    write(typesetter.grading(of: answer))
    let threshold = try store.studySettings().leechThreshold
    if let card, step.isLeechNotice(card, threshold: threshold) {
      let question = chapter.questions.firstIndex { $0.id == candidate.questionID }
      say(
        words.leech(
          lapses: card.lapses, chapter: chapter, question: question,
          experiment: question.flatMap { chapter.questions[$0].experimentID }
            ?? chapter.experiments.first?.id))
    }
  }

  /// Takes the last step back, in the store first.
  private mutating func undo() throws {
    let last = session.steps.last
    if let last, let id = last.reviewID {
      _ = try store.perform(.undo(id, itemID: last.itemID), at: now)
    }
    session.undo()
    say(words.undone(last))
  }

  private func toggleFlag(_ candidate: QuizCandidate) throws {
    let isSet = try store.flags()[candidate.itemID] == nil
    _ = try store.perform(.setFlag(itemID: candidate.itemID, isSet), at: now)
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
  private mutating func measure(_ answer: inout QuizItemState) -> Bool {
    guard let quantity = answer.measured else { return true }
    do {
      let laboratory = try self.laboratory ?? openLaboratory()
      self.laboratory = laboratory
      let recipe = try Recipe(settings: quantity.settings.map { ($0.key, $0.value) })
      _ = answer.sheet.receive(
        truth: try laboratory.value(of: Quantity(quantity.quantity), for: recipe))
      return true
    } catch {
      Console.message(
        Phrase("this item cannot be measured here: \(Phrase(describing: error))")(language))
      return false
    }
  }

  // MARK: Lines

  /// Shows every item of an exam with what was right.
  private func walkThrough() {
    for (number, step) in session.answers.enumerated() {
      guard let answer = answers[step.itemID] else { continue }
      say("\n[\(number + 1)]")
      write(typesetter.question(of: answer))
      write(typesetter.grading(of: answer))
    }
  }

  private var now: Double { Date().timeIntervalSince1970 }

  private func command() -> String? {
    console.write("> ")
    return console.read().map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func say(_ line: String) { console.write(line + "\n") }

  private func write(_ lines: [StyledLine]) {
    for line in lines { say(PlainText.sanitized(line.map(\.text).joined())) }
  }
}
