/// What the scheduler remembers of one item that was answered at least once.
package struct FSRSCard: Sendable, Hashable {
  /// Where an item stands on its way into long-term memory.
  package enum State: Int, Sendable, Hashable, CaseIterable {
    /// New, repeated within minutes.
    case learning = 1
    /// Known, repeated after days.
    case review = 2
    /// Forgotten, repeated within minutes.
    case relearning = 3
  }

  /// Where the item stands.
  package var state: State
  /// The position in the learning or relearning steps; none in the review state.
  package var step: Int?
  /// The days after which the item is recalled with a probability of 90 %.
  package var stability: Double
  /// How hard it is to make the memory more stable, from 1 to 10.
  package var difficulty: Double
  /// When the item should be asked next, in Unix seconds.
  package var due: Double
  /// When the item was answered last, in Unix seconds.
  package var lastReview: Double

  /// Makes a card.
  package init(
    state: State, step: Int?, stability: Double, difficulty: Double, due: Double,
    lastReview: Double
  ) {
    self.state = state
    self.step = step
    self.stability = stability
    self.difficulty = difficulty
    self.due = due
    self.lastReview = lastReview
  }
}
