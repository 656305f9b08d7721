package import Curriculum
import Lab
package import Localization

extension QuantityUnit {
  /// The unit of a quantity that a lesson names; that of mere numbers for a name that is not known.
  package init(ofQuantity name: String) {
    self = (try? Quantity(name))?.unit ?? .count
  }
}

extension Bound {
  /// The condition on a quantity, such as `≥ 85.00 %`.
  ///
  /// The short form is without decimals that are zero: `≥ 85 %`.
  package func text(in unit: QuantityUnit, isShort: Bool = false) -> String {
    func text(_ value: Double) -> String {
      isShort ? unit.shortText(value) : unit.text(value)
    }
    return switch self {
    case .equals(let value, 0): "= \(text(value))"
    case .equals(let value, let tolerance): "= \(text(value)) ± \(text(tolerance))"
    case .atLeast(let value): "≥ \(text(value))"
    case .atMost(let value): "≤ \(text(value))"
    }
  }
}

extension Claim {
  /// The unit of what is claimed.
  package var unit: QuantityUnit { QuantityUnit(ofQuantity: quantity) }
  /// What must hold, such as `accuracy ≥ 85.00 %`.
  package var statement: String { "\(quantity) \(bound.text(in: unit))" }
}

extension MeasuredQuantity {
  /// The unit that it is asked for in.
  package var unit: QuantityUnit { QuantityUnit(ofQuantity: quantity) }
}
