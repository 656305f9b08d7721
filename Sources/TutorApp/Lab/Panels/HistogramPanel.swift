import Lab
import Localization
import Presentation
import TerminalCanvas

/// The weights of a kernel, with the levels that the quantizer leaves them below.
///
/// While a recipe is worked on, the weights of the one before stay as a shape without figures.
struct HistogramPanel: LabPanel {
  let name = "histogram"
  let hiding = PanelHiding.nothing

  func titles(_ inputs: PanelInputs) -> [String] { [inputs.session.kernels.shown] }

  /// The number of levels and the step between them.
  func readings(_ inputs: PanelInputs) -> [String] {
    guard inputs.session.kernels.isCurrent else { return ["…"] }
    guard let histogram = inputs.session.kernels.histogram else { return [] }
    guard let step = histogram.step else { return [inputs.text(Phrase("float"))] }
    let stepText = inputs.text(Phrase("step ")) + Self.significant(step)
    let count = histogram.levels.count
    guard count > 0 else { return [stepText] }
    let levels = inputs.text(Phrase("\(count) levels"))
    return ["\(levels), \(stepText)", levels]
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    let session = inputs.session
    if session.kernels.histogram != nil, session.kernels.isCurrent || !session.takesSeconds {
      return nil
    }
    return inputs.facts == nil ? Phrases.loadingNetwork : .waiting
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let histogram = inputs.session.kernels.histogram else { return }
    var plot = Histogram(
      counts: histogram.counts, range: histogram.range, isLogarithmic: true)
    var footer: StyledLine = []
    if inputs.session.kernels.isCurrent {
      plot.gridLevels = histogram.levels
      plot.clipping = histogram.clipping
      // The weight that stretches the axis gets an arrow where it is far out.
      if Self.hasOutlier(histogram) { plot.outlier = histogram.extreme }
      footer = Self.extremes(of: histogram, width: rect.width, inputs)
    }
    let bars =
      rect.height >= 7 ? canvas.writeFooter([footer], in: rect) : rect
    canvas.draw(plot, in: bars)
  }

  private static func hasOutlier(_ histogram: WeightHistogram) -> Bool {
    abs(histogram.extreme) > 6 * histogram.deviation && histogram.deviation > 0
  }

  private static func extremes(
    of histogram: WeightHistogram, width: Int, _ inputs: PanelInputs
  ) -> StyledLine {
    let ratio = histogram.deviation > 0 ? abs(histogram.extreme) / histogram.deviation : 0
    let size =
      "\(significant(histogram.extreme)) = \(NumberText.fixed(ratio, decimals: 1)) "
      + (inputs.glyphs == .unicode ? "σ" : "rms")
    let largest = StyledRun(
      inputs.text(Phrase("largest \(size)")), .role(hasOutlier(histogram) ? .bad : .muted))
    guard histogram.zeros > 0 else { return [largest] }
    let zeros = NumberText.grouped(histogram.zeros)
    let pruned = inputs.muted(Phrase("  \(zeros) pruned"))
    return PanelInputs.fitting([[largest, pruned], [largest]], width: width)
  }

  /// A number with about three digits that count.
  private static func significant(_ value: Double) -> String {
    let size = abs(value)
    return NumberText.fixed(value, decimals: size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4)
  }
}
