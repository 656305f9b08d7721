/// The arithmetic of bars that grow by eighths of a cell.
package enum Bar {
  /// Returns the eighths of a cell that a bar fills: round(8·width·value).
  ///
  /// - Parameters:
  ///   - value: The filled share; it is limited to 0…1, and what is not a number counts as 0.
  ///   - width: The cells of the full bar.
  package static func eighths(_ value: Double, width: Int) -> Int {
    guard !value.isNaN, width > 0 else { return 0 }
    return Int((max(0, min(1, value)) * 8 * Double(width)).rounded())
  }

  /// Returns the characters of a bar that lies, without the blanks after it.
  package static func text(eighths: Int, glyphs: GlyphSet) -> String {
    let full = max(0, eighths) / 8
    let rest = max(0, eighths) % 8
    var text = String(repeating: String(glyphs.fullBlock), count: full)
    let tip = glyphs.leftEighths(rest)
    if tip != " " { text.append(tip) }
    return text
  }

  /// Returns the characters of a bar that lies, for a filled share of some cells.
  package static func text(_ value: Double, width: Int, glyphs: GlyphSet) -> String {
    text(eighths: eighths(value, width: width), glyphs: glyphs)
  }

  /// Returns the share that a value has of a range, limited to 0…1.
  package static func fraction(of value: Double, in range: ClosedRange<Double>) -> Double {
    let extent = range.upperBound - range.lowerBound
    guard extent > 0, extent.isFinite, !value.isNaN else { return 0 }
    return max(0, min(1, (value - range.lowerBound) / extent))
  }
}
