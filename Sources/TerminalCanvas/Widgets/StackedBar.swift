/// One bar made of parts, such as the bytes of codes, scales and indices.
///
/// Parts end on whole cells and differ in shade as well as in colour, so that they can be told apart
/// without colours. The rounding is done on running sums: the whole never drifts from its length.
package struct StackedBar: Widget {
  /// One part.
  package struct Segment: Sendable, Hashable {
    /// Its name in the legend.
    package var label: String
    /// Its size.
    package var value: Double
    /// Its colour.
    package var role: Role

    /// Makes a part.
    package init(_ label: String, value: Double, role: Role) {
      self.label = label
      self.value = value
      self.role = role
    }
  }

  /// The parts, left to right.
  package var segments: [Segment]
  /// The size of a full bar; without it, the sum of the parts.
  package var maximum: Double?

  /// Makes a bar of parts.
  package init(_ segments: [Segment], maximum: Double? = nil) {
    self.segments = segments
    self.maximum = maximum
  }

  /// Returns the number of cells of each part on a bar of some cells.
  func cells(width: Int) -> [Int] {
    let values = segments.map { $0.value.isFinite ? max(0, $0.value) : 0 }
    let full = maximum ?? values.reduce(0, +)
    guard full > 0, full.isFinite, width > 0 else { return segments.map { _ in 0 } }
    var sum = 0.0
    var end = 0
    return values.map { value in
      sum += value
      let next = Int((min(1, sum / full) * Double(width)).rounded())
      defer { end = next }
      return next - end
    }
  }

  private func shade(_ index: Int, _ glyphs: GlyphSet) -> Character {
    let shades = [glyphs.fullBlock, glyphs.mediumShade, glyphs.darkShade, glyphs.lightShade]
    return shades[index % shades.count]
  }

  /// Draws the bar in the first row and the legend in the second.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    var x = rect.x
    for (index, count) in cells(width: rect.width).enumerated() {
      canvas.fill(
        Rect(x: x, y: rect.y, width: count, height: 1), with: shade(index, glyphs),
        style: .role(segments[index].role))
      x += count
    }
    var legend: StyledLine = []
    for (index, segment) in segments.enumerated() {
      if index > 0 { legend.append(StyledRun("  ")) }
      legend.append(StyledRun(String(shade(index, glyphs)), .role(segment.role)))
      legend.append(StyledRun(" " + segment.label, .role(.muted)))
    }
    canvas.write(legend, row: 1, of: rect)
  }
}
