extension ProgressStore {
  /// The setting that holds the desired retention.
  static let retentionKey = StudySettings.Key.desiredRetention.rawValue

  private static let positionKey = "position"

  /// What the keys of questions' bookmarks begin with; the table holds other things too.
  static let questionPrefix = "question:"

  /// The retentions a learner may choose: below, too much is forgotten; above, every day is full.
  package static let retentionRange = 0.7...0.97

  /// The value of a setting, if it was set.
  package func setting(_ key: String) throws(ProgressStoreError) -> String? {
    try value(of: key, table: .settings)
  }

  /// Sets a setting, or removes it.
  func setSetting(_ key: String, to value: String?) throws(ProgressStoreError) {
    precondition(
      key != ProgressStore.retentionKey,
      "The desired retention has a setter of its own, which moves the due dates.")
    try setValue(value, of: key, table: .settings)
  }

  /// Sets a bookmark, or removes it.
  func setBookmark(_ key: String, to value: String?) throws(ProgressStoreError) {
    try setValue(value, of: key, table: .bookmarks)
  }

  /// The questions with a bookmark.
  func bookmarkedQuestions() throws(ProgressStoreError) -> Set<String> {
    let keys = try read { (database) throws(DatabaseError) in
      try database.rows("SELECT key FROM bookmarks") { $0.text(0) }
    }
    let prefix = ProgressStore.questionPrefix
    return Set(keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }

  /// Where the learner left, as the caller's own JSON text.
  package func position() throws(ProgressStoreError) -> String? {
    try value(of: ProgressStore.positionKey, table: .bookmarks)
  }

  /// Keeps where the learner is.
  func setPosition(_ json: String?) throws(ProgressStoreError) {
    try setBookmark(ProgressStore.positionKey, to: json)
  }

  /// How the learner wants to study; values that are not allowed count as never chosen.
  package func studySettings() throws(ProgressStoreError) -> StudySettings {
    try read { (database) throws(DatabaseError) in try database.studySettings() }
  }

  /// Sets how the learner wants to study; another retention moves all due dates.
  func setStudySettings(_ settings: StudySettings) throws(ProgressStoreError) {
    precondition(settings.fault == nil, settings.fault ?? "")
    try write { (database) throws(DatabaseError) in
      let before = try scheduler(database)
      for key in StudySettings.Key.allCases {
        try database.setValue(settings.text(key), of: key.rawValue, table: .settings)
      }
      let after = try scheduler(database)
      if before != after { try rebuildCards(database, scheduler: after) }
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
  /// The settings of the file.
  func studySettings() throws(DatabaseError) -> StudySettings {
    let rows = try rows("SELECT key, value FROM settings WHERE key LIKE 'study.%'") {
      ($0.text(0), $0.text(1))
    }
    return StudySettings(texts: Dictionary(uniqueKeysWithValues: rows))
  }

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
