import Compression
import Lab
import Localization
import TerminalCanvas

/// The bytes of every format against the moved knob, and where each crosses the dense one.
struct CrossingsPanel: LabPanel {
  let name = "crossings"
  let hiding = PanelHiding.allButReadings

  func needs(_ session: LabSession) -> [LabRequest] {
    session.sweepsByItself ? session.weighRequests : []
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    let name = inputs.session.curve.key.name
    return [
      inputs.text(Phrase("bytes against \(name)")),
      inputs.text(Phrase("bytes along the knob")),
    ]
  }

  func readings(_ inputs: PanelInputs) -> [String] { ["KB"] }

  func note(_ inputs: PanelInputs) -> Phrase? {
    guard inputs.session.curve.bytes.isEmpty else { return nil }
    return inputs.session.sweepsByItself
      ? .waiting
      : Phrase("s measures it, training or optimising at every point.")
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let curve = inputs.session.curve
    let axis = KnobAxis(key: curve.key, recipe: inputs.session.recipe)
    let points = curve.bytes.compactMap { value, bytes in
      axis.position(of: value).map { (x: $0, bytes: bytes) }
    }.sorted { $0.x < $1.x }
    let (legend, below) = rect.splitTop(1)
    let plot = plot(points, axis: axis, inputs)
    canvas.write(Self.names(of: plot, width: rect.width, inputs), row: 0, of: legend)
    var rest = below
    if rect.height >= 7 {
      let rows = max(1, rect.height / 7)
      rest = canvas.writeFooter(
        words(
          for: FormatAdvantage.find(points), axis: axis, width: rect.width, atMost: rows, inputs),
        atMost: rows, in: rest)
    }
    canvas.draw(plot, in: rest)
  }

  /// The curves' names, shortened to three letters where there is little room.
  private static func names(of plot: LinePlot, width: Int, _ inputs: PanelInputs) -> StyledLine {
    func line(_ length: Int) -> StyledLine {
      plot.series.enumerated().flatMap { index, series -> StyledLine in
        [
          StyledRun(series.sample(index: index, glyphs: inputs.glyphs), .role(series.role)),
          StyledRun(
            String(series.name.prefix(length)) + (index + 1 < plot.series.count ? " " : ""),
            .role(.muted)),
        ]
      }
    }
    return PanelInputs.fitting([line(10), line(3)], width: width)
  }

  private func plot(
    _ points: [(x: Double, bytes: [StorageFormat: Int])], axis: KnobAxis, _ inputs: PanelInputs
  ) -> LinePlot {
    let roles: [Role] = [.series1, .series2, .series3]
    let strokes: [PlotSeries.Stroke] = [.dashed, .dotted, .solid]
    let marks: [Character] = ["c", "b", "r", "h", "g"]
    func series(
      _ format: StorageFormat, role: Role, stroke: PlotSeries.Stroke, mark: Character
    ) -> PlotSeries {
      var series = PlotSeries(
        format.rawValue, role: role,
        points: points.compactMap { x, bytes in
          bytes[format].map { PlotPoint(x: x, y: Double($0) / 1_000) }
        }, stroke: stroke)
      series.asciiMark = mark
      return series
    }
    let others = StorageFormat.allCases.filter { $0 != .dense }.enumerated().map { index, format in
      series(
        format, role: roles[index % 3], stroke: strokes[(index + index / 3) % 3],
        mark: marks[index % marks.count])
    }
    let highest = points.flatMap { $0.bytes.values }.max() ?? 1
    return LinePlot(
      series: [series(.dense, role: .warning, stroke: .solid, mark: "=")] + others,
      xAxis: axis.axis, yAxis: PlotAxis(range: 0...(Double(highest) / 1_000 * 1.05)),
      markers: inputs.knobMarks(on: axis), hasLegend: false)
  }

  /// Where which format is the shorter one, in a sentence, or with signs where that is too long.
  private func words(
    for advantages: [FormatAdvantage], axis: KnobAxis, width: Int, atMost rows: Int,
    _ inputs: PanelInputs
  ) -> [StyledLine] {
    let sentence =
      advantages.isEmpty
      ? inputs.text(Phrase("No format is shorter than dense here."))
      : inputs.text(Phrase("Shorter than dense: "))
        + advantages.map { inputs.text(Self.words(for: $0, axis: axis)) }
        .joined(separator: inputs.text(Phrase("; ")))
    let lines = TextWrapping.wrap(sentence, style: .role(.text), width: width)
    guard lines.count > rows else { return lines }
    // What crosses says more than what is shorter everywhere.
    let crossing = advantages.filter { !$0.startsShorter || !$0.endsShorter }
    let parts = (crossing.isEmpty ? advantages : crossing).map { Self.signs(for: $0, axis: axis) }
    return TextWrapping.wrap(
      "< dense: " + parts.joined(separator: ", "), style: .role(.text), width: width)
  }

  /// The ends of a stretch as the learner reads them.
  private static func ends(of advantage: FormatAdvantage, axis: KnobAxis) -> (String, String) {
    axis.isShare
      ? (axis.percent(advantage.lower), axis.percent(advantage.upper))
      : (axis.name(at: advantage.first), axis.name(at: advantage.last))
  }

  /// A format and where it is the shorter one, in words.
  private static func words(for advantage: FormatAdvantage, axis: KnobAxis) -> Phrase {
    let format = advantage.format.rawValue
    let (lower, upper) = ends(of: advantage, axis: axis)
    if advantage.startsShorter, advantage.endsShorter {
      return Phrase("\(format) everywhere")
    }
    if lower == upper { return Phrase("\(format) at \(lower)") }
    if axis.isShare, advantage.endsShorter {
      return Phrase("\(format) from \(lower)")
    }
    if axis.isShare, advantage.startsShorter {
      return Phrase("\(format) up to \(upper)")
    }
    return Phrase("\(format) from \(lower) to \(upper)")
  }

  /// The same with signs.
  private static func signs(for advantage: FormatAdvantage, axis: KnobAxis) -> String {
    let format = advantage.format.rawValue
    let (lower, upper) = ends(of: advantage, axis: axis)
    if advantage.startsShorter, advantage.endsShorter { return format }
    if lower == upper { return "\(format): \(lower)" }
    if axis.isShare, advantage.endsShorter { return "\(format) > \(lower)" }
    if axis.isShare, advantage.startsShorter { return "\(format) < \(upper)" }
    return "\(format): \(lower)-\(upper)"
  }
}
