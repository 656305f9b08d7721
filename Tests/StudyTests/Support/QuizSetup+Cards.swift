@testable import Study

extension QuizSetup {
  /// A setup without the kind's usual limit.
  init(_ kind: Kind, chapterID: String? = nil, limit: Int?) {
    self.init(kind, chapterID: chapterID)
    count = limit
  }

  /// Chooses and orders items by cards alone; `dueBy` in Unix seconds is the end of the day.
  func order(
    candidates: [QuizCandidate], cards: [CardRecord], dueBy: Double, seed: UInt64
  ) -> [QuizCandidate] {
    var day = StudyCalendar().day(at: dueBy)
    day.start = min(day.start, dueBy - 1)
    day.end = dueBy.nextUp
    return order(
      candidates: candidates, state: StudyState(cards: cards, now: dueBy, day: day), seed: seed)
  }
}
