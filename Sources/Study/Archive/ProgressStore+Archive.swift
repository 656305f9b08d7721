import Foundation

/// What an import added.
package struct ImportSummary: Sendable, Hashable {
  /// The log entries that were new.
  package var entries = 0
  /// The log entries that the store had already.
  package var known = 0
  /// The new looks, guesses, attempts, reports, flags, settings and bookmarks together.
  package var others = 0
}

extension ProgressStore {
  /// All progress as one value.
  package func archive() throws(ProgressStoreError) -> ProgressArchive {
    try read { (database) throws(DatabaseError) in
      // One transaction, so that another tutor cannot write between two tables.
      try database.transaction { () throws(DatabaseError) in
        var archive = ProgressArchive()
        archive.log = try database.logRows().archived
        archive.looks = try database.looks()
        archive.guesses = try database.predictions()
        archive.attempts = try database.challengeAttempts()
        archive.reports = try database.interviewReports("ORDER BY at, id")
        archive.flags = try database.pairs("SELECT item_id, at FROM flags") { $0.real(1) }
        archive.settings = try database.pairs("SELECT key, value FROM settings") { $0.text(1) }
        archive.bookmarks = try database.pairs("SELECT key, value FROM bookmarks") { $0.text(1) }
        return archive
      }
    }
  }

  /// Adds an archive to the store, all of it or nothing, and nothing twice.
  ///
  /// An empty store becomes what the archive was made of. In a used one the two logs are merged in
  /// the order of time, so that cards stand where they would if all answers had been given here;
  /// settings and bookmarks that are set stay. A used file is copied first.
  @discardableResult
  package func add(
    _ archive: ProgressArchive, at time: Double
  ) throws(ProgressStoreError) -> ImportSummary {
    precondition(archive.fault == nil, archive.fault ?? "")
    try backUp(label: "before-import", at: time)
    return try write { (database) throws(DatabaseError) in
      var summary = ImportSummary()
      let merge = LogMerge(existing: try database.logRows(), added: archive.log)
      // An undo may stand before its answer where a clock went back.
      try database.execute("PRAGMA defer_foreign_keys = ON")
      for row in merge.new { try database.insert(row) }
      summary.entries = merge.new.count
      summary.known = archive.log.count - merge.new.count
      for look in Self.missing(archive.looks, in: try database.looks()) {
        try database.insert(look)
        summary.others += 1
      }
      for guess in Self.missing(archive.guesses, in: try database.predictions()) {
        try database.insert(guess)
        summary.others += 1
      }
      for attempt in Self.missing(archive.attempts, in: try database.challengeAttempts()) {
        try database.insert(attempt)
        summary.others += 1
      }
      let reports = try database.interviewReports("ORDER BY at, id")
      for report in Self.missing(archive.reports, in: reports) {
        try database.insert(report)
        summary.others += 1
      }
      for (item, time) in archive.flags {
        try database.execute(
          "INSERT OR IGNORE INTO flags (item_id, at) VALUES (?, ?)", [.text(item), .real(time)])
        summary.others += database.changedRows
      }
      for (table, texts) in [("settings", archive.settings), ("bookmarks", archive.bookmarks)] {
        for (key, value) in texts {
          try database.execute(
            "INSERT OR IGNORE INTO \(table) (key, value) VALUES (?, ?)", [.text(key), .text(value)])
          summary.others += database.changedRows
        }
      }
      try rebuildCards(database, scheduler: try scheduler(database))
      return summary
    }
  }

  /// The elements that another list lacks; of equal ones as many as it has too few.
  private static func missing<Element: Hashable>(
    _ elements: [Element], in others: [Element]
  ) -> [Element] {
    var left = others.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return elements.filter { element in
      guard let count = left[element], count > 0 else { return true }
      left[element] = count - 1
      return false
    }
  }
}

// MARK: - Rows

extension SQLiteDatabase {
  fileprivate func looks() throws(DatabaseError) -> [ProgressArchive.Look] {
    try rows("SELECT question_id, at, was_revealed, self_grade FROM questions_seen ORDER BY id") {
      ProgressArchive.Look(
        question: $0.text(0), at: $0.real(1), revealed: $0.integer(2) == 1,
        grade: $0.optionalInteger(3))
    }
  }

  fileprivate func pairs<Value>(
    _ sql: String, _ value: (SQLiteRow) -> Value
  ) throws(DatabaseError) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: try rows(sql) { ($0.text(0), value($0)) })
  }

  fileprivate func insert(_ look: ProgressArchive.Look) throws(DatabaseError) {
    try execute(
      "INSERT INTO questions_seen (question_id, at, was_revealed, self_grade) VALUES (?, ?, ?, ?)",
      [
        .text(look.question), .real(look.at), .integer(look.revealed ? 1 : 0),
        .integer(look.grade),
      ])
  }
}
