import TerminalCanvas

extension LabPlots {
  /// The recipe and its control with several seeds.
  func drawSeeds(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(context.text(Phrase("three seeds", "三个种子")), into: &canvas, in: rect)
    note("…", into: &canvas, in: inner)
  }
}
