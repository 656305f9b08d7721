import TerminalCanvas

extension LabPlots {
  /// The error of every layer.
  func drawSignalToNoise(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("SQNR by layer", "各层 SQNR")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
