import Foundation

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
}

extension ProgressStore {
  /// Where the interview that goes on is kept.
  private static let runningKey = "interview.running"

  /// The interview that goes on; a form that is no longer understood counts as none.
  func runningInterview() throws(ProgressStoreError) -> InterviewRun? {
    try setting(Self.runningKey).flatMap(InterviewRun.init(json:))
  }

  /// Keeps an interview that goes on, or forgets it.
  func setRunningInterview(_ run: InterviewRun?) throws(ProgressStoreError) {
    try setSetting(Self.runningKey, to: run?.json)
  }

  /// The interviews that are over, newest first; a form that is no longer understood is left out.
  func interviews() throws(ProgressStoreError) -> [InterviewRun] {
    try interviewReports().compactMap { InterviewRun(json: $0.results) }
  }

  /// Keeps the report first, so that an interview that is cut off here is finished once more and not
  /// lost; its start tells that the report is there already.
  func finishInterview(
    _ run: InterviewRun, _ document: InterviewDocument
  ) throws(ProgressStoreError) {
    if try !interviews().contains(where: { $0.startedAt == run.startedAt }) {
      try recordInterviewReport(
        InterviewReport(
          at: run.finishedAt ?? run.startedAt, level: run.level, results: run.json,
          markdown: document.markdown))
    }
    try setRunningInterview(nil)
  }

  /// Keeps the report of an interview.
  func recordInterviewReport(_ report: InterviewReport) throws(ProgressStoreError) {
    precondition(report.at.isFinite, "A report needs a finite time.")
    try write { (database) throws(DatabaseError) in try database.insert(report) }
  }

  /// All reports, the latest first.
  package func interviewReports() throws(ProgressStoreError) -> [InterviewReport] {
    try read { (database) throws(DatabaseError) in
      try database.interviewReports("ORDER BY at DESC, id DESC")
    }
  }

  /// Writes a report beside the progress file, under a name that nothing has yet, and returns its
  /// path; none for a store in memory.
  func export(_ document: InterviewDocument) throws(ProgressStoreError) -> String? {
    guard file != nil else { return nil }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      .appendingPathComponent("interviews")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for number in 1...999 {
        let name = document.name + (number == 1 ? "" : "-\(number)") + ".md"
        let file = folder.appendingPathComponent(name)
        do {
          try Data(document.markdown.utf8).write(to: file, options: .withoutOverwriting)
          return file.path
        } catch CocoaError.fileWriteFileExists {
          continue
        }
      }
    } catch {
      throw ProgressStoreError.cannotExport(path: folder.path, reason: error.localizedDescription)
    }
    throw ProgressStoreError.cannotExport(
      path: folder.path, reason: "there are 999 reports of the same minute already")
  }
}

extension InterviewRun {
  /// Reads an interview as the store keeps it; nil for a form that is no longer understood.
  fileprivate init?(json: String) {
    guard let run = try? JSONDecoder().decode(InterviewRun.self, from: Data(json.utf8)) else {
      return nil
    }
    self = run
  }

  /// The interview as the store keeps it.
  fileprivate var json: String {
    guard let data = try? JSONEncoder().encode(self) else {
      preconditionFailure("The times of an interview are finite.")
    }
    return String(decoding: data, as: UTF8.self)
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

  /// All reports in an order.
  func interviewReports(_ order: String) throws(DatabaseError) -> [InterviewReport] {
    try rows("SELECT at, level, results, markdown FROM interview_reports \(order)") { row in
      InterviewReport(
        at: row.real(0), level: row.text(1), results: row.text(2), markdown: row.text(3))
    }
  }
}
