/// What a learner did with one question of a lesson.
package struct SeenQuestion: Sendable, Hashable {
  /// The question.
  package var questionID: String
  /// How often it was looked at.
  package var views: Int
  /// When it was looked at last, in Unix seconds.
  package var lastSeen: Double
  /// Whether its answer was ever revealed.
  package var wasRevealed: Bool
  /// The latest grade that the learner gave to the own answer, if any.
  package var selfGrade: Rating?

  /// Makes a record.
  package init(
    questionID: String, views: Int, lastSeen: Double, wasRevealed: Bool, selfGrade: Rating?
  ) {
    self.questionID = questionID
    self.views = views
    self.lastSeen = lastSeen
    self.wasRevealed = wasRevealed
    self.selfGrade = selfGrade
  }
}

/// A guess made before an experiment ran.
package struct Prediction: Sendable, Hashable {
  /// The experiment.
  package var experimentID: String
  /// What the learner expected.
  package var guess: Double
  /// What was measured, in the same unit.
  package var truth: Double
  /// When, in Unix seconds.
  package var at: Double

  /// Makes a prediction.
  package init(experimentID: String, guess: Double, truth: Double, at: Double) {
    self.experimentID = experimentID
    self.guess = guess
    self.truth = truth
    self.at = at
  }

  /// The distance between guess and truth.
  package var error: Double { abs(guess - truth) }
}

// MARK: - Questions

extension ProgressStore {
  /// Notes that a question was read, and whether its answer was revealed.
  package func recordQuestionSeen(
    _ questionID: String, wasRevealed: Bool, selfGrade: Rating? = nil, at time: Double
  ) throws(ProgressStoreError) {
    precondition(time.isFinite, "A look at a question needs a finite time.")
    try write { (database) throws(DatabaseError) in
      try database.execute(
        """
        INSERT INTO questions_seen (question_id, at, was_revealed, self_grade) VALUES (?, ?, ?, ?)
        """,
        [
          .text(questionID), .real(time), .integer(wasRevealed ? 1 : 0),
          .integer(selfGrade?.rawValue),
        ])
    }
  }

  /// All questions that were read, by id.
  package func questionsSeen() throws(ProgressStoreError) -> [String: SeenQuestion] {
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows(
        """
        SELECT question_id, count(*), max(at), max(was_revealed),
          (SELECT self_grade FROM questions_seen AS graded
            WHERE graded.question_id = seen.question_id AND self_grade IS NOT NULL
            ORDER BY id DESC LIMIT 1)
        FROM questions_seen AS seen GROUP BY question_id
        """
      ) { row in
        SeenQuestion(
          questionID: row.text(0), views: Int(row.integer(1)), lastSeen: row.real(2),
          wasRevealed: row.integer(3) == 1,
          selfGrade: row.optionalInteger(4).flatMap(Rating.init))
      }
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.questionID, $0) })
  }
}

// MARK: - Predictions

extension ProgressStore {
  /// Notes a guess and what was measured then.
  package func recordPrediction(_ prediction: Prediction) throws(ProgressStoreError) {
    precondition(
      prediction.guess.isFinite && prediction.truth.isFinite && prediction.at.isFinite,
      "A prediction needs finite numbers.")
    try write { (database) throws(DatabaseError) in
      try database.execute(
        "INSERT INTO predictions (experiment_id, guess, truth, at) VALUES (?, ?, ?, ?)",
        [
          .text(prediction.experimentID), .real(prediction.guess), .real(prediction.truth),
          .real(prediction.at),
        ])
    }
  }

  /// All guesses, oldest first; those of one experiment if one is given.
  package func predictions(
    experiment: String? = nil
  ) throws(ProgressStoreError) -> [Prediction] {
    let all = try read { (database) throws(DatabaseError) in
      try database.rows(
        "SELECT experiment_id, guess, truth, at FROM predictions ORDER BY id"
      ) { row in
        Prediction(
          experimentID: row.text(0), guess: row.real(1), truth: row.real(2), at: row.real(3))
      }
    }
    return all.filter { experiment == nil || $0.experimentID == experiment }
  }
}

