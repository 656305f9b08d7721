extension ProgressStore {
  /// Adds an answer to the log and moves its item's card, both or neither.
  ///
  /// Returns the number of the log entry, which `undoReview` takes, and where the item stands now.
  /// An answer of a session that leaves the schedule alone moves no card: the item stands where it
  /// stood, which is nowhere if it was never answered otherwise. An answer that is replaced is taken
  /// back after the new one is in the log, so that the log never lacks both.
  @discardableResult
  func recordReview(
    _ review: Review, replacing replaced: ReviewID? = nil
  ) throws(ProgressStoreError) -> (id: ReviewID, card: CardRecord?) {
    precondition(review.at.isFinite, "A review needs a finite time.")
    precondition(
      review.seconds.isFinite && review.seconds >= 0,
      "The seconds taken must be a finite number of at least 0.")
    return try write { (database) throws(DatabaseError) in
      try database.execute(
        """
        INSERT INTO reviews
          (item_id, chapter_id, at, rating, was_right, response, seconds, confidence, session)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .text(review.itemID), .text(review.chapterID), .real(review.at),
          .integer(review.rating.rawValue), .integer(review.wasRight ? 1 : 0),
          .text(review.response), .real(review.seconds), .integer(review.confidence?.rawValue),
          .text(review.session.rawValue),
        ])
      let id = ReviewID(rawValue: database.lastInsertedRow)
      var card = try database.card(item: review.itemID)
      if review.session.movesSchedule {
        let moved = CardRecord(after: card, review, scheduler: try scheduler(database))
        try database.store(moved)
        card = moved
      }
      if let replaced { card = try undo(replaced, at: review.at, in: database) }
      return (id, card)
    }
  }

  /// Takes an answer back by adding an entry that voids it; the log keeps both.
  ///
  /// Returns where the item stands without the answer, or `nil` for an item that then was never
  /// answered. An answer that was taken back already, or never given, changes nothing.
  @discardableResult
  func undoReview(
    _ id: ReviewID, at time: Double
  ) throws(ProgressStoreError) -> CardRecord? {
    precondition(time.isFinite, "An undo needs a finite time.")
    return try write { (database) throws(DatabaseError) in
      try undo(id, at: time, in: database)
    }
  }

  /// Voids an answer that stands, and replays its item.
  private func undo(
    _ id: ReviewID, at time: Double, in database: SQLiteDatabase
  ) throws(DatabaseError) -> CardRecord? {
    let id = SQLiteValue.integer(id.rawValue)
    try database.execute(
      """
      INSERT INTO reviews (item_id, chapter_id, at, session, voids)
      SELECT item_id, chapter_id, ?, session, id FROM standing_reviews WHERE id = ?
      """, [.real(time), id])
    let wasStanding = database.changedRows == 1
    let item = try database.firstRow("SELECT item_id FROM reviews WHERE id = ?", [id]) {
      $0.text(0)
    }
    guard let item else { return nil }
    guard wasStanding else { return try database.card(item: item) }
    let reviews = try database.standingReviews(where: "item_id = ?", [.text(item)])
    let records = ProgressStore.replay(reviews, scheduler: try scheduler(database))
    try database.execute("DELETE FROM cards WHERE item_id = ?", [.text(item)])
    guard let record = records[item] else { return nil }
    try database.store(record)
    return record
  }

  /// The answers that were not taken back, oldest first.
  package func reviews() throws(ProgressStoreError) -> [LoggedReview] {
    try read { (database) throws(DatabaseError) in try database.standingReviews() }
  }

  /// The number of entries of the log, answers and undos.
  package func logLength() throws(ProgressStoreError) -> Int {
    try read { (database) throws(DatabaseError) in
      try database.firstRow("SELECT count(*) FROM reviews") { Int($0.integer(0)) } ?? 0
    }
  }
}

// MARK: - Cards

extension ProgressStore {
  /// Where an item stands, or `nil` if it was never answered.
  package func card(item: String) throws(ProgressStoreError) -> CardRecord? {
    try read { (database) throws(DatabaseError) in try database.card(item: item) }
  }

  /// All cards, by item id.
  package func cards() throws(ProgressStoreError) -> [CardRecord] {
    try read { (database) throws(DatabaseError) in try database.cards("ORDER BY item_id") }
  }

  /// The leeches among the cards, those forgotten most often first.
  func leeches() throws(ProgressStoreError) -> [CardRecord] {
    let threshold = try studySettings().leechThreshold
    return try cards().filter { $0.isLeech(threshold: threshold) }
      .sorted { ($1.lapses, $0.itemID) < ($0.lapses, $1.itemID) }
  }

  /// Computes all cards anew from the log.
  package func rebuildCards() throws(ProgressStoreError) {
    try write { (database) throws(DatabaseError) in
      try rebuildCards(database, scheduler: try scheduler(database))
    }
  }

  /// Computes the cards if they were made by another scheduler or not yet.
  func deriveCardsIfStale() throws(ProgressStoreError) {
    let isStale = try read { (database) throws(DatabaseError) in
      try database.derivation() != ProgressStore.fingerprint(try scheduler(database))
    }
    if isStale { try rebuildCards() }
  }

  /// Replaces all cards by those that a scheduler makes of the log.
  func rebuildCards(
    _ database: SQLiteDatabase, scheduler: FSRS
  ) throws(DatabaseError) {
    let records = ProgressStore.replay(try database.standingReviews(), scheduler: scheduler)
    try database.execute("DELETE FROM cards")
    for record in records.values { try database.store(record) }
    try database.execute(
      "INSERT OR REPLACE INTO derivation (key, value) VALUES ('scheduler', ?)",
      [.text(ProgressStore.fingerprint(scheduler))])
  }

  /// Replays reviews in the order of the log, which is the order the cards were moved in.
  private static func replay(
    _ reviews: [LoggedReview], scheduler: FSRS
  ) -> [String: CardRecord] {
    var records: [String: CardRecord] = [:]
    for entry in reviews where entry.review.session.movesSchedule {
      records[entry.review.itemID] = CardRecord(
        after: records[entry.review.itemID], entry.review, scheduler: scheduler)
    }
    return records
  }

  /// Names everything that due dates depend on.
  private static func fingerprint(_ scheduler: FSRS) -> String {
    """
    FSRS-6 \(scheduler.weights) \(scheduler.desiredRetention) \(scheduler.learningSteps) \
    \(scheduler.relearningSteps) \(scheduler.maximumInterval) \
    \(scheduler.fuzzSeed.map { String($0) } ?? "exact")
    """
  }
}

// MARK: - Rows

extension SQLiteDatabase {
  /// The scheduler that the stored cards come from.
  fileprivate func derivation() throws(DatabaseError) -> String? {
    try firstRow("SELECT value FROM derivation WHERE key = 'scheduler'") { $0.text(0) }
  }

  /// The answers that were not taken back and meet a condition, in the order of the log.
  func standingReviews(
    where condition: String = "TRUE", _ values: [SQLiteValue] = []
  ) throws(DatabaseError) -> [LoggedReview] {
    try rows(
      """
      SELECT id, item_id, chapter_id, at, rating, was_right, response, seconds, confidence, session
      FROM standing_reviews WHERE \(condition) ORDER BY place, id
      """, values
    ) { row in
      let review = Review(
        itemID: row.text(1), chapterID: row.text(2), at: row.real(3), wasRight: row.integer(5) == 1,
        rating: Rating(rawValue: Int(row.integer(4))), response: row.text(6), seconds: row.real(7),
        confidence: row.optionalInteger(8).flatMap(Confidence.init),
        session: SessionKind(rawValue: row.text(9)))
      return LoggedReview(id: ReviewID(rawValue: row.integer(0)), review: review)
    }
  }

  fileprivate func card(item: String) throws(DatabaseError) -> CardRecord? {
    try cards("WHERE item_id = ?", [.text(item)]).first
  }

  /// Cards by the clauses behind FROM.
  func cards(
    _ clauses: String, _ values: [SQLiteValue] = []
  ) throws(DatabaseError) -> [CardRecord] {
    try rows(
      """
      SELECT item_id, chapter_id, state, step, stability, difficulty, due, last_review, reviews,
        lapses, was_right, confidence
      FROM cards \(clauses)
      """, values
    ) { row in
      let card = FSRSCard(
        state: FSRSCard.State(rawValue: Int(row.integer(2))) ?? .learning,
        step: row.optionalInteger(3), stability: row.real(4), difficulty: row.real(5),
        due: row.real(6), lastReview: row.real(7))
      return CardRecord(
        itemID: row.text(0), chapterID: row.text(1), card: card, reviews: Int(row.integer(8)),
        lapses: Int(row.integer(9)), wasRight: row.integer(10) == 1,
        confidence: row.optionalInteger(11).flatMap(Confidence.init))
    }
  }

  fileprivate func store(_ record: CardRecord) throws(DatabaseError) {
    let card = record.card
    try execute(
      """
      INSERT OR REPLACE INTO cards
        (item_id, chapter_id, state, step, stability, difficulty, due, last_review, reviews, lapses,
          was_right, confidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(record.itemID), .text(record.chapterID), .integer(card.state.rawValue),
        .integer(card.step), .real(card.stability), .real(card.difficulty), .real(card.due),
        .real(card.lastReview), .integer(record.reviews), .integer(record.lapses),
        .integer(record.wasRight ? 1 : 0), .integer(record.confidence?.rawValue),
      ])
  }
}
