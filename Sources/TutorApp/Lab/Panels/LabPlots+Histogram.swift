import Lab
import Localization
import Presentation
import TerminalCanvas

extension LabPlots {
  /// The weights of a kernel, with the levels that the quantizer leaves them below.
  func drawHistogram(into canvas: inout Canvas, in rect: Rect) {
    let histogram = screen.histograms[screen.layer]
    // While a recipe is worked on, the weights of the one before stay as a shape without figures.
    let isCurrent = screen.areHistogramsCurrent
    let inner = panel(
      titles: [screen.layer], rights: isCurrent ? histogram.map(readings) ?? [""] : ["…"],
      into: &canvas, in: rect)
    guard let histogram, isCurrent || !screen.takesSeconds else {
      let isLoading = if case .ready = context.laboratory { false } else { true }
      note(isLoading ? context.text(Phrases.loadingNetwork) : "…", into: &canvas, in: inner)
      return
    }
    guard isCurrent else {
      canvas.draw(
        Histogram(counts: histogram.counts, range: histogram.range, isLogarithmic: true),
        in: inner.height >= 7 ? inner.splitBottom(1).rest : inner, glyphs: context.glyphs)
      return
    }
    var plot = Histogram(
      counts: histogram.counts, range: histogram.range, gridLevels: histogram.levels,
      clipping: histogram.clipping, isLogarithmic: true)
    // The weight that stretches the axis gets an arrow where it is far out.
    if isOutlier(histogram) { plot.outlier = histogram.extreme }
    var bars = inner
    if inner.height >= 7 {
      bars = footer(
        extremes(of: histogram, width: inner.width), into: &canvas, in: inner)
    }
    canvas.draw(plot, in: bars, glyphs: context.glyphs)
  }

  private func isOutlier(_ histogram: WeightHistogram) -> Bool {
    abs(histogram.extreme) > 6 * histogram.deviation && histogram.deviation > 0
  }

  /// The number of levels and the step between them, the longest form first.
  private func readings(of histogram: WeightHistogram) -> [String] {
    guard let step = histogram.step else { return [isEnglish ? "float" : "浮点", ""] }
    let stepText = context.text(Phrase("step ", "步长 ")) + Self.significant(step)
    guard !histogram.levels.isEmpty else { return [stepText, ""] }
    let levels = context.text(
      Phrase("\(histogram.levels.count) levels", "\(histogram.levels.count) 级"))
    return ["\(levels), \(stepText)", levels, ""]
  }

  private func extremes(of histogram: WeightHistogram, width: Int) -> StyledLine {
    let ratio = histogram.deviation > 0 ? abs(histogram.extreme) / histogram.deviation : 0
    let times = NumberText.fixed(ratio, decimals: 1)
    let extreme = Self.significant(histogram.extreme)
    let largest = StyledRun(
      context.text(
        Phrase("largest \(extreme) = \(times) \(rms)", "最大权重 \(extreme) = \(times) \(rms)")),
      .role(isOutlier(histogram) ? .bad : .muted))
    guard histogram.zeros > 0 else { return [largest] }
    let zeros = NumberText.grouped(histogram.zeros)
    let pruned = StyledRun(
      context.text(Phrase("  \(zeros) pruned", "  剪去 \(zeros) 个")), .role(.muted))
    return fitting([[largest, pruned], [largest]], width: width)
  }

  /// The sign of the root of the mean square.
  private var rms: String { context.glyphs == .unicode ? "σ" : "rms" }

  /// A number with about three digits that count.
  private static func significant(_ value: Double) -> String {
    let size = abs(value)
    return NumberText.fixed(value, decimals: size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4)
  }
}
