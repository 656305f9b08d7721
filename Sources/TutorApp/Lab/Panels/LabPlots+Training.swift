import TerminalCanvas

extension LabPlots {
  /// How the training goes.
  func drawTraining(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("training", "训练")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
