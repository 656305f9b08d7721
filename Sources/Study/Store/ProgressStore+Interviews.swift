/// The report of a mock interview.
package struct InterviewReport: Sendable, Hashable, Codable {
  /// When the interview ended, in Unix seconds.
  package var at: Double
  /// The level it was held at, by the lessons' name.
  package var level: String
  /// The results, as the caller's own JSON text.
  package var results: String
  /// The report to be read, as Markdown.
  package var markdown: String

  /// Makes a report.
  package init(at: Double, level: String, results: String, markdown: String) {
    self.at = at
    self.level = level
    self.results = results
    self.markdown = markdown
  }
}

/// A report as the store lists it.
package struct StoredInterviewReport: Sendable, Hashable, Identifiable {
  /// Its number; later reports have higher ones.
  package var id: Int64
  /// The report.
  package var report: InterviewReport
}

extension ProgressStore {
  /// Keeps the report of an interview; returns its number.
  @discardableResult
  package func recordInterviewReport(
    _ report: InterviewReport
  ) throws(ProgressStoreError) -> Int64 {
    precondition(report.at.isFinite, "A report needs a finite time.")
    return try write { (database) throws(DatabaseError) in
      try database.insert(report)
      return database.lastInsertedRow
    }
  }

  /// All reports, the latest first.
  package func interviewReports() throws(ProgressStoreError) -> [StoredInterviewReport] {
    try read { (database) throws(DatabaseError) in
      try database.interviewReports("ORDER BY at DESC, id DESC")
    }
  }

  /// The report with a number.
  package func interviewReport(
    id: Int64
  ) throws(ProgressStoreError) -> StoredInterviewReport? {
    try read { (database) throws(DatabaseError) in
      try database.interviewReports("WHERE id = ?", [.integer(id)]).first
    }
  }
}

extension SQLiteDatabase {
  /// Adds a report.
  func insert(_ report: InterviewReport) throws(DatabaseError) {
    try execute(
      "INSERT INTO interview_reports (at, level, results, markdown) VALUES (?, ?, ?, ?)",
      [
        .real(report.at), .text(report.level), .text(report.results), .text(report.markdown),
      ])
  }

  /// Reports by the clauses behind FROM.
  func interviewReports(
    _ clauses: String, _ values: [SQLiteValue] = []
  ) throws(DatabaseError) -> [StoredInterviewReport] {
    try rows(
      "SELECT id, at, level, results, markdown FROM interview_reports \(clauses)", values
    ) { row in
      StoredInterviewReport(
        id: row.integer(0),
        report: InterviewReport(
          at: row.real(1), level: row.text(2), results: row.text(3), markdown: row.text(4)))
    }
  }
}
