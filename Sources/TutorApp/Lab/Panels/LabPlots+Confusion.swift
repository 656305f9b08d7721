import TerminalCanvas

extension LabPlots {
  /// The change of the confusion matrix.
  func drawConfusion(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(
      context.text(Phrase("confusion: what changed", "混淆矩阵的变化")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
