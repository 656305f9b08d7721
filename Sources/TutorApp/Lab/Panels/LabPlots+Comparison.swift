import TerminalCanvas

extension LabPlots {
  /// The recipe beside the pinned one.
  func drawComparison(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(
      context.text(Phrase("beside the pinned recipe", "与固定配方对比")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
