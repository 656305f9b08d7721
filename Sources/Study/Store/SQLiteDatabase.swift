import CSQLite

/// A value that SQLite stores.
package enum SQLiteValue: Sendable, Hashable {
  /// No value.
  case null
  /// A whole number.
  case integer(Int64)
  /// A number with a fraction, kept bit by bit.
  case real(Double)
  /// A text in UTF-8.
  case text(String)

  /// A whole number, or no value.
  package static func integer(_ value: Int?) -> SQLiteValue {
    value.map { .integer(Int64($0)) } ?? .null
  }
}

/// One connection to an SQLite database file.
///
/// Statements are prepared once and kept. A connection belongs to one thread at a time; its owner
/// sees to that.
package final class SQLiteDatabase {
  private let connection: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]

  /// Opens a database file for reading and writing, and makes it if there is none.
  ///
  /// A call that meets another connection's lock waits for it, at most `busyTimeout` seconds.
  package init(path: String, busyTimeout: Double = 5) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX
    let result = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened, result == SQLITE_OK else {
      let error = DatabaseError(
        extendedCode: opened.map { sqlite3_extended_errcode($0) } ?? result,
        message: opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory")
      sqlite3_close_v2(opened)
      throw error
    }
    connection = opened
    sqlite3_extended_result_codes(opened, 1)
    sqlite3_busy_timeout(opened, Int32(busyTimeout * 1000))
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(connection)
  }

  /// Whether the file can only be read.
  package var isReadOnly: Bool {
    sqlite3_db_readonly(connection, "main") == 1
  }

  /// The row that the last insertion made.
  package var lastInsertedRow: Int64 {
    sqlite3_last_insert_rowid(connection)
  }

  /// The number of rows that the last statement changed.
  package var changedRows: Int {
    Int(sqlite3_changes(connection))
  }

  /// Sets whether closing moves the write-ahead log into the file and deletes it.
  ///
  /// Switched off while a file is examined, so that one that turns out to be damaged stays byte for
  /// byte as it was found.
  package func setCheckpointOnClose(_ isEnabled: Bool) {
    nibble_sqlite_set_checkpoint_on_close(connection, isEnabled ? 1 : 0)
    var persistent: Int32 = isEnabled ? 0 : 1
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &persistent)
  }
}

// MARK: - Statements

extension SQLiteDatabase {
  /// Runs one statement to its end.
  package func execute(_ sql: String, _ values: [SQLiteValue] = []) throws(DatabaseError) {
    let statement = try bound(sql, values)
    defer { release(statement) }
    while try step(statement, sql) {}
  }

  /// Runs several statements, separated by semicolons and without arguments.
  package func executeScript(_ sql: String) throws(DatabaseError) {
    try check(sqlite3_exec(connection, sql, nil, nil, nil), sql)
  }

  /// Reads every row of a query.
  ///
  /// The closure must not run statements of its own.
  package func rows<Value>(
    _ sql: String, _ values: [SQLiteValue] = [], read: (SQLiteRow) -> Value
  ) throws(DatabaseError) -> [Value] {
    let statement = try bound(sql, values)
    defer { release(statement) }
    var result: [Value] = []
    while try step(statement, sql) { result.append(read(SQLiteRow(statement: statement))) }
    return result
  }

  /// Reads the first row of a query, if there is one.
  package func firstRow<Value>(
    _ sql: String, _ values: [SQLiteValue] = [], read: (SQLiteRow) -> Value
  ) throws(DatabaseError) -> Value? {
    let statement = try bound(sql, values)
    defer { release(statement) }
    return try step(statement, sql) ? read(SQLiteRow(statement: statement)) : nil
  }

  /// Runs a body in one transaction that either happens whole or not at all.
  ///
  /// Takes the write lock at once, so that what the body reads cannot change before it writes.
  package func transaction<Value>(
    _ body: () throws(DatabaseError) -> Value
  ) throws(DatabaseError) -> Value {
    try transaction(beginningWith: "BEGIN IMMEDIATE", body)
  }

  /// Runs a body whose reads all see the database as it was at one moment.
  package func snapshot<Value>(
    _ body: () throws(DatabaseError) -> Value
  ) throws(DatabaseError) -> Value {
    try transaction(beginningWith: "BEGIN", body)
  }

  private func transaction<Value>(
    beginningWith begin: String, _ body: () throws(DatabaseError) -> Value
  ) throws(DatabaseError) -> Value {
    try execute(begin)
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // Some errors have ended the transaction already; the first error is the one to report.
      if sqlite3_get_autocommit(connection) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  private func bound(
    _ sql: String, _ values: [SQLiteValue]
  ) throws(DatabaseError) -> OpaquePointer {
    let statement = try prepared(sql)
    precondition(
      sqlite3_stmt_busy(statement) == 0, "A statement must not be run again while it is being read."
    )
    precondition(
      sqlite3_bind_parameter_count(statement) == Int32(values.count),
      "A statement needs one value for each of its parameters: \(sql)")
    for (index, value) in zip(Int32(1)..., values) {
      let result =
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text):
          sqlite3_bind_text64(
            statement, index, text, UInt64(text.utf8.count), nibble_sqlite_transient(),
            UInt8(SQLITE_UTF8))
        }
      try check(result, sql)
    }
    return statement
  }

  private func prepared(_ sql: String) throws(DatabaseError) -> OpaquePointer {
    if let statement = statements[sql] { return statement }
    var statement: OpaquePointer?
    try check(
      sqlite3_prepare_v3(
        connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil), sql)
    guard let statement else { preconditionFailure("A statement must not be empty.") }
    statements[sql] = statement
    return statement
  }

  private func step(_ statement: OpaquePointer, _ sql: String) throws(DatabaseError) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw lastError(sql)
    }
  }

  private func release(_ statement: OpaquePointer) {
    // Both only repeat the error of the step, which was thrown already.
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }

  private func check(_ result: Int32, _ sql: String) throws(DatabaseError) {
    if result != SQLITE_OK { throw lastError(sql) }
  }

  private func lastError(_ sql: String) -> DatabaseError {
    DatabaseError(
      extendedCode: sqlite3_extended_errcode(connection),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }
}

/// One row of a result; valid only while it is being read.
package struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  /// Whether a column holds no value.
  package func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }

  /// A column as a whole number.
  package func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(statement, Int32(column))
  }

  /// A column as a whole number, if it has a value.
  package func optionalInteger(_ column: Int) -> Int? {
    isNull(column) ? nil : Int(integer(column))
  }

  /// A column as a number with a fraction.
  package func real(_ column: Int) -> Double {
    sqlite3_column_double(statement, Int32(column))
  }

  /// A column as text; damaged UTF-8 is repaired.
  package func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(statement, Int32(column)) else { return "" }
    let length = Int(sqlite3_column_bytes(statement, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }
}
