package import Curriculum
import Localization

extension Challenge {
  /// The budgets on one line.
  package var budgetLine: String { budgets.map(\.text).joined(separator: "  ") }
}

extension Challenge.Budget {
  /// The budget as a bound on its quantity, such as `≤ 150,000 B`.
  package var text: String {
    switch self {
    case .bytes(let limit): "≤ \(NumberText.grouped(limit)) B"
    case .accuracy(let share): "≥ \(Self.short(share * 100)) %"
    case .speedup(let factor): "≥ \(Self.short(factor))×"
    }
  }

  /// A number without decimals that are zero.
  private static func short(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 2)
    return text.hasSuffix(".00")
      ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
  }
}
