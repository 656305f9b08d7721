/// One step from a version of the store's schema to the next.
package struct Migration: Sendable {
  /// The version that the step leads to; versions count from 1 without gaps.
  package let version: Int
  /// The statements that lead there.
  package let script: String
}

extension Migration {
  /// Marks a file as a progress store of this program ("NIBL").
  static let applicationID: Int64 = 0x4E49_424C

  /// All steps, oldest first.
  package static let all = [records, cardStates, flagsAndPlaces, attempts, reports]

  /// Version 1: what the learner did, which nothing else could restore.
  ///
  /// The review log only grows: an answer that is taken back stays and is voided by a later row.
  private static let records = Migration(
    version: 1,
    script: """
      CREATE TABLE reviews (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id TEXT NOT NULL,
        chapter_id TEXT NOT NULL,
        at REAL NOT NULL,
        rating INTEGER CHECK (rating BETWEEN 1 AND 4),
        was_right INTEGER CHECK (was_right IN (0, 1)),
        response TEXT,
        seconds REAL CHECK (seconds >= 0),
        confidence INTEGER CHECK (confidence BETWEEN 1 AND 3),
        session TEXT NOT NULL,
        voids INTEGER UNIQUE REFERENCES reviews (id),
        CHECK ((voids IS NULL) = (rating IS NOT NULL)),
        CHECK ((rating IS NULL) = (was_right IS NULL)),
        CHECK ((rating IS NULL) = (response IS NULL)),
        CHECK ((rating IS NULL) = (seconds IS NULL))
      ) STRICT;
      CREATE INDEX reviews_by_item ON reviews (item_id, id);
      CREATE TRIGGER reviews_keep_rows BEFORE DELETE ON reviews
        BEGIN SELECT RAISE(ABORT, 'the review log only grows'); END;
      CREATE TRIGGER reviews_keep_values BEFORE UPDATE ON reviews
        BEGIN SELECT RAISE(ABORT, 'the review log only grows'); END;
      CREATE VIEW standing_reviews AS
        SELECT * FROM reviews AS review
        WHERE voids IS NULL
          AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.voids = review.id);

      CREATE TABLE questions_seen (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        question_id TEXT NOT NULL,
        at REAL NOT NULL,
        was_revealed INTEGER NOT NULL CHECK (was_revealed IN (0, 1)),
        self_grade INTEGER CHECK (self_grade BETWEEN 1 AND 4)
      ) STRICT;
      CREATE INDEX questions_seen_by_question ON questions_seen (question_id, id);

      CREATE TABLE predictions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        experiment_id TEXT NOT NULL,
        guess REAL NOT NULL,
        truth REAL NOT NULL,
        at REAL NOT NULL
      ) STRICT;

      CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE bookmarks (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      """)

  /// Version 2: where every item stands, derived from the log so that no query has to replay it.
  private static let cardStates = Migration(
    version: 2,
    script: """
      CREATE TABLE cards (
        item_id TEXT PRIMARY KEY,
        chapter_id TEXT NOT NULL,
        state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
        step INTEGER CHECK (step >= 0),
        stability REAL NOT NULL CHECK (stability > 0),
        difficulty REAL NOT NULL CHECK (difficulty BETWEEN 1 AND 10),
        due REAL NOT NULL,
        last_review REAL NOT NULL,
        reviews INTEGER NOT NULL CHECK (reviews >= 1),
        lapses INTEGER NOT NULL CHECK (lapses >= 0),
        was_right INTEGER NOT NULL CHECK (was_right IN (0, 1)),
        confidence INTEGER CHECK (confidence BETWEEN 1 AND 3)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX cards_by_due ON cards (due);
      CREATE INDEX cards_by_chapter ON cards (chapter_id);
      CREATE TABLE derivation (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      """)
}

extension Migration {
  /// Version 3: flags, what a guess was about, and where an imported answer belongs in the log.
  ///
  /// Entries are replayed in the order of `place`, or of their number where it is missing; entries
  /// that an import puts between older ones have a place between their neighbours' numbers.
  private static let flagsAndPlaces = Migration(
    version: 3,
    script: """
      CREATE TABLE flags (item_id TEXT PRIMARY KEY, at REAL NOT NULL) STRICT, WITHOUT ROWID;
      ALTER TABLE predictions ADD COLUMN recipe TEXT;
      ALTER TABLE reviews ADD COLUMN place REAL;
      DROP VIEW standing_reviews;
      CREATE VIEW standing_reviews AS
        SELECT id, item_id, chapter_id, at, rating, was_right, response, seconds, confidence,
          session, coalesce(place, id) AS place
        FROM reviews AS review
        WHERE voids IS NULL
          AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.voids = review.id);
      """)

  /// Version 4: attempts at challenges.
  private static let attempts = Migration(
    version: 4,
    script: """
      CREATE TABLE challenge_attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        challenge_id TEXT NOT NULL,
        at REAL NOT NULL,
        recipe TEXT NOT NULL,
        correct INTEGER NOT NULL CHECK (correct >= 0),
        images INTEGER NOT NULL CHECK (images >= correct AND images > 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        latency REAL CHECK (latency >= 0),
        is_met INTEGER NOT NULL CHECK (is_met IN (0, 1))
      ) STRICT;
      CREATE INDEX challenge_attempts_by_challenge ON challenge_attempts (challenge_id, id);
      """)

  /// Version 5: reports of mock interviews.
  private static let reports = Migration(
    version: 5,
    script: """
      CREATE TABLE interview_reports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        level TEXT NOT NULL,
        results TEXT NOT NULL,
        markdown TEXT NOT NULL
      ) STRICT;
      """)
}

/// Brings a database file to the newest version of the schema.
struct Migrator {
  /// The steps, oldest first.
  var migrations: [Migration]

  /// Makes a migrator.
  init(_ migrations: [Migration]) {
    precondition(
      migrations.map(\.version) == Array(1..<migrations.count + 1),
      "Migrations must be numbered from 1 without gaps.")
    self.migrations = migrations
  }

  /// The newest version.
  var newestVersion: Int { migrations.count }

  /// Runs the steps that a database lacks, each in one transaction.
  ///
  /// A database of version 1 or newer is copied first: `backUp` gets its version. Another tutor may
  /// do the same at the same time, so every step looks at the version again once it has the lock.
  func migrate(
    _ database: SQLiteDatabase, backUp: (Int) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    let found = try Migrator.version(of: database)
    guard found < newestVersion else { return }
    if found > 0 { try backUp(found) }
    for migration in migrations where migration.version > found {
      try database.transaction { () throws(DatabaseError) in
        guard try Migrator.version(of: database) < migration.version else { return }
        try database.executeScript(migration.script)
        // Pragmas take no arguments; both values are numbers of this program.
        try database.executeScript(
          """
          PRAGMA application_id = \(Migration.applicationID);
          PRAGMA user_version = \(migration.version);
          """)
      }
    }
  }

  /// The version that a database has; 0 is an empty one.
  static func version(of database: SQLiteDatabase) throws(DatabaseError) -> Int {
    try Int(database.firstRow("PRAGMA user_version") { $0.integer(0) } ?? 0)
  }
}
