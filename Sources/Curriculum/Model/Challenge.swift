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
  package struct Budget: Sendable, Hashable {
    /// What is measured: `bytes` of the shortest file, `accuracy`, or `speedup` of the fastest kernel
    /// over the uncompressed network in float on the same processor.
    package var quantity: String
    /// What must hold of it.
    package var bound: Bound

    /// Makes a budget.
    package init(quantity: String, bound: Bound) {
      self.quantity = quantity
      self.bound = bound
    }

    /// The number that must not be passed.
    package var limit: Double {
      switch bound {
      case .equals(let value, _), .atLeast(let value), .atMost(let value): value
      }
    }
  }

  /// The difficulties that a challenge can have.
  package static let difficulties = 1...5
}

extension Challenge {
  /// The number that a quantity must not pass; nil where it is free.
  package func limit(of quantity: String) -> Double? {
    budgets.first { $0.quantity == quantity }?.limit
  }
}
