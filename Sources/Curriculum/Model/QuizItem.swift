import Localization

/// One question of the quiz that the program can grade by itself.
package struct QuizItem: Sendable, Hashable {
  /// The stable id.
  package var id: String
  /// The id of the question in the lesson that explains it.
  package var questionID: String?
  /// What is asked.
  package var prompt: [Block]
  /// How it is answered and graded.
  package var answer: QuizAnswer
  /// Why the right answer is right; shown after grading.
  package var explanation: [Block]
  /// Where it stands.
  package var location: SourceLocation
}

/// How a quiz item is answered.
package enum QuizAnswer: Sendable, Hashable {
  /// Exactly one choice is right.
  case choice([QuizChoice])
  /// Every right choice must be taken and no wrong one.
  case multiple([QuizChoice])
  /// A number, right within a tolerance.
  case numeric(NumericAnswer)
  /// Lines to be put in order; given in the right order.
  case order([[Inline]])
  /// A line of a listing that is wrong; lines count from 1.
  case spot(language: String, code: [String], line: Int)
  /// Pairs whose right sides are to be brought beside their left ones.
  case match([QuizPair])
  /// A text with blanks to be filled in.
  case cloze(ClozeText)
  /// A number that the engine measures when the item is asked.
  case measured(MeasuredQuantity)
}

/// One choice of a quiz item.
package struct QuizChoice: Sendable, Hashable {
  /// The text of the choice.
  package var text: [Inline]
  /// Whether it is right.
  package var isRight: Bool
  /// Why it is wrong or right; may be empty.
  package var explanation: [Block]
}
