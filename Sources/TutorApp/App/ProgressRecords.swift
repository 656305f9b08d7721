package import Curriculum
package import Study

/// Where the tutor keeps what the learner does.
///
/// Every call returns only after its record is safe on disk.
package protocol ProgressRecords: AnyObject {
  /// Keeps an answer to a quiz item.
  func recordAnswer(_ answer: QuizAnswerRecord, at time: Double) throws

  /// Takes back the answer to an item that was given at a time in Unix seconds.
  func undoAnswer(itemID: String, givenAt: Double, at time: Double) throws

  /// Sets or removes a quiz item's flag.
  func setFlag(_ itemID: String, _ isSet: Bool, at time: Double) throws

  /// Keeps how the learner wants to study.
  func storeStudySettings(_ settings: StudySettings) throws

  /// Keeps that the answer of a question was shown.
  func recordQuestionSeen(_ questionID: String, chapter: String, at time: Double) throws

  /// Sets or removes a question's bookmark.
  func setBookmark(_ questionID: String, _ isSet: Bool) throws

  /// Keeps a guess made in the lab, beside what was measured.
  func recordPrediction(
    experiment: String, recipe: String, guess: Double, truth: Double, at time: Double) throws

  /// Keeps the preferences.
  func storePreferences(_ preferences: Preferences) throws

  /// Keeps where the learner is.
  func storePosition(_ positions: [ScreenPosition]) throws

  /// Does what the screens of interviews, challenges and statistics ask for, and answers.
  func perform(_ request: RecordsRequest, chapters: [Chapter], at time: Double) throws
    -> RecordsNews?

  /// What is kept, summed up for the screens.
  func snapshot(chapters: [Chapter], at time: Double) throws -> ProgressSnapshot
}
