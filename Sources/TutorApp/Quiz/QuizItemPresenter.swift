import Curriculum
package import Localization
import Presentation
import Study
package import TerminalCanvas

/// Quiz items as lines of text without a cursor.
package struct QuizItemPresenter {
  private let context: TutorContext

  /// Makes a presenter.
  package init(language: Language, glyphs: GlyphSet) {
    context = TutorContext(
      preferences: Preferences(language: language), library: CourseLibrary(chapters: []),
      progress: StudyProgress(), now: 0, terminalIsUnicode: glyphs == .unicode,
      terminalHasShades: false)
  }

  private func typesetter(width: Int) -> QuizItemTypesetter {
    QuizItemTypesetter(context: context, width: width, isLineByLine: true)
  }

  /// The question with its numbered choices or lines.
  package func question(_ state: QuizItemState, width: Int) -> [StyledLine] {
    var state = state
    // No row is marked: a listener hears numbers only.
    state.cursor = -1
    return typesetter(width: width).rows(for: state).filter { $0.fieldIndent == nil }.map(\.line)
  }

  /// The grading with its explanations.
  package func verdict(_ state: QuizItemState, width: Int) -> [StyledLine] {
    typesetter(width: width).grading(of: state).map(\.line)
  }
}
