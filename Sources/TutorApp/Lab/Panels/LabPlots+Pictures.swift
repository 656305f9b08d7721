import Compression
import Lab
import Localization
import TerminalCanvas

/// What the panels with pictures have in common.
extension LabPlots {
  /// Whether shades are drawn as characters instead of colours.
  var usesCharacters: Bool {
    !context.terminalHasShades || context.preferences.colors == .mono || context.glyphs == .ascii
  }

  /// The sign between a number and its band.
  var plusMinus: Character { context.glyphs.plusMinus }

  /// The sign of a number that is not exact.
  var about: String { context.glyphs == .unicode ? "≈" : "~" }

  /// Draws a framed panel with the first pair of texts that fits and returns the cells inside it.
  ///
  /// Titles get shorter before the text on the right does.
  func panel(
    titles: [String], rights: [String], into canvas: inout Canvas, in rect: Rect
  ) -> Rect {
    for right in rights {
      for title in titles
      where TextWidth.width(of: title) + TextWidth.width(of: right) + 7 <= rect.width {
        return panel(title, right: right, into: &canvas, in: rect)
      }
    }
    return panel(titles.last ?? "", into: &canvas, in: rect)
  }

  /// Writes why nothing is drawn yet, if so, and whether that is the case.
  ///
  /// - Parameter isThere: Whether what the panel shows has come.
  func waits(for isThere: Bool, into canvas: inout Canvas, in inner: Rect) -> Bool {
    if screen.prediction.isOpen || isHidden {
      note(
        context.text(Phrase("This comes after your guess.", "猜过之后才显示。")), into: &canvas, in: inner)
      return true
    }
    if !isThere { note("…", into: &canvas, in: inner) }
    return !isThere
  }

  /// Writes a line in the last row and returns the rows above it.
  func footer(_ line: StyledLine, into canvas: inout Canvas, in inner: Rect) -> Rect {
    let (rest, bottom) = inner.splitBottom(1)
    canvas.write(line, row: 0, of: bottom, glyphs: context.glyphs)
    return rest
  }

  /// The first of some lines, the longest first, that fits into a width; else the last.
  func fitting(_ lines: [StyledLine], width: Int) -> StyledLine {
    lines.first { TextWidth.width(of: $0) <= width } ?? lines.last ?? []
  }

  /// A number with its sign, as wide as a minus.
  func signed(_ number: Int) -> String {
    number > 0
      ? "+\(number)" : number < 0 ? (context.glyphs == .unicode ? "−" : "-") + "\(-number)" : "0"
  }
}
