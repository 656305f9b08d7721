import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// The accuracy against the moved knob, with its band, the baseline's, the expected curve and the
/// guess.
struct CurvePanel: LabPanel {
  let name = "curve"

  func needs(_ session: LabSession) -> [LabRequest] {
    session.sweepsByItself ? [session.sweepRequest] : []
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    let name = inputs.session.curve.key.name
    return [
      inputs.text(Phrase("accuracy against \(name)")), name,
      inputs.text(Phrase("accuracy")),
    ]
  }

  /// What was measured where the knob stands, after how far the sweep is while it goes on.
  func readings(_ inputs: PanelInputs) -> [String] {
    let readings = pointReadings(inputs)
    let progress = inputs.session.results.sweepText(.curve)
    guard !progress.isEmpty else { return readings }
    return readings.map { "\(progress)  \($0)" } + [progress] + readings
  }

  private func pointReadings(_ inputs: PanelInputs) -> [String] {
    let curve = inputs.session.curve
    let value = curve.key.read(inputs.session.recipe)
    guard let point = curve.points[value] else { return [] }
    let accuracy =
      (point.isExact ? "" : "≈") + QuantityFormat.percent(point.accuracy)
    let name = KnobRow.text(value, of: curve.key)
    guard let band = point.band else { return ["\(name): \(accuracy)", accuracy] }
    let full = "\(accuracy) ±\(QuantityFormat.points(band.halfWidth))"
    return ["\(name): \(full)", full, accuracy]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The curve comes after your guess.")
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let session = inputs.session
    let axis = KnobAxis(key: session.curve.key, recipe: session.recipe)
    canvas.draw(plot(along: axis, width: rect.width, inputs), in: rect)
    if !session.sweepsByItself, session.curve.points.count < 2 {
      canvas.write(
        [inputs.muted(Phrase("s draws it, training at every point"))], row: 0, of: rect,
        alignment: .right)
    }
  }

  /// The plot; where it is narrow, band and baseline have no names so that guess and expectation do.
  private func plot(along axis: KnobAxis, width: Int, _ inputs: PanelInputs) -> LinePlot {
    let isNarrow = width < 56
    let points = inputs.session.curve.points.compactMap { value, point in
      axis.position(of: value).map { (x: $0, point: point) }
    }.sorted { $0.x < $1.x }
    let measured = points.map { x, point in
      PlotPoint(
        x: x, y: point.accuracy * 100,
        band: point.band.map { $0.lower * 100...max($0.lower, $0.upper) * 100 })
    }
    let band = Self.bandSeries(
      isNarrow ? "" : inputs.text(Phrase("95 % band")), measured)
    var curve = PlotSeries(
      role: .series1, points: measured.map { PlotPoint(x: $0.x, y: $0.y) },
      marksPoints: !axis.isShare || points.count < 24)
    curve.asciiMark = "*"
    let series =
      [baselineBand(along: axis, inputs), band] + expectedSeries(along: axis, inputs) + [curve]
      + guessSeries(along: axis, inputs)
    let baselines = inputs.baselineMarks(
      name: isNarrow ? "" : inputs.text(Phrase("baseline")))
    let heights =
      series.flatMap(\.points).flatMap { [$0.y, $0.band?.lowerBound ?? $0.y] }
      + baselines.map(\.value)
    return LinePlot(
      series: series, xAxis: axis.axis,
      yAxis: PlotAxis(label: "%", range: Self.range(of: heights)), baselines: baselines,
      markers: inputs.knobMarks(on: axis))
  }

  /// An axis in steps of ten up to the top of what is shown: where everything lies near the baseline,
  /// its bands can be seen.
  private static func range(of heights: [Double]) -> ClosedRange<Double> {
    let least = max(0, ((heights.min() ?? 0) / 10).rounded(.down) * 10)
    let most = min(100, ((heights.max() ?? 100) / 10).rounded(.up) * 10)
    return most - least < 10 ? max(0, most - 10)...most : least...most
  }

  private static func bandSeries(_ name: String, _ points: [PlotPoint]) -> PlotSeries {
    var series = PlotSeries(name, role: .grid, points: points, stroke: .none)
    series.fillsBand = true
    series.asciiMark = "."
    return series
  }

  /// How far the baseline's own accuracy may lie on other images.
  private func baselineBand(along axis: KnobAxis, _ inputs: PanelInputs) -> PlotSeries {
    guard let facts = inputs.facts else { return Self.bandSeries("", []) }
    let band = AccuracyBand.wilson(correct: facts.baselineCorrect, images: facts.testSet.count)
    let ends = axis.ends
    return Self.bandSeries(
      "",
      [ends.lowerBound, ends.upperBound].map {
        PlotPoint(x: $0, y: band.estimate * 100, band: band.lower * 100...band.upper * 100)
      })
  }

  /// What the lesson expects along its own knob, dotted.
  private func expectedSeries(along axis: KnobAxis, _ inputs: PanelInputs) -> [PlotSeries] {
    guard !inputs.expectation.isEmpty else { return [] }
    var series = PlotSeries(
      inputs.text(Phrase("expected")), role: .series3,
      points: inputs.expectation.compactMap { point in
        axis.position(of: point.value).map { PlotPoint(x: $0, y: point.accuracy * 100) }
      }.sorted { $0.x < $1.x }, stroke: .dotted)
    series.asciiMark = ","
    return [series]
  }

  /// The guess where it was made.
  private func guessSeries(along axis: KnobAxis, _ inputs: PanelInputs) -> [PlotSeries] {
    let session = inputs.session
    guard inputs.isQualityGuessed, let (target, guess) = session.prediction.guessMade,
      session.curve.contains(target), let x = axis.position(of: axis.key.read(target))
    else { return [] }
    var series = PlotSeries(
      inputs.text(Phrase("your guess")), role: .accent,
      points: [PlotPoint(x: x, y: guess * 100)], stroke: .none, marksPoints: true)
    series.mark = "◇"
    series.asciiMark = "?"
    return [series]
  }
}
