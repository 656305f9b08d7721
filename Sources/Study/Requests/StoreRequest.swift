/// What is asked of the progress store; the only way to change it.
///
/// Whatever is to be kept has reached the disk when the reply is there.
package enum StoreRequest: Sendable {
  // Quiz.

  /// Keeps an answer to a quiz item, in place of an earlier one whose grade it changes.
  case record(Review, replacing: ReviewID? = nil)
  /// Takes an answer to an item back.
  case undo(ReviewID, itemID: String)
  /// Sets or removes a quiz item's flag.
  case setFlag(itemID: String, Bool)

  // Lessons and lab.

  /// Keeps that the answer of a question was shown, and how the learner graded the own one.
  case noteQuestionSeen(String, grade: Rating? = nil)
  /// Sets or removes a question's bookmark.
  case setBookmark(questionID: String, Bool)
  /// Keeps a guess made in the lab, beside what was measured.
  case recordPrediction(experimentID: String, recipe: String, guess: Double, truth: Double)
  /// Keeps an attempt at a challenge.
  case recordAttempt(ChallengeAttempt)

  // Interviews.

  /// Keeps an interview that goes on, or forgets it.
  case keepInterview(InterviewRun?)
  /// Keeps the report of an interview that is over, and writes it to a file.
  case finishInterview(InterviewRun, InterviewDocument)
  /// Writes the report of an earlier interview to a file once more.
  case exportInterview(InterviewDocument)
  /// Reads the reports of all interviews.
  case readInterviews

  // The learner.

  /// Computes the statistics over the items that lessons have now.
  case readStatistics([ChapterItems])
  /// Keeps how the learner wants to study.
  case setStudySettings(StudySettings)
  /// Keeps settings of the program by their keys.
  case keepSettings([String: String])
  /// Keeps where the learner is, as the caller's own text.
  case keepPosition(String)
}

/// What the progress store answers to the one who asked.
package enum StoreReply: Sendable {
  /// It is done.
  case done
  /// The answer is in the log under this number, and its item's card stands so; none for an item
  /// that was never answered but in a cram.
  case recorded(ReviewID, CardRecord?)
  /// The reports of all interviews, newest first.
  case interviews([InterviewRun])
  /// The report was written to a file.
  case exported(path: String)
  /// The statistics.
  case statistics(StudyReport)
}

/// The report of an interview as a file.
package struct InterviewDocument: Sendable, Hashable {
  /// The name of the file, without its extension.
  package var name: String
  /// The report, as Markdown.
  package var markdown: String

  /// Makes a document.
  package init(name: String, markdown: String) {
    self.name = name
    self.markdown = markdown
  }
}
