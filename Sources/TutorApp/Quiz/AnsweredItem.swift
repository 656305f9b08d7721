package import Curriculum
package import Study
import TerminalCanvas

/// One step of a session as it is kept: an answer with everything needed to show it again, or a skip.
package struct AnsweredItem: Sendable, Hashable, Codable {
  /// The item.
  package var itemID: String
  /// What its choices were shuffled and its numbers drawn by.
  package var seed: UInt64
  /// What was entered; nil for a skip.
  package var response: QuizItem.Response?
  /// The texts that were typed.
  package var entered: [String]
  /// Whether the answer was right; a skip is not.
  package var isRight: Bool
  /// How sure the learner was, if it was said.
  package var confidence: Confidence?
  /// How well the item was remembered; nil for a skip.
  package var rating: Rating?
  /// The seconds taken.
  package var seconds: Double
  /// When the answer was kept in the log, in seconds since 1970.
  package var at: Double
  /// How often the item had been forgotten before.
  package var lapsesBefore: Int

  /// A skip of an item.
  init(skipping itemID: String, seed: UInt64, at time: Double) {
    self.itemID = itemID
    self.seed = seed
    response = nil
    entered = []
    isRight = false
    confidence = nil
    rating = nil
    seconds = 0
    at = time
    lapsesBefore = 0
  }

  /// A graded answer.
  init(_ state: QuizItemState, lapsesBefore: Int, at time: Double) {
    itemID = state.item.id
    seed = state.seed
    response = state.response
    entered = state.fields.map(\.text)
    isRight = state.isRight == true
    confidence = state.confidence
    rating = Rating(
      isRight: isRight, withTrouble: state.confidence == .low)
    seconds = max(0, time - state.startedAt)
    at = time
    self.lapsesBefore = lapsesBefore
  }

  /// Whether the item was passed over.
  package var isSkip: Bool { response == nil }

  /// Whether the learner was certain of a wrong answer.
  package var isConfidentError: Bool { !isSkip && !isRight && confidence == .high }
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
  package var steps: [AnsweredItem]
  /// The seconds of an exam that have passed, while Nibble was running.
  package var elapsed: Double
  /// Whether an exam was handed in.
  package var isHandedIn: Bool

  /// Makes a stored session.
  package init(
    setup: QuizSetup, seed: UInt64, items: [String], steps: [AnsweredItem], elapsed: Double,
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
