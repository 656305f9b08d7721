/// What SQLite reported when a call failed.
package struct DatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A result code of SQLite, comparable in `catch` and `switch`.
  package struct Code: RawRepresentable, Sendable, Hashable {
    /// The number as in sqlite3.h.
    package let rawValue: Int32

    /// Makes a code from its number.
    package init(rawValue: Int32) {
      self.rawValue = rawValue
    }

    /// The SQL or its use is wrong.
    package static let error = Code(rawValue: 1)
    /// The operating system refuses access.
    package static let permission = Code(rawValue: 3)
    /// Another connection holds the lock for longer than the timeout.
    package static let busy = Code(rawValue: 5)
    /// Another statement of the same connection holds the lock.
    package static let locked = Code(rawValue: 6)
    /// The file cannot be written.
    package static let readOnly = Code(rawValue: 8)
    /// The disk failed to read or write.
    package static let inputOutput = Code(rawValue: 10)
    /// The file is damaged.
    package static let corrupt = Code(rawValue: 11)
    /// The disk or the quota is full.
    package static let full = Code(rawValue: 13)
    /// The file cannot be opened.
    package static let cannotOpen = Code(rawValue: 14)
    /// A rule of the schema forbids the change.
    package static let constraint = Code(rawValue: 19)
    /// The file is not a database.
    package static let notADatabase = Code(rawValue: 26)
  }

  /// The primary result code.
  package let code: Code
  /// The result code with its detail in the upper bits.
  package let extendedCode: Int32
  /// SQLite's own words.
  package let message: String
  /// The statement that failed; its arguments are left out, for they may be private.
  package let sql: String?

  /// Makes an error from an extended result code.
  package init(extendedCode: Int32, message: String, sql: String? = nil) {
    code = Code(rawValue: extendedCode & 0xFF)
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// The error in one line.
  package var description: String {
    let place = sql.map {
      " in “\($0.split(whereSeparator: \.isWhitespace).joined(separator: " "))”"
    }
    return "SQLite error \(extendedCode): \(message)\(place ?? "")"
  }
}
