/// Counts of answers.
package struct AnswerTotals: Sendable, Hashable {
  /// The answers given.
  package var answers = 0
  /// The right ones.
  package var right = 0
  /// The seconds they took.
  package var seconds = 0.0

  /// The share of right answers; none without an answer.
  package var share: Double? { answers == 0 ? nil : Double(right) / Double(answers) }
}

/// How well a learner foresees what experiments show.
package struct PredictionAccuracy: Sendable, Hashable {
  /// The number of guesses.
  package var guesses: Int
  /// The mean distance between guess and truth, in their unit.
  package var averageError: Double

  /// Computes the accuracy of guesses, oldest first; none without a guess.
  package init?(_ predictions: [Prediction]) {
    if predictions.isEmpty { return nil }
    guesses = predictions.count
    averageError = predictions.map(\.error).reduce(0, +) / Double(predictions.count)
  }
}

extension ProgressStore {
  /// The answers since a time, or all; answers that were taken back do not count.
  package func answerTotals(
    since start: Double? = nil
  ) throws(ProgressStoreError) -> AnswerTotals {
    try totals(
      """
      SELECT count(*), coalesce(sum(was_right), 0), coalesce(sum(seconds), 0.0)
      FROM standing_reviews WHERE at >= ?
      """, since: start)
  }

  /// The answers that tested memory: those at least a day after the previous answer to their item,
  /// of sessions that move the schedule.
  ///
  /// Their share of right answers is the true retention, to be compared with the desired one.
  package func retention(since start: Double? = nil) throws(ProgressStoreError) -> AnswerTotals {
    try totals(
      """
      SELECT count(*), coalesce(sum(was_right), 0), coalesce(sum(seconds), 0.0)
      FROM (
        SELECT was_right, seconds, at, session,
          at - lag(at) OVER (PARTITION BY item_id ORDER BY place, id) AS gap
        FROM standing_reviews
      ) WHERE session <> 'cram' AND gap >= 86400 AND at >= ?
      """, since: start)
  }

  /// The answers at each level of confidence; levels that were never chosen are missing.
  ///
  /// A learner who judges well is right more often the surer they are.
  package func calibration() throws(ProgressStoreError) -> [Confidence: AnswerTotals] {
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows(
        """
        SELECT count(*), sum(was_right), sum(seconds), confidence FROM standing_reviews
        WHERE confidence IS NOT NULL GROUP BY confidence
        """
      ) { (Confidence(rawValue: Int($0.integer(3))), AnswerTotals($0)) }
    }
    var levels: [Confidence: AnswerTotals] = [:]
    for case (let level?, let totals) in rows { levels[level] = totals }
    return levels
  }

  /// The answers of each day, for days given by their start, in order.
  ///
  /// The last day has no end. Days are the caller's, who knows the time zone.
  package func answersPerDay(
    startingAt starts: [Double]
  ) throws(ProgressStoreError) -> [AnswerTotals] {
    precondition(zip(starts, starts.dropFirst()).allSatisfy(<), "Days must be in order.")
    guard let first = starts.first else { return [] }
    // The answers come in the order of time, so that the day only moves on.
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows(
        "SELECT at, was_right, seconds FROM standing_reviews WHERE at >= ? ORDER BY at",
        [.real(first)]
      ) { ($0.real(0), Int($0.integer(1)), $0.real(2)) }
    }
    var days = starts.map { _ in AnswerTotals() }
    var day = 0
    for (time, right, seconds) in rows {
      while day + 1 < starts.count, starts[day + 1] <= time { day += 1 }
      days[day].answers += 1
      days[day].right += right
      days[day].seconds += seconds
    }
    return days
  }

  private func totals(
    _ sql: String, since start: Double?
  ) throws(ProgressStoreError) -> AnswerTotals {
    try read { (database) throws(DatabaseError) in
      // No time is earlier than this.
      let earliest = start ?? -Double.greatestFiniteMagnitude
      return try database.firstRow(sql, [.real(earliest)]) { AnswerTotals($0) } ?? AnswerTotals()
    }
  }
}

extension AnswerTotals {
  /// Reads count, right ones and seconds from the first three columns.
  fileprivate init(_ row: SQLiteRow) {
    self.init(answers: Int(row.integer(0)), right: Int(row.integer(1)), seconds: row.real(2))
  }
}
