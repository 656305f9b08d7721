import Lab
import TerminalCanvas

extension LabPlots {
  /// The weights of a kernel, with the levels that the quantizer leaves them below.
  func drawHistogram(into canvas: inout Canvas, in rect: Rect) {
    let histogram = screen.histograms[screen.layer]
    let levels = histogram.map(levelText) ?? ""
    let inner = panel(screen.layer, right: levels, into: &canvas, in: rect)
    guard let histogram else {
      note(context.text(Phrases.loadingNetwork), into: &canvas, in: inner)
      return
    }
    canvas.draw(
      Histogram(
        counts: histogram.counts, range: histogram.range, gridLevels: histogram.levels,
        clipping: histogram.clipping, isLogarithmic: true), in: inner, glyphs: context.glyphs)
  }

  private func levelText(_ histogram: WeightHistogram) -> String {
    guard !histogram.levels.isEmpty else { return isEnglish ? "float" : "浮点" }
    return isEnglish ? "\(histogram.levels.count) levels" : "\(histogram.levels.count) 级"
  }
}
