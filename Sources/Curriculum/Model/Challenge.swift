/// A budget to be met on the built-in network, with whatever knobs.
package struct Challenge: Sendable, Hashable {
  /// The stable id.
  package var id: String
  /// The title, plain.
  package var title: String
  /// How hard it is, from 1.
  package var difficulty: Int
  /// What it is about; shown above the budget.
  package var introduction: [Block]
  /// What must hold at the same time; never none.
  package var budgets: [Budget]
  /// The recipe to start from.
  package var settings: [Setting]
  /// The keys that the lab shows as sliders; all where there are none.
  package var knobs: [String]
  /// Hints, the least telling first.
  package var hints: [[Inline]]
  /// Where it stands.
  package var location: SourceLocation

  /// A bound on something that is measured.
  package enum Budget: Sendable, Hashable {
    /// The shortest file of all storage formats has at most so many bytes.
    case bytes(Int)
    /// At least this share of all test images is classified right.
    case accuracy(Double)
    /// The fastest kernel classifies an image at least so many times as fast as the uncompressed
    /// network in float on the same processor.
    case speedup(Double)
  }

  /// The difficulties that a challenge can have.
  package static let difficulties = 1...5
}

extension Challenge {
  /// The bytes allowed; none where they are free.
  package var bytes: Int? {
    budgets.lazy.compactMap { if case .bytes(let limit) = $0 { limit } else { nil } }.first
  }

  /// The share of right images asked for; none where it is free.
  package var accuracy: Double? {
    budgets.lazy.compactMap { if case .accuracy(let limit) = $0 { limit } else { nil } }.first
  }

  /// The speed asked for; none where it is free.
  package var speedup: Double? {
    budgets.lazy.compactMap { if case .speedup(let limit) = $0 { limit } else { nil } }.first
  }
}
