extension ProgressStore {
  /// The weeks of activity that statistics show.
  private static let reportedWeeks = 53

  /// Does what is asked and answers; what is to be kept is on the disk then.
  package func perform(
    _ request: StoreRequest, at time: Double
  ) throws(ProgressStoreError) -> StoreReply {
    switch request {
    case .record(let review, let replaced):
      let (id, card) = try recordReview(review, replacing: replaced)
      return .recorded(id, card)
    case .undo(let id, _):
      try undoReview(id, at: time)
    case .setFlag(let itemID, let isSet):
      try setFlag(itemID, to: isSet, at: time)
    case .noteQuestionSeen(let questionID, let grade):
      try recordQuestionSeen(questionID, wasRevealed: true, selfGrade: grade, at: time)
    case .setBookmark(let questionID, let isSet):
      try setBookmark(Self.questionPrefix + questionID, to: isSet ? "set" : nil)
    case .recordPrediction(let experimentID, let recipe, let guess, let truth):
      try recordPrediction(
        Prediction(
          experimentID: experimentID, guess: guess, truth: truth, at: time, recipe: recipe))
    case .recordAttempt(let attempt):
      try recordChallengeAttempt(attempt)
    case .keepInterview(let run):
      try setRunningInterview(run)
    case .finishInterview(let run, let document):
      try finishInterview(run, document)
      return try exported(document)
    case .exportInterview(let document):
      return try exported(document)
    case .readInterviews:
      return .interviews(try interviews())
    case .readStatistics(let chapters):
      return .statistics(try report(chapters, at: time, weeks: Self.reportedWeeks))
    case .setStudySettings(let settings):
      try setStudySettings(settings)
    case .keepSettings(let settings):
      for (key, value) in settings { try setSetting(key, to: value) }
    case .keepPosition(let position):
      try setPosition(position)
    }
    return .done
  }

  private func exported(_ document: InterviewDocument) throws(ProgressStoreError) -> StoreReply {
    try export(document).map { .exported(path: $0) } ?? .done
  }
}
