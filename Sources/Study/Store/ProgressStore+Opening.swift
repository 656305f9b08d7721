import Glibc

extension ProgressStore {
  /// The path used when the learner names none; `open` makes its folder.
  ///
  /// It is `$XDG_DATA_HOME/nibble/progress.sqlite`, or the same under `~/.local/share`.
  package static func defaultPath(environment: [String: String]) -> String {
    ProgressFile.defaultPath(environment: environment)
  }

  /// Opens a store, and makes it and its folder if there is none.
  ///
  /// A damaged file is renamed, never overwritten, and a new store takes its place; the notice then
  /// says so in one line for the learner. `now` is the time in Unix seconds, for names of files.
  /// `migrations` lists the steps that make the format.
  package static func open(
    path: String, now: Double, scheduler: FSRS = FSRS(), busyTimeout: Double = 5,
    migrations: [Migration] = Migration.all
  ) throws(ProgressStoreError) -> (store: ProgressStore, notice: String?) {
    let file = try ProgressFile(preparing: path)
    let opening = Opening(
      file: file, migrator: Migrator(migrations), busyTimeout: busyTimeout, now: now)
    var notice: String?
    // Another tutor may replace the file between looking and acting, but not for ever.
    for _ in 0..<5 {
      let examined = file.identity
      do throws(ProgressStoreError) {
        let database = try opening.database()
        guard let opened = file.identity, examined == nil || opened == examined else { continue }
        let store = ProgressStore(
          path: file.path, database: database, scheduler: scheduler, file: (file, opened))
        try store.deriveCardsIfStale()
        return (store, notice)
      } catch {
        guard case .damaged = error else { throw error }
      }
      if let kept = try file.setAside(examined: examined, now: now) {
        notice =
          "the progress file was damaged: a new one was started, the old one is kept as \(kept)"
      }
    }
    throw .moved(path: file.path)
  }

  /// Copies the file of a store that holds any answers, before a change that cannot be taken back.
  func backUp(label: String, at time: Double) throws(ProgressStoreError) {
    guard let file, try logLength() > 0 else { return }
    let copy = file.file.freePath(label: label, now: time)
    try read { (database) throws(DatabaseError) in
      try database.execute("VACUUM INTO ?", [.text(copy)])
    }
    ProgressFile.synchronize(copy)
  }

  /// Makes a store that lives in memory and is gone with its last reference.
  package static func inMemory(
    scheduler: FSRS = FSRS()
  ) throws(ProgressStoreError) -> ProgressStore {
    let path = ":memory:"
    let database = try ProgressStoreError.translating(path: path) { () throws(DatabaseError) in
      let database = try SQLiteDatabase(path: path)
      try database.execute("PRAGMA foreign_keys = ON")
      try Migrator(Migration.all).migrate(database) { _ in }
      return database
    }
    let store = ProgressStore(path: path, database: database, scheduler: scheduler)
    try store.deriveCardsIfStale()
    return store
  }
}

/// The way from a path to a connection that is ready for use.
private struct Opening {
  var file: ProgressFile
  var migrator: Migrator
  var busyTimeout: Double
  var now: Double

  func database() throws(ProgressStoreError) -> SQLiteDatabase {
    let path = file.path
    let database = try ProgressStoreError.translating(path: path) { () throws(DatabaseError) in
      try SQLiteDatabase(path: path, busyTimeout: busyTimeout)
    }
    // A damaged file must stay as it is, its write-ahead log too; all others are closed as usual.
    database.setCheckpointOnClose(false)
    do {
      try examine(database)
    } catch {
      if case .damaged = error { throw error }
      database.setCheckpointOnClose(true)
      throw error
    }
    database.setCheckpointOnClose(true)
    try ProgressStoreError.translating(path: path) { () throws(DatabaseError) in
      try configure(database)
      try migrator.migrate(database) { (version) throws(DatabaseError) in
        try backUp(database, version: version)
      }
    }
    return database
  }

  /// Refuses files that are not to be touched, and finds damage, before anything is written.
  private func examine(_ database: SQLiteDatabase) throws(ProgressStoreError) {
    let path = file.path
    // At one moment: another tutor may be making the tables just now.
    let (version, application, objects) =
      try ProgressStoreError.translating(path: path) { () throws(DatabaseError) in
        try database.snapshot { () throws(DatabaseError) in
          (
            try Migrator.version(of: database),
            try database.firstRow("PRAGMA application_id") { $0.integer(0) } ?? 0,
            try database.firstRow("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
          )
        }
      }
    let isOurs = application == Migration.applicationID || (application == 0 && version > 0)
    let isEmpty = application == 0 && version == 0 && objects == 0
    guard isOurs || isEmpty else { throw .foreign(path: path) }
    guard version <= migrator.newestVersion else {
      throw .newerVersion(path: path, found: version, known: migrator.newestVersion)
    }
    guard !database.isReadOnly else { throw .readOnly(path: path) }
    let verdict = try ProgressStoreError.translating(path: path) { () throws(DatabaseError) in
      try database.firstRow("PRAGMA quick_check(1)") { $0.text(0) }
    }
    guard verdict == "ok" else { throw .damaged(path: path) }
  }

  private func configure(_ database: SQLiteDatabase) throws(DatabaseError) {
    // Changing the journal mode does not always wait for locks by itself. Where the file system
    // cannot do it the answer is the old mode, which is slower and as safe.
    var waited = 0.0
    while true {
      do {
        try database.execute("PRAGMA journal_mode = WAL")
        break
      } catch {
        guard error.code == .busy, waited < busyTimeout else { throw error }
        usleep(10_000)
        waited += 0.01
      }
    }
    // FULL syncs the write-ahead log at every commit: nothing is lost when the power fails.
    try database.execute("PRAGMA synchronous = FULL")
    try database.execute("PRAGMA foreign_keys = ON")
    // Shows now, not at the first answer, that the file can be written.
    try database.transaction {}
  }

  private func backUp(_ database: SQLiteDatabase, version: Int) throws(DatabaseError) {
    let copy = file.freePath(label: "backup-v\(version)", now: now)
    try database.execute("VACUUM INTO ?", [.text(copy)])
    ProgressFile.synchronize(copy)
  }
}
