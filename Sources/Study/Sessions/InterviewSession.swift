/// One answered question of a mock interview.
package struct InterviewResult: Sendable, Hashable {
  /// The question.
  package var question: InterviewCandidate
  /// The positions of the key points that the answer made.
  package var pointsMade: Set<Int>
  /// The seconds the learner spoke or typed.
  package var seconds: Double

  /// The share of the key points made; a question without any counts as answered whole.
  package var share: Double {
    question.keyPoints == 0 ? 1 : Double(pointsMade.count) / Double(question.keyPoints)
  }

  /// The grade for the store: all points are `good`, at least half of them `hard`, less `again`.
  package var rating: Rating {
    share >= 1 ? .good : share >= 0.5 ? .hard : .again
  }
}

/// How a mock interview went.
package struct InterviewSummary: Sendable, Hashable {
  /// The number of questions answered.
  package var answered: Int
  /// The key points made.
  package var pointsMade: Int
  /// The key points that strong answers to the same questions make.
  package var pointsPossible: Int
  /// The seconds of all answers.
  package var seconds: Double
  /// The chapters with missing points, those with the smallest share of made points first.
  package var chaptersToRead: [String]

  /// Makes a summary.
  package init(
    answered: Int, pointsMade: Int, pointsPossible: Int, seconds: Double, chaptersToRead: [String]
  ) {
    self.answered = answered
    self.pointsMade = pointsMade
    self.pointsPossible = pointsPossible
    self.seconds = seconds
    self.chaptersToRead = chaptersToRead
  }
}

/// A mock interview in progress, as a pure value.
///
/// The learner answers in own words and then marks which key points the answer made; nothing else
/// could grade free speech honestly.
package struct InterviewSession: Sendable, Hashable {
  /// The questions in order.
  package let questions: [InterviewCandidate]
  /// All answers, oldest first.
  package private(set) var results: [InterviewResult] = []

  /// Starts an interview over questions in order.
  package init(questions: [InterviewCandidate]) {
    self.questions = questions
  }

  /// The question to be answered now; none when the interview is over.
  package var current: InterviewCandidate? {
    results.count < questions.count ? questions[results.count] : nil
  }

  /// Grades the current question and moves on.
  @discardableResult
  package mutating func grade(pointsMade: Set<Int>, seconds: Double) -> InterviewResult {
    guard let question = current else {
      preconditionFailure("A finished interview has nothing to grade.")
    }
    precondition(
      pointsMade.allSatisfy { (0..<question.keyPoints).contains($0) },
      "Only key points that the question has can be made.")
    let result = InterviewResult(question: question, pointsMade: pointsMade, seconds: seconds)
    results.append(result)
    return result
  }

  /// Takes the last grade back and returns it; its question is the current one again.
  @discardableResult
  package mutating func undo() -> InterviewResult? {
    results.popLast()
  }

  /// How the interview went so far.
  package var summary: InterviewSummary {
    var made: [String: (made: Int, possible: Int)] = [:]
    for result in results {
      made[result.question.chapterID, default: (0, 0)].made += result.pointsMade.count
      made[result.question.chapterID, default: (0, 0)].possible += result.question.keyPoints
    }
    let missing = made.filter { $0.value.made < $0.value.possible }
      .map { (share: Double($0.value.made) / Double($0.value.possible), chapter: $0.key) }
    return InterviewSummary(
      answered: results.count, pointsMade: made.values.map(\.made).reduce(0, +),
      pointsPossible: made.values.map(\.possible).reduce(0, +),
      seconds: results.map(\.seconds).reduce(0, +),
      chaptersToRead: missing.sorted { ($0.share, $0.chapter) < ($1.share, $1.chapter) }
        .map(\.chapter))
  }
}
