import TerminalCanvas

extension LabPlots {
  /// The bytes of every format.
  func drawBytes(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("bytes by format", "各格式的字节数")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
