package import Curriculum
import Foundation
import Localization

/// Measured quantities as text with their units.
package enum QuantityFormat {
  /// A value of a quantity: shares as percent, bytes with separators, ratios in decibel.
  package static func value(_ value: Double, of quantity: String) -> String {
    let name = quantity.prefix { $0 != "@" && $0 != "." }
    switch name {
    case "accuracy", "sparsity": return percent(value)
    case "bytes": return "\(NumberText.grouped(Int(value.rounded()))) B"
    case "sqnr": return String(format: "%.1f dB", value)
    default:
      return value == value.rounded() ? NumberText.grouped(Int(value)) : String(format: "%g", value)
    }
  }

  /// A condition on a quantity, such as `≥ 85.00 %`.
  package static func bound(_ bound: Claim.Bound, of quantity: String) -> String {
    switch bound {
    case .equals(let value, let tolerance):
      tolerance == 0
        ? "= \(self.value(value, of: quantity))"
        : "= \(self.value(value, of: quantity)) ± \(self.value(tolerance, of: quantity))"
    case .atLeast(let value): "≥ \(self.value(value, of: quantity))"
    case .atMost(let value): "≤ \(self.value(value, of: quantity))"
    }
  }

  /// A share as percent with two decimals.
  package static func percent(_ share: Double) -> String {
    String(format: "%.2f %%", share * 100)
  }

  /// A difference of shares in percentage points with two decimals.
  package static func points(_ share: Double) -> String {
    String(format: "%.2f", share * 100)
  }
}
