/// One attempt to meet a challenge's budgets, with what was measured.
package struct ChallengeAttempt: Sendable, Hashable, Codable {
  /// The challenge.
  package var challengeID: String
  /// When, in Unix seconds.
  package var at: Double
  /// The recipe, as a line of settings.
  package var recipe: String
  /// The images classified right.
  package var correct: Int
  /// The images classified.
  package var images: Int
  /// The bytes that counted.
  package var bytes: Int
  /// The microseconds an image took, where time was measured.
  package var latency: Double?
  /// Whether every budget was met.
  package var isMet: Bool

  /// Makes an attempt.
  package init(
    challengeID: String, at: Double, recipe: String, correct: Int, images: Int, bytes: Int,
    latency: Double?, isMet: Bool
  ) {
    self.challengeID = challengeID
    self.at = at
    self.recipe = recipe
    self.correct = correct
    self.images = images
    self.bytes = bytes
    self.latency = latency
    self.isMet = isMet
  }

  /// The share of images classified right.
  package var accuracy: Double { Double(correct) / Double(images) }

  /// Says in one sentence what no measurement can have made, or nothing.
  var fault: String? {
    let isPossible =
      at.isFinite && images > 0 && (0...images).contains(correct) && bytes >= 0
      && latency.map { $0.isFinite && $0 >= 0 } ?? true
    return isPossible ? nil : "An attempt needs a finite time, images, and right ones among them."
  }
}

extension ProgressStore {
  /// Keeps an attempt.
  func recordChallengeAttempt(
    _ attempt: ChallengeAttempt
  ) throws(ProgressStoreError) {
    precondition(attempt.fault == nil, attempt.fault ?? "")
    try write { (database) throws(DatabaseError) in try database.insert(attempt) }
  }

  /// All attempts, oldest first.
  package func challengeAttempts() throws(ProgressStoreError) -> [ChallengeAttempt] {
    try read { (database) throws(DatabaseError) in try database.challengeAttempts() }
  }
}

extension SQLiteDatabase {
  /// Adds an attempt.
  func insert(_ attempt: ChallengeAttempt) throws(DatabaseError) {
    try execute(
      """
      INSERT INTO challenge_attempts
        (challenge_id, at, recipe, correct, images, bytes, latency, is_met)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(attempt.challengeID), .real(attempt.at), .text(attempt.recipe),
        .integer(attempt.correct), .integer(attempt.images), .integer(attempt.bytes),
        attempt.latency.map { .real($0) } ?? .null, .integer(attempt.isMet ? 1 : 0),
      ])
  }

  /// All attempts, oldest first.
  func challengeAttempts() throws(DatabaseError) -> [ChallengeAttempt] {
    try rows(
      """
      SELECT challenge_id, at, recipe, correct, images, bytes, latency, is_met
      FROM challenge_attempts ORDER BY at, id
      """
    ) { row in
      ChallengeAttempt(
        challengeID: row.text(0), at: row.real(1), recipe: row.text(2),
        correct: Int(row.integer(3)), images: Int(row.integer(4)), bytes: Int(row.integer(5)),
        latency: row.isNull(6) ? nil : row.real(6), isMet: row.integer(7) == 1)
    }
  }
}
