/// One step of a session: a graded answer with everything needed to keep it and to show it again, or
/// a skip.
///
/// Sessions are kept between two runs as the steps that led to them.
package struct QuizStep: Sendable, Hashable, Codable {
  /// The item.
  package var itemID: String
  /// What its choices were shuffled and its numbers drawn by.
  package var seed: UInt64
  /// What was entered; nil for a skip.
  package var response: Response?
  /// The texts that were typed.
  package var entered: [String] = []
  /// Whether the answer was right; a skip is not.
  package var isRight = false
  /// How sure the learner was, if it was said.
  package var confidence: Confidence?
  /// How well the item was remembered; nil for a skip.
  package var rating: Rating?
  /// The seconds taken.
  package var seconds = 0.0
  /// When the answer was given, in Unix seconds.
  package var at: Double
  /// How often the item had been forgotten before.
  package var lapsesBefore = 0
  /// The row of the log that keeps the answer, once the store has told it.
  package var reviewID: ReviewID?
  /// Whether the item had come back after a wrong answer; the session says so.
  package internal(set) var isReturn = false

  private enum CodingKeys: CodingKey {
    case itemID, seed, response, entered, isRight, confidence, rating, seconds, at, lapsesBefore
    case reviewID
  }

  /// A skip of an item.
  package init(skipping itemID: String, seed: UInt64, at time: Double) {
    self.itemID = itemID
    self.seed = seed
    at = time
  }

  /// The graded answer of a sheet; a right guess counts as remembered with trouble.
  package init(
    _ sheet: AnswerSheet, of itemID: String, lapsesBefore: Int, seconds: Double, at time: Double
  ) {
    self.init(skipping: itemID, seed: sheet.seed, at: time)
    response = sheet.response
    entered = sheet.texts
    isRight = sheet.isRight == true
    confidence = sheet.confidence
    rating = Rating(isRight: isRight, withTrouble: confidence == .low)
    self.seconds = seconds
    self.lapsesBefore = lapsesBefore
  }

  /// Whether the item was passed over.
  package var isSkip: Bool { response == nil }

  /// Whether the learner was certain of a wrong answer.
  package var isConfidentError: Bool { !isSkip && !isRight && confidence == .high }

  /// Whether the learner is to be warned of the item's card, which stands as it does after this
  /// answer: each time that the answer was a lapse too many.
  package func isLeechNotice(_ card: CardRecord, threshold: Int) -> Bool {
    card.lapses > lapsesBefore && Leeches.isNotice(lapses: card.lapses, threshold: threshold)
  }
}

/// A session as it is kept between two runs.
package struct StoredQuiz: Sendable, Hashable, Codable {
  /// What was chosen.
  package var setup: QuizSetup
  /// What items are chosen and numbers are drawn by.
  package var seed: UInt64
  /// The items in order.
  package var items: [String]
  /// What happened so far.
  package var steps: [QuizStep]
  /// The seconds of an exam that have passed, while Nibble was running.
  package var elapsed: Double
  /// Whether an exam was handed in.
  package var isHandedIn: Bool

  /// Makes a stored session.
  package init(
    setup: QuizSetup, seed: UInt64, items: [String], steps: [QuizStep], elapsed: Double,
    isHandedIn: Bool
  ) {
    self.setup = setup
    self.seed = seed
    self.items = items
    self.steps = steps
    self.elapsed = elapsed
    self.isHandedIn = isHandedIn
  }
}
