import TerminalCanvas

extension LabPlots {
  /// The bytes of every format against the moved knob.
  func drawCrossings(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(
      context.text(Phrase("bytes along the knob", "字节数随旋钮的变化")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
