import TerminalCanvas

extension LabPlots {
  /// The measured times by kernel.
  func drawLatency(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("latency", "延迟")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
