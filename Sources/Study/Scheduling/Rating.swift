/// How well an item was remembered, on the four-step scale of FSRS.
package enum Rating: Int, Sendable, Hashable, CaseIterable, Codable {
  /// The answer was wrong.
  case again = 1
  /// The answer was right with trouble: slowly, or after a hint.
  case hard = 2
  /// The answer was right.
  case good = 3
  /// The answer was right without effort.
  case easy = 4

  /// Turns a graded answer into a rating, so that nobody has to grade oneself.
  ///
  /// A wrong answer is `again`. A right one is `good`, or `hard` if the learner needed a hint or
  /// more time than the caller allows for an easy recall.
  package init(isRight: Bool, withTrouble: Bool = false) {
    self = isRight ? (withTrouble ? .hard : .good) : .again
  }
}
