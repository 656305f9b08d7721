/// How a session goes on after an answer.
package struct QuizRules: Sendable, Hashable {
  /// The kind under which answers enter the log.
  package var kind: SessionKind
  /// The seconds for all items together, if they are limited.
  package var timeLimit: Double?

  /// Practice: errors come back, skipped items do not, and every answer is explained at once.
  package static func practice(_ kind: SessionKind) -> QuizRules { QuizRules(kind: kind) }

  /// An exam: nothing is told until the end, and skipped items come back while there is time.
  package static func exam(seconds: Double?) -> QuizRules {
    precondition(seconds.map { $0.isFinite && $0 > 0 } ?? true, "An exam needs time.")
    return QuizRules(kind: .exam, timeLimit: seconds)
  }

  /// Whether items answered wrong come back once at the end.
  var returnsErrors: Bool { kind != .exam }

  /// Whether skipped items come back once after the others, instead of not at all.
  package var returnsSkipped: Bool { kind == .exam }

  /// Whether the learner sees at once whether an answer was right, and why.
  package var givesFeedback: Bool { kind != .exam }

  /// The seconds left when some have passed, at least 0; none where they are not limited.
  ///
  /// The caller measures what has passed by a clock that does not go backwards.
  package func secondsLeft(elapsed: Double) -> Double? {
    timeLimit.map { max(0, $0 - max(0, elapsed)) }
  }
}
