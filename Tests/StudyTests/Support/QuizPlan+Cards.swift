@testable import Study

extension QuizPlan {
  /// Chooses and orders items by cards alone; `dueBy` in Unix seconds is the end of the day.
  func order(
    candidates: [QuizCandidate], cards: [CardRecord], dueBy: Double
  ) -> [QuizCandidate] {
    var day = StudyCalendar().day(at: dueBy)
    day.start = min(day.start, dueBy - 1)
    day.end = dueBy.nextUp
    return order(candidates: candidates, state: StudyState(cards: cards, now: dueBy, day: day))
  }
}
