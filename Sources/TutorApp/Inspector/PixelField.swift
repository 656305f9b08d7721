import TerminalCanvas

/// A picture of which some pixels are marked.
struct PixelField {
  /// The shades, row by row, 0 for black to 255 for white.
  let shades: [UInt8]
  /// The pixels in a row.
  let width: Int
  /// The rows of pixels.
  let height: Int
  /// Whether a pixel is marked.
  let isMarked: (_ row: Int, _ column: Int) -> Bool

  /// Draws the picture and its marks: in colour where there is colour, as `X` elsewhere.
  func draw(into canvas: inout Canvas, in rect: Rect, context: TutorContext) {
    let usesCharacters = !context.terminalHasShades || context.glyphs == .ascii
    canvas.draw(
      GrayImage(
        pixels: shades, width: width, height: height, usesCharacters: !context.terminalHasShades),
      in: rect)
    // A picture that was reduced has no pixel of its own for a mark.
    guard width <= rect.width, (height + 1) / 2 <= rect.height else { return }
    for row in 0..<height {
      for column in 0..<width where isMarked(row, column) {
        let cell = Rect(x: rect.x + column, y: rect.y + row / 2, width: 1, height: 1)
        if usesCharacters {
          canvas.write("X", at: Point(x: cell.x, y: cell.y), style: .role(.warning, bold: true))
        } else {
          canvas.restyle(cell) { style in
            if row.isMultiple(of: 2) {
              style.foreground = Self.mark
            } else {
              style.background = Self.mark
            }
          }
        }
      }
    }
  }

  /// Orange, which no shade of grey comes near.
  private static let mark = Color.palette(Palette.cube(red: 1, green: 0.6, blue: 0))
}
