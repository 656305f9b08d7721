import TerminalCanvas

extension LabPlots {
  /// The filters of the convolution.
  func drawFilters(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("filters", "卷积核")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
