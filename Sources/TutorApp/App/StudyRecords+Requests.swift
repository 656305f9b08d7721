package import Curriculum
import Foundation
import Presentation
import Study

extension StudyRecords {
  /// Where the interview that goes on is kept, as JSON.
  private static let runningKey = "interview.running"

  package func perform(
    _ request: RecordsRequest, chapters: [Chapter], at time: Double
  ) throws -> RecordsNews? {
    switch request {
    case .keepInterview(let run):
      try store.setSetting(Self.runningKey, to: try run.map(Self.json))
      return nil
    case .recordInterviewAnswer(let run, let questionID, let grade):
      try store.setSetting(Self.runningKey, to: try Self.json(run))
      try store.recordQuestionSeen(questionID, wasRevealed: true, selfGrade: grade, at: time)
      return nil
    case .finishInterview(let run):
      return try finish(run)
    case .exportInterview(let run):
      return try export(run)
    case .readInterviews:
      return .interviews(try interviews())
    case .recordAttempt(let attempt):
      try store.recordChallengeAttempt(attempt)
      return .attempts(try store.challengeAttempts())
    case .readAttempts:
      return .attempts(try store.challengeAttempts())
    case .readStatistics:
      return .statistics(try statistics(chapters: chapters, at: time))
    }
  }

  /// The interview that goes on; a form that is no longer understood counts as none.
  func runningInterview() throws -> InterviewRun? {
    try store.setting(Self.runningKey).flatMap(Self.run)
  }

  /// The reports, newest first; a form that is no longer understood is left out.
  private func interviews() throws -> [InterviewRun] {
    try store.interviewReports().compactMap { Self.run($0.report.results) }
  }

  /// Keeps the report first, so that an interview that is cut off here is finished once more and not
  /// lost; its start tells that the report is there already.
  private func finish(_ run: InterviewRun) throws -> RecordsNews? {
    let isKept = try interviews().contains { $0.startedAt == run.startedAt }
    if !isKept {
      try store.recordInterviewReport(
        InterviewReport(
          at: run.finishedAt ?? run.startedAt, level: run.level.rawValue,
          results: try Self.json(run), markdown: InterviewMarkdown(run: run).document()))
    }
    try store.setSetting(Self.runningKey, to: nil)
    return try export(run)
  }

  // MARK: Files

  /// Writes a report beside the progress file, under a name that nothing has yet.
  private func export(_ run: InterviewRun) throws -> RecordsNews? {
    guard store.path != ":memory:" else { return nil }
    let folder = URL(fileURLWithPath: store.path).deletingLastPathComponent()
      .appendingPathComponent("interviews")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let stem = "interview-\(DateText.fileName(run.startedAt))-\(run.level.rawValue)"
    let text = Data(InterviewMarkdown(run: run).document().utf8)
    for number in 1...999 {
      let name = stem + (number == 1 ? "" : "-\(number)") + ".md"
      let file = folder.appendingPathComponent(name)
      do {
        try text.write(to: file, options: .withoutOverwriting)
        return .exported(startedAt: run.startedAt, path: file.path)
      } catch CocoaError.fileWriteFileExists {
        continue
      }
    }
    throw ReportFileError.noFreeName(folder: folder.path)
  }

  private static func json(_ run: InterviewRun) throws -> String {
    String(decoding: try JSONEncoder().encode(run), as: UTF8.self)
  }

  private static func run(_ json: String) -> InterviewRun? {
    try? JSONDecoder().decode(InterviewRun.self, from: Data(json.utf8))
  }
}

/// Why a report was not written.
enum ReportFileError: Error, CustomStringConvertible {
  /// All names for it are taken.
  case noFreeName(folder: String)

  var description: String {
    switch self {
    case .noFreeName(let folder): "\(folder) has 999 reports of the same minute already"
    }
  }
}

extension StudyRecords {
  /// The statistics over the items that the lessons have now.
  private func statistics(chapters: [Chapter], at time: Double) throws -> StudyReport {
    try store.report(
      chapters.map { ChapterItems(chapterID: $0.id, itemIDs: $0.quizItems.map(\.id)) }, at: time,
      weeks: 53)
  }
}
