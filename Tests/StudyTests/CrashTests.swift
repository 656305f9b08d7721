import Foundation
import Testing

@testable import Study

/// What a killed program leaves behind.
@Suite struct CrashTests {
  @Test func answersSurviveAKilledProcess() async throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try ProgressStore.sound(path)
      try store.reviewAtRandom(count: 40, seed: 8)
      try store.setPosition("here")
      // A change that was begun and not ended when the process dies.
      let other = try SQLiteDatabase(path: path)
      try other.execute("BEGIN IMMEDIATE")
      try other.execute("DELETE FROM cards")
      kill(getpid(), SIGKILL)
    }
    let store = try ProgressStore.sound(path)
    let expected = try ProgressStore.inMemory()
    try expected.reviewAtRandom(count: 40, seed: 8)
    #expect(try store.reviews() == expected.reviews())
    #expect(try store.cards() == expected.cards())
    #expect(try store.position() == "here")
  }

  @Test func killedMigrationLosesNothing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    try ProgressStore.sound(path).reviewAtRandom(count: 40, seed: 8)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      // What a migration does up to the moment before its commit.
      let database = try SQLiteDatabase(path: path)
      try database.execute("BEGIN IMMEDIATE")
      try database.executeScript(
        """
        DROP VIEW standing_reviews;
        ALTER TABLE reviews ADD COLUMN extra TEXT;
        DROP TABLE settings;
        DROP TABLE cards;
        PRAGMA user_version = 99;
        """)
      // Fills the cache, so that half of the change is in the write-ahead log already.
      try database.executeScript("PRAGMA cache_size = 1; CREATE TABLE big (a BLOB);")
      for _ in 0..<50 { try database.execute("INSERT INTO big VALUES (zeroblob(20000))") }
      kill(getpid(), SIGKILL)
    }
    let store = try ProgressStore.sound(path)
    let expected = try ProgressStore.inMemory()
    try expected.reviewAtRandom(count: 40, seed: 8)
    #expect(try store.reviews() == expected.reviews())
    #expect(try store.cards() == expected.cards())
    #expect(
      try store.pragmas(["user_version", "integrity_check"]) == ["\(Migration.all.count)", "ok"])
  }
}
