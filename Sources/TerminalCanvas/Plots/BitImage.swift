/// A picture of dots that are there or not, such as the weights that are left.
///
/// A cell holds two dots above one another as half blocks, which need no colours; in ASCII a cell is
/// one dot.
package struct BitImage: Widget {
  /// Whether each dot is there, row by row from the upper left.
  package let dots: [Bool]
  /// The dots in a row.
  package let width: Int
  /// The rows of dots.
  package let height: Int
  /// The colour of the dots.
  package var role: Role

  /// Makes a picture.
  package init(dots: [Bool], width: Int, height: Int, role: Role = .series1) {
    precondition(
      width >= 0 && height >= 0 && dots.count == width * height,
      "A picture has one entry for each dot.")
    self.dots = dots
    self.width = width
    self.height = height
    self.role = role
  }

  /// The rows of dots that a row of cells shows.
  package static func rowsPerCell(_ glyphs: GlyphSet) -> Int { glyphs == .unicode ? 2 : 1 }

  /// Draws the picture from the upper left corner, cut at the edges of the rectangle.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let rows = Self.rowsPerCell(glyphs)
    for y in 0..<min(rect.height, (height + rows - 1) / rows) {
      var text = ""
      for x in 0..<min(rect.width, width) {
        let upper = dots[y * rows * width + x]
        let lower = rows == 2 && 2 * y + 1 < height && dots[(2 * y + 1) * width + x]
        text.append(Self.character(upper, lower, glyphs))
      }
      canvas.write(text, at: Point(x: rect.x, y: rect.y + y), style: .role(role), in: rect)
    }
  }

  private static func character(_ upper: Bool, _ lower: Bool, _ glyphs: GlyphSet) -> Character {
    guard glyphs == .unicode else { return upper ? "#" : "." }
    switch (upper, lower) {
    case (true, true): return glyphs.fullBlock
    case (true, false): return glyphs.upperHalfBlock
    case (false, true): return glyphs.lowerHalfBlock
    case (false, false): return " "
    }
  }
}
