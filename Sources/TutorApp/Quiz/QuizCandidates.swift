package import Curriculum
import Lab
package import Study

/// The quiz items of the lessons as the study module sees them.
package enum QuizCandidates {
  /// All items that the tutor can ask now.
  static func all(_ context: TutorContext) -> [QuizCandidate] {
    var canMeasure = true
    if case .failed = context.laboratory { canMeasure = false }
    return all(in: context.chapters, canMeasure: canMeasure)
  }

  /// All items of some chapters; without those to be measured where nothing can be measured.
  package static func all(in chapters: [Chapter], canMeasure: Bool = true) -> [QuizCandidate] {
    chapters.flatMap { chapter in
      chapter.quizItems.compactMap { item in
        if case .measured = item.answer, !canMeasure { return nil }
        return QuizCandidate(itemID: item.id, chapterID: chapter.id, questionID: item.questionID)
      }
    }
  }
}
