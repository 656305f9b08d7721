package import Curriculum
package import Localization
import Presentation
package import TerminalCanvas

/// A quiz item answered by a line of text instead of keys.
package struct QuizItemAnswer: Sendable {
  /// The item's state, shared with the quiz on the screen.
  var state: QuizItemState

  /// Makes an unanswered item whose choices are shuffled and whose numbers are drawn by a seed.
  package init(item: QuizItem, seed: UInt64) {
    state = QuizItemState(item: item, seed: seed, startedAt: 0)
  }

  /// Whether an answer was entered.
  package var isGraded: Bool { state.isGraded }

  /// Whether the answer was right; nil before one was entered.
  package var isRight: Bool? { state.isRight }

  /// The answer as it is kept in the log.
  package var responseText: String { state.responseText }

  /// What must be measured before an answer can be graded, if anything.
  package var measured: MeasuredQuantity? { state.measured }

  /// Takes what was measured.
  package mutating func receive(truth: Double) { _ = state.receive(truth: truth) }

  /// Enters a line as the answer; false when it is none for this kind of item.
  package mutating func enter(_ text: String) -> Bool { state.enter(text) }
}

/// Quiz items as lines of text without a cursor.
package struct QuizItemPresenter {
  private let context: TutorContext

  /// Makes a presenter.
  package init(language: Language, glyphs: GlyphSet) {
    context = TutorContext(
      preferences: Preferences(language: language), library: CourseLibrary(chapters: []),
      progress: ProgressSnapshot(), now: 0, terminalIsUnicode: glyphs == .unicode,
      terminalHasShades: false)
  }

  private func typesetter(width: Int) -> QuizItemTypesetter {
    QuizItemTypesetter(context: context, width: width, isLineByLine: true)
  }

  /// The question with its numbered choices or lines.
  package func question(_ answer: QuizItemAnswer, width: Int) -> [StyledLine] {
    var state = answer.state
    // No row is marked: a listener hears numbers only.
    state.cursor = -1
    return typesetter(width: width).rows(for: state).filter { $0.fieldIndent == nil }.map(\.line)
  }

  /// The grading with its explanations.
  package func verdict(_ answer: QuizItemAnswer, width: Int) -> [StyledLine] {
    typesetter(width: width).grading(of: answer.state).map(\.line)
  }
}
