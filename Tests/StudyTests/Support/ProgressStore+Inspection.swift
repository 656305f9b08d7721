@testable import Study

extension ProgressStore {
  /// The values of pragmas of the store's own connection.
  func pragmas(_ names: [String]) throws -> [String] {
    try read { (database) throws(DatabaseError) in
      var values: [String] = []
      for name in names {
        values.append(try database.firstRow("PRAGMA \(name)") { $0.text(0) } ?? "")
      }
      return values
    }
  }

  /// Forbids the file to grow, as a full disk would.
  func limitPages() throws {
    try read { (database) throws(DatabaseError) in
      try database.executeScript("PRAGMA max_page_count = 1")
    }
  }
}
