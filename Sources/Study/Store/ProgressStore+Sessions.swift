/// An answer as it stands in store and session.
package struct GradedAnswer: Sendable, Hashable {
  /// The answer in the session.
  package var result: QuizResult
  /// Where the item stands now; none if it was never answered but in a cram.
  package var card: CardRecord?
  /// Whether this answer was the lapse that makes the item a leech, or one after which the learner
  /// is to be told again.
  package var isLeechNotice: Bool
}

extension ProgressStore {
  /// What decides about sessions at a time in Unix seconds, in the learner's time zone.
  package func studyState(
    at time: Double, calendar: StudyCalendar = StudyCalendar()
  ) throws(ProgressStoreError) -> StudyState {
    let day = calendar.day(at: time)
    return try read { (database) throws(DatabaseError) in
      let settings = try database.studySettings()
      return StudyState(
        cards: try database.cards("ORDER BY item_id"),
        confidentErrors: try database.itemSet(
          """
          SELECT item_id FROM (
            SELECT item_id, was_right, confidence,
              row_number() OVER (PARTITION BY item_id ORDER BY place DESC, id DESC) AS age
            FROM standing_reviews
          ) WHERE age = 1 AND was_right = 0 AND confidence = 3
          """),
        flagged: try database.itemSet("SELECT item_id FROM flags"),
        settings: settings, scheduler: try scheduler(database), now: time, day: day,
        interviewAt: settings.interviewDate.map { calendar.day($0).start },
        newToday: try database.itemSet(
          ProgressStore.answeredToday + " AND first >= ?", today(day) + [.real(day.start)]),
        repeatedToday: try database.itemSet(
          ProgressStore.answeredToday + " AND first < ?", today(day) + [.real(day.start)]))
    }
  }

  /// Keeps an answer to a session's current item, then moves the session on.
  ///
  /// Nothing changes when the store cannot keep it.
  package func grade(
    _ session: inout QuizSession, right: Bool, rating: Rating? = nil, response: String = "",
    seconds: Double = 0, confidence: Confidence? = nil, at time: Double
  ) throws(ProgressStoreError) -> GradedAnswer {
    guard let item = session.current else {
      preconditionFailure("A finished session has nothing to grade.")
    }
    let before = try card(item: item.itemID)?.lapses ?? 0
    let (id, card) = try recordReview(
      Review(
        itemID: item.itemID, chapterID: item.chapterID, at: time, wasRight: right, rating: rating,
        response: response, seconds: seconds, confidence: confidence, session: session.rules.kind))
    let threshold = try studySettings().leechThreshold
    let lapses = card?.lapses ?? 0
    return GradedAnswer(
      result: session.grade(
        right: right, confidence: confidence, seconds: seconds, reviewID: id),
      card: card,
      isLeechNotice: lapses > before && Leeches.isNotice(lapses: lapses, threshold: threshold))
  }

  /// Takes a session's last step back, in the store first if it was a grade.
  ///
  /// Returns the step; none at the start of the session.
  @discardableResult
  package func undoLastStep(
    of session: inout QuizSession, at time: Double
  ) throws(ProgressStoreError) -> QuizStep? {
    if let id = session.steps.last?.reviewID { try undoReview(id, at: time) }
    return session.undo()
  }

  /// The leeches among the cards, those forgotten most often first.
  package func leeches() throws(ProgressStoreError) -> [CardRecord] {
    let threshold = try studySettings().leechThreshold
    return try cards().filter { $0.isLeech(threshold: threshold) }
      .sorted { ($1.lapses, $0.itemID) < ($0.lapses, $1.itemID) }
  }

  // Items answered within a day, with the time of their first answer that moved a card.
  private static let answeredToday = """
    SELECT item_id FROM (
      SELECT item_id, min(at) AS first, max(at >= ? AND at < ?) AS is_today
      FROM standing_reviews WHERE session <> 'cram' GROUP BY item_id
    ) WHERE is_today
    """

  private func today(_ day: StudyDay) -> [SQLiteValue] { [.real(day.start), .real(day.end)] }
}

extension SQLiteDatabase {
  fileprivate func itemSet(
    _ sql: String, _ values: [SQLiteValue] = []
  ) throws(DatabaseError) -> Set<String> {
    Set(try rows(sql, values) { $0.text(0) })
  }
}
