import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study

/// A budget beside what was measured.
struct BudgetCheck: Sendable, Hashable {
  /// The budget.
  let budget: Challenge.Budget
  /// Whether it is met; nil while it is not measured yet.
  let isMet: Bool?
  /// What was measured, in words.
  let measured: String

  /// Holds a budget against a measurement.
  init(_ budget: Challenge.Budget, _ measurement: Lab.Measurement?) {
    self.budget = budget
    let quantity = try? Quantity(budget.quantity)
    guard let quantity, let measurement, let value = quantity.value(in: measurement) else {
      isMet = nil
      measured = "…"
      return
    }
    isMet = budget.bound.holds(for: value)
    measured =
      switch quantity.unit {
      case .bytes:
        ([NumberText.grouped(Int(value))]
          + [measurement.size.shortest?.format.rawValue].compactMap(\.self))
          .joined(separator: " ")
      case .factor: NumberText.fixed(value, decimals: 1) + "×"
      case .share, .count, .decibels: quantity.unit.text(value)
      }
  }
}

extension Challenge {
  /// The budgets beside a measurement, in order.
  func checks(_ measurement: Lab.Measurement?) -> [BudgetCheck] {
    budgets.map { BudgetCheck($0, measurement) }
  }

  /// Whether all budgets are met; nil while one of them is not measured.
  func isMet(_ measurement: Lab.Measurement?) -> Bool? {
    checks(measurement).reduce(true) { result, check in
      guard let result, let isMet = check.isMet else { return nil }
      return result && isMet
    }
  }

  /// The best of some attempts: one that met the budgets before one that did not, then the one with
  /// most to spare, or least short.
  func best(of attempts: [ChallengeAttempt]) -> ChallengeAttempt? {
    attempts.filter { $0.challengeID == id }.max { left, right in
      (left.isMet ? 1 : 0, reserve(of: left)) < (right.isMet ? 1 : 0, reserve(of: right))
    }
  }

  /// How much better than its budgets an attempt is.
  private func reserve(of attempt: ChallengeAttempt) -> Double {
    budgets.reduce(0) { sum, budget in
      guard let quantity = try? Quantity(budget.quantity) else { return sum }
      return switch quantity.unit {
      case .bytes: sum + quantity.reserve(of: Double(attempt.bytes), against: budget.limit)
      case .share: sum + quantity.reserve(of: attempt.accuracy, against: budget.limit)
      // Of the time an attempt keeps only its own: the shorter one is the better.
      case .factor, .count, .decibels: sum - (attempt.latency ?? 0) / 1_000
      }
    }
  }
}
