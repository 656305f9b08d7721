import Foundation

/// Shares and counts as text.
package enum QuantityFormat {
  /// A share as percent with two decimals.
  package static func percent(_ share: Double) -> String {
    String(format: "%.2f %%", share * 100)
  }

  /// A difference of shares in percentage points with two decimals.
  package static func points(_ share: Double) -> String {
    String(format: "%.2f", share * 100)
  }

  /// A whole number with separators between thousands.
  package static func grouped(_ number: Int) -> String {
    NumberText.grouped(number)
  }
}
