package import Study

/// What the screens beyond lessons, lab and quiz ask of the progress store.
///
/// Each is done before the next screen is shown.
package enum RecordsRequest: Sendable {
  /// Keeps an interview that goes on, or forgets it.
  case keepInterview(InterviewRun?)
  /// Keeps an interview with a new answer, and the grade of the question.
  case recordInterviewAnswer(InterviewRun, questionID: String, grade: Rating)
  /// Keeps the report of an interview that is over, and writes it as Markdown.
  case finishInterview(InterviewRun)
  /// Writes the report of an earlier interview as Markdown once more.
  case exportInterview(InterviewRun)
  /// Reads all reports.
  case readInterviews
  /// Keeps an attempt at a challenge.
  case recordAttempt(ChallengeAttempt)
  /// Reads all attempts at challenges.
  case readAttempts
  /// Computes the statistics anew.
  case readStatistics
}

/// What the progress store answers.
package enum RecordsNews: Sendable {
  /// The reports of all interviews, newest first.
  case interviews([InterviewRun])
  /// All attempts at challenges, oldest first.
  case attempts([ChallengeAttempt])
  /// The statistics.
  case statistics(StudyReport)
  /// The report of the interview that began at a time was written to a file.
  case exported(startedAt: Double, path: String)
}

/// What was read of the progress store on request.
package struct RecordsShelf: Sendable {
  /// The reports of all interviews, newest first; none before they were asked for.
  package var interviews: [InterviewRun]?
  /// All attempts at challenges, oldest first; none before they were asked for.
  package var attempts: [ChallengeAttempt]?
  /// The statistics; none before they were asked for.
  package var statistics: StudyReport?
  /// Where reports were written, by the time at which the interview began.
  package var exportedPaths: [Double: String] = [:]

  /// An empty shelf.
  package init() {}

  /// Takes news in.
  mutating func receive(_ news: RecordsNews) {
    switch news {
    case .interviews(let interviews): self.interviews = interviews
    case .attempts(let attempts): self.attempts = attempts
    case .statistics(let statistics): self.statistics = statistics
    case .exported(let startedAt, let path): exportedPaths[startedAt] = path
    }
  }
}
