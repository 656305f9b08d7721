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
  package var mostQuestions: Int {
    switch self {
    case .questions(let count): count
    case .minutes(let minutes): max(1, minutes / 2)
    }
  }

  /// The seconds that all answers may take together; none where questions are counted.
  package var seconds: Double? {
    switch self {
    case .questions: nil
    case .minutes(let minutes): Double(minutes) * 60
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
  /// The level at which it is asked, by the lessons' name.
  package var level: String
  /// What a strong answer contains.
  package var keyPoints: [String]
  /// The positions of the key points that the answer made, ascending.
  package var made: [Int]
  /// How long the learner typed or spoke, in seconds.
  package var seconds: Double
  /// What was typed; empty when the answer was spoken.
  package var text: String

  /// The key points that the answer lacked.
  package var missing: [String] {
    keyPoints.indices.filter { !made.contains($0) }.map { keyPoints[$0] }
  }

  /// The share of the key points made; an answer to a question without any counts as whole.
  package var share: Double {
    keyPoints.isEmpty ? 1 : Double(made.count) / Double(keyPoints.count)
  }

  /// The grade for the store: all points are `good`, at least half of them `hard`, less `again`.
  package var rating: Rating { share >= 1 ? .good : share >= 0.5 ? .hard : .again }

  /// Makes a graded answer; nothing else than the learner's own marks could grade free speech
  /// honestly.
  package init(
    questionID: String, title: String, chapterID: String, chapterTitle: String, level: String,
    keyPoints: [String], made: Set<Int>, seconds: Double, text: String
  ) {
    self.questionID = questionID
    self.title = title
    self.chapterID = chapterID
    self.chapterTitle = chapterTitle
    self.level = level
    self.keyPoints = keyPoints
    self.made = made.intersection(keyPoints.indices).sorted()
    self.seconds = seconds
    self.text = text
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
  /// The language it was held in, by its tag.
  package var language: String
  /// The level of the position applied for, by the lessons' name.
  package var level: String
  /// How long it goes on.
  package var length: InterviewLength
  /// The questions in the order in which they are asked.
  package var questionIDs: [String]
  /// The graded answers, oldest first.
  package var answers: [InterviewAnswer] = []
  /// The answer to the current question, once something of it was kept.
  package var pending: Pending?

  /// Starts an interview over questions in order.
  package init(
    startedAt: Double, language: String, level: String, length: InterviewLength,
    questionIDs: [String]
  ) {
    self.startedAt = startedAt
    self.language = language
    self.level = level
    self.length = length
    self.questionIDs = questionIDs
  }

  /// The question to be answered now; none when the interview is over.
  package var currentID: String? { isOver ? nil : questionIDs[answers.count] }

  /// Whether nothing more is asked.
  package var isOver: Bool {
    if answers.count >= questionIDs.count { return true }
    guard let limit = length.seconds, pending == nil else { return false }
    return seconds >= limit
  }

  /// The seconds of all graded answers.
  package var seconds: Double { answers.map(\.seconds).reduce(0, +) }

  /// Keeps what the current answer is so far, and whether it waits for its grade.
  package mutating func keep(_ text: String, seconds: Double, isGiven: Bool) {
    pending = Pending(text: text, seconds: seconds, isGiven: isGiven)
  }

  /// Adds a graded answer.
  package mutating func append(_ answer: InterviewAnswer) {
    answers.append(answer)
    pending = nil
  }

  /// Leaves out the current question, which the lessons no longer have.
  package mutating func skipCurrent() {
    questionIDs.remove(at: answers.count)
    pending = nil
  }

  /// The interview ended at a time, whatever was under way.
  package func finished(at time: Double) -> InterviewRun {
    var run = self
    run.finishedAt = time
    run.pending = nil
    return run
  }
}

// MARK: - Summary

/// The answers of one chapter in an interview.
package struct InterviewTopic: Sendable, Hashable {
  /// The chapter.
  package var chapterID: String
  /// Its number and title.
  package var title: String
  /// The answers, oldest first.
  package var answers: [InterviewAnswer]

  /// The key points made.
  package var made: Int { answers.map(\.made.count).reduce(0, +) }
  /// The key points there are.
  package var possible: Int { answers.map(\.keyPoints.count).reduce(0, +) }
  /// The share of the key points made; 1 where there are none.
  package var share: Double { possible == 0 ? 1 : Double(made) / Double(possible) }
  /// The mean seconds of an answer.
  package var meanSeconds: Double {
    answers.isEmpty ? 0 : answers.map(\.seconds).reduce(0, +) / Double(answers.count)
  }
}

extension InterviewRun {
  /// The topics, weakest first; of equal ones that which was asked first.
  package var topics: [InterviewTopic] {
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
  package var made: Int { answers.map(\.made.count).reduce(0, +) }

  /// The key points of all questions answered.
  package var possible: Int { answers.map(\.keyPoints.count).reduce(0, +) }

  /// The share of the key points made; none before the first one could be.
  package var share: Double? { possible == 0 ? nil : Double(made) / Double(possible) }
}
