import Synchronization

/// What the learner did and where every item stands, in one SQLite file.
///
/// Everything is keyed by content ids, so that lessons may be edited without losing progress. A
/// change has reached the disk when the call that makes it returns. Several tutors may use the same
/// file at once, and several threads the same store.
///
/// Files beside the store: `-wal` and `-shm` while it is open, `.backup-vN-…` before a change of the
/// format, `.before-import-…` before an import, `.corrupt-…` when a damaged file was set aside.
package final class ProgressStore: Sendable {
  /// The file, with links resolved; `:memory:` for a store without one.
  package let path: String

  // The scheduler of the program; the retention that the learner chose takes its place in it.
  private let baseScheduler: FSRS
  private let database: Mutex<SQLiteDatabase>
  // The file as it was when it was opened; none for a store in memory.
  let file: (file: ProgressFile, identity: ProgressFile.Identity)?

  /// Makes a store of a connection that is ready for use, and of its file if it has one.
  init(
    path: String, database: sending SQLiteDatabase, scheduler: FSRS,
    file: (ProgressFile, ProgressFile.Identity)? = nil
  ) {
    self.path = path
    self.file = file
    baseScheduler = scheduler
    self.database = Mutex(database)
  }

  /// Runs queries on the connection, one caller at a time.
  func read<Value: Sendable>(
    _ body: (SQLiteDatabase) throws(DatabaseError) -> Value
  ) throws(ProgressStoreError) -> Value {
    do {
      return try database.withLock { (database) throws(DatabaseError) in try body(database) }
    } catch {
      throw ProgressStoreError(error, path: path)
    }
  }

  /// Runs changes in one transaction, on the disk when this returns.
  ///
  /// A file that was moved or deleted under the open connection would take them without a complaint
  /// and be gone with the program, so it is looked for first.
  func write<Value: Sendable>(
    _ body: (SQLiteDatabase) throws(DatabaseError) -> Value
  ) throws(ProgressStoreError) -> Value {
    if let file, file.file.identity != file.identity { throw .moved(path: path) }
    return try read { (database) throws(DatabaseError) in
      try database.transaction { () throws(DatabaseError) in try body(database) }
    }
  }

  /// The scheduler with the retention that the file says.
  ///
  /// Read anew in every transaction, for another tutor may have changed it.
  func scheduler(_ database: SQLiteDatabase) throws(DatabaseError) -> FSRS {
    let text = try database.firstRow(
      "SELECT value FROM settings WHERE key = ?", [.text(ProgressStore.retentionKey)]
    ) { $0.text(0) }
    guard let retention = text.flatMap(Double.init),
      ProgressStore.retentionRange.contains(retention)
    else { return baseScheduler }
    return baseScheduler.withDesiredRetention(retention)
  }
}
