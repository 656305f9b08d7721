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
}

/// A guess made before an experiment ran.
package struct Prediction: Sendable, Hashable, Codable {
  /// The experiment.
  package var experimentID: String
  /// What the learner expected.
  package var guess: Double
  /// What was measured, in the same unit.
  package var truth: Double
  /// When, in Unix seconds.
  package var at: Double
  /// The recipe that was guessed about, as a line of settings, if it was kept.
  package var recipe: String?

  /// The names in an archive.
  private enum CodingKeys: String, CodingKey {
    case experimentID = "experiment"
    case guess, truth, at, recipe
  }

  /// Makes a prediction.
  package init(
    experimentID: String, guess: Double, truth: Double, at: Double, recipe: String? = nil
  ) {
    self.experimentID = experimentID
    self.guess = guess
    self.truth = truth
    self.at = at
    self.recipe = recipe
  }

  /// The distance between guess and truth.
  package var error: Double { abs(guess - truth) }
}

// MARK: - Questions

extension ProgressStore {
  /// Notes that a question was read, and whether its answer was revealed.
  func recordQuestionSeen(
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

  /// The questions that were read, by id; all, or the one that is given.
  package func questionsSeen(
    question: String? = nil
  ) throws(ProgressStoreError) -> [String: SeenQuestion] {
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows(
        """
        SELECT question_id, count(*), max(at), max(was_revealed),
          (SELECT self_grade FROM questions_seen AS graded
            WHERE graded.question_id = seen.question_id AND self_grade IS NOT NULL
            ORDER BY at DESC, id DESC LIMIT 1)
        FROM questions_seen AS seen \(question == nil ? "" : "WHERE question_id = ?")
        GROUP BY question_id
        """, question.map { [SQLiteValue.text($0)] } ?? []
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
  func recordPrediction(_ prediction: Prediction) throws(ProgressStoreError) {
    precondition(
      prediction.guess.isFinite && prediction.truth.isFinite && prediction.at.isFinite,
      "A prediction needs finite numbers.")
    try write { (database) throws(DatabaseError) in try database.insert(prediction) }
  }

  /// All guesses, oldest first.
  package func predictions() throws(ProgressStoreError) -> [Prediction] {
    try read { (database) throws(DatabaseError) in try database.predictions() }
  }
}

extension SQLiteDatabase {
  /// Adds a guess.
  func insert(_ prediction: Prediction) throws(DatabaseError) {
    try execute(
      "INSERT INTO predictions (experiment_id, guess, truth, at, recipe) VALUES (?, ?, ?, ?, ?)",
      [
        .text(prediction.experimentID), .real(prediction.guess), .real(prediction.truth),
        .real(prediction.at), prediction.recipe.map { .text($0) } ?? .null,
      ])
  }

  /// All guesses, oldest first.
  func predictions() throws(DatabaseError) -> [Prediction] {
    try rows("SELECT experiment_id, guess, truth, at, recipe FROM predictions ORDER BY at, id") {
      Prediction(
        experimentID: $0.text(0), guess: $0.real(1), truth: $0.real(2), at: $0.real(3),
        recipe: $0.isNull(4) ? nil : $0.text(4))
    }
  }
}
