import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas

/// The attempts at a challenge by bytes and accuracy, with the region that its budgets leave.
struct ChallengePlot {
  /// The challenge.
  let challenge: Challenge
  /// All attempts at it.
  let attempts: [ChallengeAttempt]
  /// What the lab shows now, if it does.
  var current: Lab.Measurement?
  /// The learner's language.
  let language: Language
  /// The glyphs to draw with.
  let glyphs: GlyphSet

  /// The bytes at the ends of the axis: the smallest useful file and the uncompressed network's.
  private static let minBytes = 8_000.0
  private static let maxBytes = 3_000_000.0

  /// The marks' meaning on one line.
  var legend: StyledLine {
    var entries = [
      PlotLegend.Entry(glyphs.lightShade, .grid, Phrase("budget")),
      PlotLegend.Entry(glyphs.radioOn, .good, Phrase("met")),
      PlotLegend.Entry("×", .bad, Phrase("missed")),
    ]
    if current != nil {
      entries.append(
        PlotLegend.Entry(glyphs.currentMark, .accent, Phrase("now", context: "recipe")))
    }
    return PlotLegend(entries).line(in: language)
  }

  /// The plot, with the name of its vertical axis where there is room beside the legend.
  private func plot(width: Int) -> ScatterPlot {
    var marks = attempts.sorted { $0.at < $1.at }.map { attempt in
      ScatterPlot.Mark(
        x: PlotAxis.position(Double(attempt.bytes)), y: attempt.accuracy * 100,
        glyph: attempt.isMet ? glyphs.radioOn : "×", role: attempt.isMet ? .good : .bad)
    }
    if let current, let file = current.size.shortest {
      marks.append(
        ScatterPlot.Mark(
          x: PlotAxis.position(Double(file.bytes)), y: current.accuracy * 100,
          glyph: glyphs.currentMark, role: .accent))
    }
    let name = Phrase("accuracy %")(language)
    // Near the budget differences matter, so the axis begins where no budget is far away.
    let low = min(
      marks.map(\.y).min() ?? 80, (challenge.limit(of: "accuracy") ?? 0.85) * 100 - 6, 84)
    let start = max(0, (low / 10).rounded(.down) * 10)
    return ScatterPlot(
      marks: marks,
      xAxis: .logarithmic(
        label: Phrase("bytes of the shortest file")(language),
        range: Self.minBytes...Self.maxBytes),
      yAxis: PlotAxis(
        label: TextWidth.width(of: legend) + TextWidth.width(of: name) + 2 <= width ? name : "%",
        range: start...95),
      regionMaximumX: challenge.limit(of: "bytes").map(PlotAxis.position),
      regionMinimumY: challenge.limit(of: "accuracy").map { $0 * 100 })
  }

  /// Draws the plot with its legend in the first row.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    canvas.draw(plot(width: rect.width), in: rect)
    canvas.write(legend, row: 0, of: rect, alignment: .right)
  }
}
