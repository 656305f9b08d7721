import TerminalCanvas

extension LabPlots {
  /// Every point visited, with the front.
  func drawPareto(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(
      context.text(Phrase("accuracy against bytes", "精度与字节")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
