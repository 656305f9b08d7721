/// The course of a value in one row.
package struct Sparkline: Widget {
  /// The values, oldest first; one that is not finite leaves a gap.
  package var values: [Double]
  /// The values of the lowest and the highest step; without it, those of the data seen.
  package var range: ClosedRange<Double>?
  /// The colour.
  package var role: Role

  /// Makes a course.
  package init(_ values: [Double], range: ClosedRange<Double>? = nil, role: Role = .series1) {
    self.values = values
    self.range = range
    self.role = role
  }

  /// Draws the newest values that fit; the lowest is one eighth high, the highest a full cell.
  package func render(into canvas: inout Canvas, in rect: Rect, glyphs: GlyphSet) {
    guard !rect.isEmpty else { return }
    let seen = values.suffix(rect.width)
    let finite = seen.filter(\.isFinite)
    guard let low = range?.lowerBound ?? finite.min(), let high = range?.upperBound ?? finite.max()
    else { return }
    for (x, value) in seen.enumerated() where value.isFinite {
      let share = low < high ? Bar.fraction(of: value, in: low...high) : 0.5
      let character = glyphs.lowerEighths(1 + Int((share * 7).rounded()))
      canvas.write(
        String(character), at: Point(x: rect.x + x, y: rect.y), style: .role(role), in: rect)
    }
  }
}
