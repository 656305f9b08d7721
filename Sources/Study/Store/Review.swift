/// How sure a learner was before seeing whether the answer is right.
package enum Confidence: Int, Sendable, Hashable, CaseIterable, Codable {
  /// A guess.
  case low = 1
  /// Rather sure.
  case medium = 2
  /// Certain.
  case high = 3
}

/// The kind of session an answer was given in.
///
/// A name instead of a closed list, so that a log that holds a kind this version does not know stays
/// readable.
package struct SessionKind: RawRepresentable, Sendable, Hashable {
  /// The name in the log.
  package let rawValue: String

  /// Makes a kind from its name.
  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// What is due today.
  package static let dueToday = SessionKind(rawValue: "due")
  /// One chapter.
  package static let chapter = SessionKind(rawValue: "chapter")
  /// Several chapters, mixed.
  package static let mixed = SessionKind(rawValue: "mixed")
  /// A mock interview.
  package static let interview = SessionKind(rawValue: "interview")
  /// A single item met while reading a lesson.
  package static let lesson = SessionKind(rawValue: "lesson")
  /// Practice that leaves the schedule as it is.
  package static let cram = SessionKind(rawValue: "cram")
  /// A number of items against the clock, without feedback until the end.
  package static let exam = SessionKind(rawValue: "exam")
  /// What is known worst.
  package static let weakSpots = SessionKind(rawValue: "weak")
  /// What the learner flagged.
  package static let flagged = SessionKind(rawValue: "flagged")

  /// Whether answers of such a session move cards; those of a cram are only logged.
  package var movesSchedule: Bool { self != .cram }
}

/// One graded answer.
package struct Review: Sendable, Hashable {
  /// The item that was answered.
  package var itemID: String
  /// The chapter that the item belongs to.
  package var chapterID: String
  /// When the answer was given, in Unix seconds.
  package var at: Double
  /// How well the item was remembered.
  package var rating: Rating
  /// Whether the answer was right.
  package var wasRight: Bool
  /// What the learner answered, as text.
  package var response: String
  /// The seconds the learner took.
  package var seconds: Double
  /// How sure the learner was, if asked.
  package var confidence: Confidence?
  /// The session it was given in.
  package var session: SessionKind

  /// Makes a review; unless a rating is given it follows from whether the answer is right, where a
  /// right guess counts as remembered with trouble.
  package init(
    itemID: String, chapterID: String, at: Double, wasRight: Bool, rating: Rating? = nil,
    response: String = "", seconds: Double = 0, confidence: Confidence? = nil,
    session: SessionKind
  ) {
    self.itemID = itemID
    self.chapterID = chapterID
    self.at = at
    self.rating = rating ?? Rating(isRight: wasRight, withTrouble: confidence == .low)
    self.wasRight = wasRight
    self.response = response
    self.seconds = seconds
    self.confidence = confidence
    self.session = session
  }
}

/// The number of an answer in the log; later entries have higher ones.
package struct ReviewID: RawRepresentable, Sendable, Hashable, Codable {
  /// The number.
  package var rawValue: Int64

  /// Makes an id from its number.
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A review as the log holds it.
package struct LoggedReview: Sendable, Hashable {
  /// Its number in the log.
  package var id: ReviewID
  /// The review.
  package var review: Review
}

extension Review {
  /// The row of a graded answer to an item of a session.
  package init(_ step: QuizStep, to item: QuizCandidate, in session: SessionKind) {
    self.init(
      itemID: step.itemID, chapterID: item.chapterID, at: step.at, wasRight: step.isRight,
      rating: step.rating, response: step.response?.text ?? "", seconds: step.seconds,
      confidence: step.confidence, session: session)
  }
}

/// Where one item stands after all its reviews.
package struct CardRecord: Sendable, Hashable {
  /// The item.
  package var itemID: String
  /// The chapter that the item belonged to when it was answered last.
  package var chapterID: String
  /// What the scheduler knows.
  package var card: FSRSCard
  /// The number of answers given.
  package var reviews: Int
  /// How often the item was forgotten after it had been known.
  package var lapses: Int
  /// Whether the latest answer was right.
  package var wasRight: Bool
  /// How sure the learner was at the latest answer, if asked.
  package var confidence: Confidence?

  /// Whether the learner was certain of a wrong answer; such errors are corrected best at once.
  package var isConfidentError: Bool {
    !wasRight && confidence == .high
  }
}

extension CardRecord {
  /// The item after one more review; `previous` is `nil` before the first one.
  ///
  /// The only way from reviews to records, so that the stored ones and those replayed from the log
  /// cannot differ.
  init(after previous: CardRecord?, _ review: Review, scheduler: FSRS) {
    let isLapse = previous?.card.state == .review && review.rating == .again
    self.init(
      itemID: review.itemID, chapterID: review.chapterID,
      card: scheduler.review(previous?.card, rating: review.rating, at: review.at),
      reviews: (previous?.reviews ?? 0) + 1, lapses: (previous?.lapses ?? 0) + (isLapse ? 1 : 0),
      wasRight: review.wasRight, confidence: review.confidence)
  }
}
