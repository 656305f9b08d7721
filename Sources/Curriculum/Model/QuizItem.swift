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

extension QuizItem {
  /// What a learner entered.
  package enum Response: Sendable, Hashable, Codable {
    /// The positions of the taken choices.
    case choices(Set<Int>)
    /// The number typed.
    case number(Double)
    /// The positions of the lines, in the order given by the learner.
    case order([Int])
    /// The line pointed at, from 1.
    case line(Int)
    /// For each left side of a pair, the position of the pair whose right side was put beside it.
    case match([Int])
    /// The words typed into the blanks, in order.
    case words([String])
    /// A number typed, with what was measured, both in the quantity's own unit.
    case estimate(Double, truth: Double)
  }

  /// Whether a response is right.
  package func isRight(_ response: Response) -> Bool {
    switch (answer, response) {
    case (.choice(let choices), .choices(let taken)), (.multiple(let choices), .choices(let taken)):
      taken == Set(choices.indices.filter { choices[$0].isRight })
    case (.numeric(let numeric), .number(let value)):
      abs(value - numeric.value) <= numeric.tolerance
    case (.order(let lines), .order(let given)):
      // Equal lines may stand for one another.
      given.count == lines.count && given.enumerated().allSatisfy { lines[$1] == lines[$0] }
    case (.spot(_, _, let line), .line(let given)):
      given == line
    case (.match(let pairs), .match(let given)):
      given.count == pairs.count && given.allSatisfy(pairs.indices.contains)
        && given.enumerated().allSatisfy { pairs[$1].right == pairs[$0].right }
    case (.cloze(let cloze), .words(let words)):
      words.count == cloze.blanks.count && zip(cloze.blanks, words).allSatisfy { $0.accepts($1) }
    case (.measured(let quantity), .estimate(let value, let truth)):
      quantity.accepts(value, truth: truth)
    default:
      false
    }
  }
}
