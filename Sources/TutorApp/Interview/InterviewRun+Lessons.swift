import Curriculum
import Localization
import Presentation
import Study

extension InterviewRun {
  /// Draws the questions of an interview: at random by how often they are asked, those of the
  /// learner's weak answers more often.
  static func drawn(
    level: Level, length: InterviewLength, _ context: TutorContext
  ) -> InterviewRun {
    let candidates = context.chapters.flatMap { chapter in
      chapter.questions.map { question in
        InterviewCandidate(
          questionID: question.id, chapterID: chapter.id, level: question.level.rank,
          rarity: question.frequency.rarity)
      }
    }
    let plan = InterviewPlan(
      level: level.rank, count: length.mostQuestions, seed: context.now.bitPattern)
    let questions = plan.order(candidates: candidates, grades: context.progress.selfGrades)
    return InterviewRun(
      startedAt: context.now, language: context.language.rawValue, level: level.rawValue,
      length: length, questionIDs: questions.map(\.questionID))
  }
}

extension Level {
  /// The levels counted from the least.
  var rank: Int {
    switch self {
    case .junior: 0
    case .mid: 1
    case .senior: 2
    }
  }
}

extension Frequency {
  /// How rarely a question is asked, from 0 for all the time.
  fileprivate var rarity: Int {
    switch self {
    case .constantly: 0
    case .often: 1
    case .rarely: 2
    }
  }
}
