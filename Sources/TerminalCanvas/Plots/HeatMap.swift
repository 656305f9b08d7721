/// A grid of numbers as colours: blue above zero, orange below, dark at zero.
///
/// Blue and orange remain apart with the common kinds of colour blindness. Without colours, or in
/// ASCII, the size of a number is one of ten characters and a number below zero is underlined.
package struct HeatMap: Widget {
  /// The numbers, row by row; one that is not finite is drawn as a question mark.
  package let values: [Double]
  /// The numbers in a row.
  package let columns: Int
  /// The size that gets the full colour; without it, the largest size there is.
  package var limit: Double?
  /// The columns of cells that a number takes.
  package var cellWidth: Int
  /// Whether sizes are drawn as characters instead of colours.
  package var usesCharacters: Bool

  /// Makes a grid; its last row may be shorter than the others.
  package init(
    values: [Double], columns: Int, limit: Double? = nil, cellWidth: Int = 2,
    usesCharacters: Bool = false
  ) {
    precondition(columns > 0, "A grid has at least one column.")
    self.values = values
    self.columns = columns
    self.limit = limit
    self.cellWidth = max(1, cellWidth)
    self.usesCharacters = usesCharacters
  }

  /// The cells that the whole grid takes.
  package var size: Size {
    Size(
      width: min(columns, values.count) * cellWidth,
      height: (values.count + columns - 1) / columns)
  }

  /// The index of the number under a cell, if there is one.
  package func index(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point) else { return nil }
    let column = (point.x - rect.x) / cellWidth
    let index = (point.y - rect.y) * columns + column
    return column < columns && index < values.count ? index : nil
  }

  /// Returns the palette index for a share of the limit, −1 to 1.
  package static func color(for share: Double) -> UInt8 {
    let size = min(1, abs(share))
    // From dark grey through the hue at one half to a tint of it at the end.
    let rise = min(1, size * 2)
    let tint = max(0, size * 2 - 1)
    func blend(_ hue: Double) -> Double {
      0.1 + (hue - 0.1) * rise + (1 - hue) * 0.7 * tint
    }
    return share >= 0
      ? Palette.cube(red: blend(0), green: blend(0.4), blue: blend(0.9))
      : Palette.cube(red: blend(0.85), green: blend(0.45), blue: blend(0))
  }

  /// Draws the grid from the upper left corner, cut at the edges of the rectangle.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let largest = values.filter(\.isFinite).map(abs).max() ?? 0
    let full = limit ?? largest
    for (index, value) in values.enumerated() {
      let row = index / columns
      guard row < rect.height else { break }
      let cell = Rect(
        x: rect.x + index % columns * cellWidth, y: rect.y + row, width: cellWidth, height: 1
      ).intersection(rect)
      guard value.isFinite else {
        canvas.fill(cell, with: "?", style: .role(.muted))
        continue
      }
      let share = full > 0 ? max(-1, min(1, value / full)) : 0
      if usesCharacters || glyphs == .ascii {
        let shades = GlyphSet.asciiShades
        let step = Int((abs(share) * Double(shades.count - 1)).rounded())
        canvas.fill(
          cell, with: shades[step],
          style: Style(foreground: .role(.text), underline: share < 0 && step > 0))
      } else {
        canvas.fill(cell, style: Style(background: .palette(Self.color(for: share))))
      }
    }
  }
}
