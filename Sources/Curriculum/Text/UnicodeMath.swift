/// Shows simple TeX formulas as one line of Unicode.
package enum UnicodeMath {
  /// Renders a formula.
  package static func render(_ tex: String) -> String { tex }
}
