package import Curriculum
import Lab
import Localization

extension Challenge {
  /// The budgets in words on one line.
  package var budgetLine: String { budgets.map(\.text).joined(separator: "  ") }
}

extension Challenge.Budget {
  /// The budget in words, such as `≤ 150,000 B`.
  package var text: String { bound.text(in: QuantityUnit(ofQuantity: quantity), isShort: true) }
}
