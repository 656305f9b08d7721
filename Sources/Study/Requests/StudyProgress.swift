/// What the learner has done so far, as far as screens show it at any time.
///
/// Read whole once. After a request only what it can have changed is read again, unless another
/// program has written to the same file in the meantime or a new day has begun.
package struct StudyProgress: Sendable, Hashable {
  /// What decides about sessions, as it was when the store was read.
  package var state: StudyState
  /// The questions whose answer was seen.
  package var seenQuestions: Set<String> = []
  /// The latest grades of answers in interviews, by question.
  package var selfGrades: [String: Rating] = [:]
  /// The questions with a bookmark.
  package var bookmarks: Set<String> = []
  /// How well the learner foresees what experiments show; none without a guess.
  package var predictions: PredictionAccuracy?
  /// All attempts at challenges, oldest first.
  package var attempts: [ChallengeAttempt] = []
  /// The interview that goes on, if one does.
  package var runningInterview: InterviewRun?
  /// What other programs have written to the file, as a number that grows with it.
  private(set) var version: Int64 = 0

  /// The progress of somebody who just starts.
  package init() {
    state = StudyState(cards: [], now: 0, day: StudyCalendar().day(at: 0))
  }

  /// Reads what a store holds at a time in Unix seconds.
  package init(
    of store: ProgressStore, at time: Double, calendar: StudyCalendar = StudyCalendar()
  ) throws(ProgressStoreError) {
    version = try store.foreignVersion()
    state = try store.studyState(at: time, calendar: calendar)
    note(try store.questionsSeen())
    bookmarks = try store.bookmarkedQuestions()
    predictions = PredictionAccuracy(try store.predictions())
    attempts = try store.challengeAttempts()
    runningInterview = try store.runningInterview()
  }

  /// Takes in what a request to the store has changed.
  package mutating func refresh(
    after request: StoreRequest, of store: ProgressStore, at time: Double,
    calendar: StudyCalendar = StudyCalendar()
  ) throws(ProgressStoreError) {
    let isSameDay = time >= state.day.start && time < state.day.end
    guard isSameDay, try store.foreignVersion() == version else {
      self = try StudyProgress(of: store, at: time, calendar: calendar)
      return
    }
    state.now = time
    switch request {
    case .record(let review, _):
      state.replace(review.itemID, by: try store.standing(of: review.itemID, on: state.day))
    case .undo(_, let itemID):
      state.replace(itemID, by: try store.standing(of: itemID, on: state.day))
    case .setFlag(let itemID, true): state.flagged.insert(itemID)
    case .setFlag(let itemID, false): state.flagged.remove(itemID)
    case .noteQuestionSeen(let questionID, _):
      note(try store.questionsSeen(question: questionID))
    case .setBookmark(let questionID, true): bookmarks.insert(questionID)
    case .setBookmark(let questionID, false): bookmarks.remove(questionID)
    case .recordPrediction:
      predictions = PredictionAccuracy(try store.predictions())
    case .recordAttempt: attempts = try store.challengeAttempts()
    case .keepInterview(let run): runningInterview = run
    case .finishInterview: runningInterview = nil
    case .setStudySettings:
      // Another retention moves all cards.
      state = try store.studyState(at: time, calendar: calendar)
    case .exportInterview, .readInterviews, .readStatistics, .keepSettings, .keepPosition: break
    }
  }

  private mutating func note(_ seen: [String: SeenQuestion]) {
    for question in seen.values {
      if question.wasRevealed { seenQuestions.insert(question.questionID) }
      selfGrades[question.questionID] = question.selfGrade
    }
  }
}
