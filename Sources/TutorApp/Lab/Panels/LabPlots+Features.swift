import TerminalCanvas

extension LabPlots {
  /// What the convolution makes of an image.
  func drawFeatures(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("feature maps", "特征图")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
