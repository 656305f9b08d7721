package import Curriculum
package import Study

/// The quiz items of the lessons as the study module sees them.
package enum QuizCandidates {
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
