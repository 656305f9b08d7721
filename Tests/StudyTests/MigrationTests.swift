import Foundation
import Testing

@testable import Study

/// The way from older formats to the newest.
@Suite struct MigrationTests {
  @Test func emptyDatabaseOfVersion0IsMigratedWithoutBackup() throws {
    let folder = try TemporaryFolder()
    do {
      // A real database file that has no table.
      let database = try SQLiteDatabase(path: folder.store)
      try database.execute("PRAGMA user_version = 1")
      try database.execute("PRAGMA user_version = 0")
    }
    #expect(try folder.bytes("progress.sqlite").count > 0)
    try ProgressStore.sound(folder.store).recordReview(.sample("item"))
    #expect(folder.names == ["progress.sqlite"])
    #expect(try version(folder.store) == Migration.all.count)
  }

  @Test func version1GetsItsCardsFromTheLog() throws {
    let folder = try TemporaryFolder()
    do {
      // The tables of version 1 as far as an answer and its undo need them.
      let database = try SQLiteDatabase(path: folder.store)
      try database.executeScript(
        """
        CREATE TABLE reviews (id INTEGER PRIMARY KEY AUTOINCREMENT, item_id TEXT NOT NULL,
          chapter_id TEXT NOT NULL, at REAL NOT NULL, rating INTEGER, was_right INTEGER,
          response TEXT, seconds REAL, confidence INTEGER, session TEXT NOT NULL,
          voids INTEGER UNIQUE REFERENCES reviews (id)) STRICT;
        CREATE VIEW standing_reviews AS SELECT * FROM reviews AS review WHERE voids IS NULL
          AND NOT EXISTS (SELECT 1 FROM reviews AS undo WHERE undo.voids = review.id);
        CREATE TABLE predictions (id INTEGER PRIMARY KEY AUTOINCREMENT, experiment_id TEXT NOT NULL,
          guess REAL NOT NULL, truth REAL NOT NULL, at REAL NOT NULL) STRICT;
        INSERT INTO predictions VALUES (1, 'e', 80, 91, \(moment));
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO reviews VALUES (1, 'a', 'c', \(moment), 3, 1, 'x', 2.5, NULL, 'due', NULL);
        INSERT INTO reviews VALUES (2, 'b', 'c', \(moment), 1, 0, 'y', 2.5, 3, 'due', NULL);
        INSERT INTO reviews VALUES (3, 'a', 'c', \(moment + 9e5), 1, 0, 'z', 1, 2, 'due', NULL);
        INSERT INTO reviews VALUES (4, 'a', 'c', \(moment + 9e5), NULL, NULL, NULL, NULL, NULL,
          'due', 3);
        INSERT INTO settings VALUES ('theme', 'mono');
        PRAGMA user_version = 1;
        """)
    }
    let before = try folder.bytes("progress.sqlite")
    let store = try ProgressStore.sound(folder.store)
    let expected = try ProgressStore.inMemory()
    try expected.recordReview(.sample("a", chapter: "c"))
    try expected.recordReview(.sample("b", chapter: "c", right: false, confidence: .high))
    #expect(try store.cards() == expected.cards())
    #expect(try store.setting("theme") == "mono")
    #expect(
      try store.predictions() == [Prediction(experimentID: "e", guess: 80, truth: 91, at: moment)])
    #expect(try version(folder.store) == Migration.all.count)

    // The copy holds what the file held; VACUUM lays out its pages anew.
    let backup = "progress.sqlite.backup-v1-20260102-030405"
    #expect(folder.names.contains(backup))
    #expect(try version(folder.file(backup)) == 1)
    let copy = try SQLiteDatabase(path: folder.file(backup))
    #expect(try copy.firstRow("SELECT count(*) FROM reviews") { $0.integer(0) } == 4)
    #expect(!before.isEmpty)
  }

  @Test func interruptedMigrationRollsBack() throws {
    let folder = try TemporaryFolder()
    try ProgressStore.sound(folder.store).reviewAtRandom(count: 50, seed: 1)
    let newest = Migration.all.count
    let failing = Migration(
      version: newest + 1,
      script: """
        CREATE TABLE extra (a TEXT);
        INSERT INTO extra VALUES ('x');
        DROP TABLE settings;
        INSERT INTO nowhere VALUES (1);
        """)
    let error = #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(
        path: folder.store, now: moment, migrations: Migration.all + [failing])
    }
    guard case .database(_, let cause) = error else {
      Issue.record("unexpected: \(String(describing: error))")
      return
    }
    #expect(cause.message == "no such table: nowhere")
    #expect(try version(folder.store) == newest)
    let database = try SQLiteDatabase(path: folder.store)
    let tables = try database.rows("SELECT name FROM sqlite_schema") { $0.text(0) }
    #expect(!tables.contains("extra"))
    #expect(tables.contains("settings"))
    #expect(folder.names.contains("progress.sqlite.backup-v\(newest)-20260102-030405"))
    #expect(try ProgressStore.sound(folder.store).reviews().count == 50)
  }

  @Test func laterStepsDoNotUndoEarlierOnes() throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.store)
    let newest = Migration.all.count
    let good = Migration(version: newest + 1, script: "CREATE TABLE extra (a TEXT)")
    let bad = Migration(version: newest + 2, script: "CREATE TABLE extra (a TEXT)")
    #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(
        path: folder.store, now: moment, migrations: Migration.all + [good, bad])
    }
    #expect(try version(folder.store) == newest + 1)
  }

  @Test func manyTutorsMigrateOnce() async throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.store)
    let path = folder.store
    let steps =
      Migration.all + [
        Migration(version: Migration.all.count + 1, script: "CREATE TABLE extra (a TEXT)")
      ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          _ = try ProgressStore.open(path: path, now: moment, busyTimeout: 60, migrations: steps)
        }
      }
      try await group.waitForAll()
    }
    #expect(try version(path) == steps.count)
  }

  private func version(_ path: String) throws -> Int {
    try #require(
      try SQLiteDatabase(path: path).firstRow("PRAGMA user_version") { Int($0.integer(0)) })
  }
}
