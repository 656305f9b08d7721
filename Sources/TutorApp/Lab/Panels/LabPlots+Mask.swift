import TerminalCanvas

extension LabPlots {
  /// Which weights of the kernel are zero.
  func drawMask(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("zeros", "零的分布")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