// MARK: - Settings and places

extension ProgressStore {
  /// The setting that holds the desired retention.
  static let retentionKey = "study.desired-retention"

  private static let positionKey = "position"

  /// The retentions a learner may choose: below, too much is forgotten; above, every day is full.
  package static let retentionRange = 0.7...0.97

  /// The value of a setting, if it was set.
  package func setting(_ key: String) throws(ProgressStoreError) -> String? {
    try value(of: key, table: .settings)
  }

  /// Sets a setting, or removes it.
  package func setSetting(_ key: String, to value: String?) throws(ProgressStoreError) {
    precondition(
      key != ProgressStore.retentionKey,
      "The desired retention has a setter of its own, which moves the due dates.")
    try setValue(value, of: key, table: .settings)
  }

  /// A place that the caller named, as the caller's own text.
  package func bookmark(_ key: String) throws(ProgressStoreError) -> String? {
    try value(of: key, table: .bookmarks)
  }

  /// Sets a bookmark, or removes it.
  package func setBookmark(_ key: String, to value: String?) throws(ProgressStoreError) {
    try setValue(value, of: key, table: .bookmarks)
  }

  /// All bookmarks but the last position.
  package func bookmarks() throws(ProgressStoreError) -> [String: String] {
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows(
        "SELECT key, value FROM bookmarks WHERE key <> ?", [.text(ProgressStore.positionKey)]
      ) { ($0.text(0), $0.text(1)) }
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Where the learner left, as the caller's own JSON text.
  package func position() throws(ProgressStoreError) -> String? {
    try bookmark(ProgressStore.positionKey)
  }

  /// Keeps where the learner is.
  package func setPosition(_ json: String?) throws(ProgressStoreError) {
    try setBookmark(ProgressStore.positionKey, to: json)
  }

  /// The share of items the learner wants to recall when they are due.
  package func desiredRetention() throws(ProgressStoreError) -> Double {
    try currentScheduler().desiredRetention
  }

  /// The scheduler that moves the cards.
  package func currentScheduler() throws(ProgressStoreError) -> FSRS {
    try read { (database) throws(DatabaseError) in try scheduler(database) }
  }

  /// Sets the desired retention, within `retentionRange`, and moves all due dates to it.
  package func setDesiredRetention(_ retention: Double) throws(ProgressStoreError) {
    precondition(
      ProgressStore.retentionRange.contains(retention),
      "The desired retention must be within 0.7 and 0.97.")
    try write { (database) throws(DatabaseError) in
      try database.setValue(
        String(retention), of: ProgressStore.retentionKey, table: .settings)
      try rebuildCards(database, scheduler: try scheduler(database))
    }
  }

  private func value(of key: String, table: TextTable) throws(ProgressStoreError) -> String? {
    try read { (database) throws(DatabaseError) in
      try database.firstRow(
        "SELECT value FROM \(table.rawValue) WHERE key = ?", [.text(key)]
      ) { $0.text(0) }
    }
  }

  private func setValue(
    _ value: String?, of key: String, table: TextTable
  ) throws(ProgressStoreError) {
    try write { (database) throws(DatabaseError) in
      try database.setValue(value, of: key, table: table)
    }
  }
}

/// The tables that map a key to a text.
private enum TextTable: String {
  case settings
  case bookmarks
}

extension SQLiteDatabase {
  fileprivate func setValue(
    _ value: String?, of key: String, table: TextTable
  ) throws(DatabaseError) {
    if let value {
      try execute(
        "INSERT OR REPLACE INTO \(table.rawValue) (key, value) VALUES (?, ?)",
        [.text(key), .text(value)])
    } else {
      try execute("DELETE FROM \(table.rawValue) WHERE key = ?", [.text(key)])
    }
  }
}
