@testable import Study

extension QuizSession {
  /// Answers the current item.
  @discardableResult
  mutating func grade(
    right: Bool, response: String = "", confidence: Confidence? = nil, seconds: Double = 0,
    reviewID: ReviewID? = nil, lapsesBefore: Int = 0, at time: Double = moment
  ) -> QuizStep {
    guard let item = current else { preconditionFailure("A test grades past the end.") }
    var step = QuizStep(skipping: item.itemID, seed: 0, at: time)
    step.response = .words([response])
    step.isRight = right
    step.confidence = confidence
    step.seconds = seconds
    step.reviewID = reviewID
    step.lapsesBefore = lapsesBefore
    take(step)
    return steps[steps.count - 1]
  }

  /// Passes over the current item.
  mutating func skip() {
    guard let item = current else { preconditionFailure("A test skips past the end.") }
    take(QuizStep(skipping: item.itemID, seed: 0, at: moment))
  }
}

extension ProgressStore {
  /// Keeps an answer to a session's current item and moves the session on, as screens do.
  @discardableResult
  func grade(
    _ session: inout QuizSession, right: Bool, response: String = "",
    confidence: Confidence? = nil, seconds: Double = 0, at time: Double
  ) throws -> (card: CardRecord?, isLeechNotice: Bool) {
    guard let item = session.current else { preconditionFailure("A test grades past the end.") }
    var graded = session
    let step = graded.grade(
      right: right, response: response, confidence: confidence, seconds: seconds,
      lapsesBefore: try card(item: item.itemID)?.lapses ?? 0, at: time)
    let request = StoreRequest.record(Review(step, to: item, in: session.rules.kind))
    guard case .recorded(let id, let card) = try perform(request, at: time) else {
      preconditionFailure("The store answers a record with its number.")
    }
    graded.noteRecorded(id)
    session = graded
    let threshold = try studySettings().leechThreshold
    return (card, card.map { step.isLeechNotice($0, threshold: threshold) } ?? false)
  }

  /// Takes a session's last step back, in the store first if it was an answer.
  @discardableResult
  func undoLastStep(of session: inout QuizSession, at time: Double) throws -> QuizStep? {
    if let step = session.steps.last, let id = step.reviewID {
      _ = try perform(.undo(id, itemID: step.itemID), at: time)
    }
    return session.undo()
  }
}
