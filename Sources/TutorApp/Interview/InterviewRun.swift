package import Curriculum
package import Localization
import Study
import TerminalCanvas

/// How long a mock interview goes on.
package enum InterviewLength: Sendable, Hashable, Codable {
  /// Until so many questions were answered.
  case questions(Int)
  /// Until the answers took so many minutes together; the answer under way may be finished.
  case minutes(Int)

  /// The lengths to choose from.
  package static let choices: [InterviewLength] = [
    .questions(3), .questions(5), .questions(8), .questions(12), .minutes(10), .minutes(20),
    .minutes(30), .minutes(45),
  ]

  /// The most questions that can be asked; an answer of two minutes is a long one.
  var mostQuestions: Int {
    switch self {
    case .questions(let count): count
    case .minutes(let minutes): max(1, minutes / 2)
    }
  }

  /// The seconds that all answers may take together; none where questions are counted.
  var seconds: Double? {
    switch self {
    case .questions: nil
    case .minutes(let minutes): Double(minutes) * 60
    }
  }

  /// The length in words.
  var name: Phrase {
    switch self {
    case .questions(let count): Phrase("\(count) questions", "\(count) 题")
    case .minutes(let minutes): Phrase("\(minutes) min", "\(minutes) 分钟")
    }
  }
}

/// One answered question of a mock interview, with all that a report says of it.
///
/// The texts are kept too, so that an old report can be read after the lessons were edited.
package struct InterviewAnswer: Sendable, Hashable, Codable {
  /// The question.
  package var questionID: String
  /// The question in words.
  package var title: String
  /// Its chapter.
  package var chapterID: String
  /// The chapter's number and title.
  package var chapterTitle: String
  /// The level at which it is asked.
  package var level: Level
  /// What a strong answer contains.
  package var keyPoints: [String]
  /// The positions of the key points that the answer made, ascending.
  package var made: [Int]
  /// How long the learner typed or spoke, in seconds.
  package var seconds: Double
  /// What was typed; empty when the answer was spoken.
  package var text: String

  /// The key points that the answer lacked.
  var missing: [String] {
    keyPoints.indices.filter { !made.contains($0) }.map { keyPoints[$0] }
  }
}

/// A mock interview from its first question to its report, in the form in which it is stored.
package struct InterviewRun: Sendable, Hashable, Codable {
  /// An answer that is not graded yet.
  package struct Pending: Sendable, Hashable, Codable {
    /// What was typed so far.
    package var text: String
    /// How long it took so far, in seconds.
    package var seconds: Double
    /// Whether the answer was given and waits for its grade.
    package var isGiven: Bool
  }

  /// When it began, in Unix seconds; also its name among the reports.
  package var startedAt: Double
  /// When the last answer was graded; none while it goes on.
  package var finishedAt: Double?
  /// The language it was held in.
  package var language: Language
  /// The level of the position applied for.
  package var level: Level
  /// How long it goes on.
  package var length: InterviewLength
  /// The questions in the order in which they are asked.
  package var questionIDs: [String]
  /// The graded answers, oldest first.
  package var answers: [InterviewAnswer] = []
  /// The answer to the current question, once something of it was kept.
  package var pending: Pending?

  /// Draws the questions of an interview: at random by how often they are asked, those of the
  /// learner's weak answers more often.
  static func drawn(
    level: Level, length: InterviewLength, _ context: TutorContext
  ) -> InterviewRun {
    let candidates = context.chapters.flatMap { chapter in
      chapter.questions.map { question in
        InterviewCandidate(
          questionID: question.id, chapterID: chapter.id, level: question.level.rank,
          rarity: question.frequency.rarity, keyPoints: question.keyPoints.count)
      }
    }
    let seen = context.progress.selfGrades.mapValues { grade in
      SeenQuestion(questionID: "", views: 1, lastSeen: 0, wasRevealed: true, selfGrade: grade)
    }
    let plan = InterviewPlan(
      level: level.rank, count: length.mostQuestions, seed: context.now.bitPattern)
    return InterviewRun(
      startedAt: context.now, language: context.language, level: level, length: length,
      questionIDs: plan.order(candidates: candidates, seen: seen).map(\.questionID))
  }

  /// The question to be answered now; none when the interview is over.
  var currentID: String? { isOver ? nil : questionIDs[answers.count] }

  /// Whether nothing more is asked.
  var isOver: Bool {
    if answers.count >= questionIDs.count { return true }
    guard let limit = length.seconds, pending == nil else { return false }
    return seconds >= limit
  }

  /// The seconds of all graded answers.
  var seconds: Double { answers.map(\.seconds).reduce(0, +) }

  /// Adds a graded answer.
  mutating func append(_ answer: InterviewAnswer) {
    answers.append(answer)
    pending = nil
  }
}

extension Level {
  /// The levels counted from the least.
  var rank: Int {
    switch self {
    case .junior: 0
    case .mid: 1
    case .senior: 2
    }
  }
}

extension Frequency {
  /// How rarely a question is asked, from 0 for all the time.
  fileprivate var rarity: Int {
    switch self {
    case .constantly: 0
    case .often: 1
    case .rarely: 2
    }
  }
}

// MARK: - Summary

/// The answers of one chapter in an interview.
struct InterviewTopic: Sendable, Hashable {
  /// The chapter.
  var chapterID: String
  /// Its number and title.
  var title: String
  /// The answers, oldest first.
  var answers: [InterviewAnswer]

  /// The key points made.
  var made: Int { answers.map(\.made.count).reduce(0, +) }
  /// The key points there are.
  var possible: Int { answers.map(\.keyPoints.count).reduce(0, +) }
  /// The share of the key points made; 1 where there are none.
  var share: Double { possible == 0 ? 1 : Double(made) / Double(possible) }
  /// The mean seconds of an answer.
  var meanSeconds: Double {
    answers.isEmpty ? 0 : answers.map(\.seconds).reduce(0, +) / Double(answers.count)
  }
}

extension InterviewRun {
  /// The topics, weakest first; of equal ones that which was asked first.
  var topics: [InterviewTopic] {
    var order: [String] = []
    for answer in answers where !order.contains(answer.chapterID) { order.append(answer.chapterID) }
    let topics = order.map { id in
      let own = answers.filter { $0.chapterID == id }
      return InterviewTopic(chapterID: id, title: own[0].chapterTitle, answers: own)
    }
    return topics.enumerated().sorted {
      ($0.element.share, $0.offset) < ($1.element.share, $1.offset)
    }.map(\.element)
  }

  /// The key points made in all answers.
  var made: Int { answers.map(\.made.count).reduce(0, +) }

  /// The key points of all questions answered.
  var possible: Int { answers.map(\.keyPoints.count).reduce(0, +) }

  /// The share of the key points made; none before the first one could be.
  var share: Double? { possible == 0 ? nil : Double(made) / Double(possible) }
}

/// Times of an interview in words.
enum InterviewTime {
  /// Minutes and seconds, such as `1:05`; what is not a time counts as none.
  static func clock(_ seconds: Double) -> String {
    let whole = seconds.isFinite ? Int(max(0, min(seconds, 359_999))) : 0
    let rest = whole % 60
    return "\(whole / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
  }
}
