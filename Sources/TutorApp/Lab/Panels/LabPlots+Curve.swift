import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

extension LabPlots {
  /// The accuracy against the moved knob, with its band, the baseline's, the expected curve and the
  /// guess.
  func drawCurve(into canvas: inout Canvas, in rect: Rect) {
    guard let key = Knob.named(screen.curve.key) else { return }
    let isOpen = screen.prediction.isOpen
    let inner = panel(
      titles: [
        context.text(Phrase("accuracy against \(key.name)", "精度随 \(key.name) 的变化")), key.name,
        context.text(Phrase("accuracy", "精度")),
      ], rights: isOpen ? [""] : progressed(readings(of: key)), into: &canvas, in: rect)
    guard !isOpen else {
      note(
        context.text(Phrase("The curve comes after your guess.", "猜过之后才显示曲线。")), into: &canvas,
        in: inner)
      return
    }
    canvas.draw(
      plot(along: KnobAxis(key: key, recipe: screen.recipe), width: inner.width), in: inner,
      glyphs: context.glyphs)
    if !screen.sweepsByItself, screen.curve.points.count < 2 {
      canvas.write(
        [
          StyledRun(
            context.text(Phrase("s draws it, training at every point", "按 s 绘制：每个点都要训练")),
            .role(.muted))
        ], row: 0, of: inner, alignment: .right, glyphs: context.glyphs)
    }
  }

  /// Readings with how far the sweep is before them, while it goes on.
  private func progressed(_ readings: [String]) -> [String] {
    let progress = screen.live.sweepText(.curve)
    guard !progress.isEmpty else { return readings }
    return readings.map { $0.isEmpty ? progress : "\(progress)  \($0)" } + readings
  }

  /// What was measured where the knob stands, the longest form first.
  private func readings(of key: Knob) -> [String] {
    let value = key.read(screen.recipe)
    guard let point = screen.curve.points[value] else { return [""] }
    let accuracy = (point.isExact ? "" : about) + QuantityFormat.percent(point.accuracy)
    let name = KnobRow.text(value, of: key)
    guard let band = point.band else { return ["\(name): \(accuracy)", accuracy, ""] }
    let full = "\(accuracy) \(plusMinus)\(QuantityFormat.points(band.halfWidth))"
    return ["\(name): \(full)", full, accuracy, ""]
  }

  /// The plot; where it is narrow, band and baseline have no names so that guess and expectation do.
  private func plot(along axis: KnobAxis, width: Int) -> LinePlot {
    let isNarrow = width < 56
    let points = screen.curve.points.compactMap { value, point in
      axis.position(of: value).map { (x: $0, point: point) }
    }.sorted { $0.x < $1.x }
    let measured = points.map { x, point in
      PlotPoint(
        x: x, y: point.accuracy * 100,
        band: point.band.map { $0.lower * 100...max($0.lower, $0.upper) * 100 })
    }
    var band = PlotSeries(
      isNarrow ? "" : context.text(Phrase("95 % band", "95 % 误差带")), role: .grid, points: measured,
      stroke: .none)
    band.fillsBand = true
    band.asciiMark = "."
    var curve = PlotSeries(
      role: .series1, points: measured.map { PlotPoint(x: $0.x, y: $0.y) },
      marksPoints: !axis.isShare || points.count < 24)
    curve.asciiMark = "*"
    let series =
      [baselineBand(along: axis), band] + expectedSeries(along: axis) + [curve]
      + guessSeries(along: axis)
    var baselines: [PlotMark] = []
    if case .ready(let facts) = context.laboratory {
      baselines = [
        PlotMark(
          facts.baselineAccuracy * 100,
          name: isNarrow ? "" : context.text(Phrase("baseline", "基线")),
          role: .good)
      ]
    }
    var markers: [PlotMark] = []
    if let x = axis.position(of: axis.key.read(screen.recipe)) {
      markers = [PlotMark(x, role: .warning)]
    }
    let heights =
      series.flatMap(\.points).flatMap { [$0.y, $0.band?.lowerBound ?? $0.y] }
      + baselines.map(\.value)
    return LinePlot(
      series: series, xAxis: axis.axis,
      yAxis: PlotAxis(label: "%", range: Self.range(of: heights)), baselines: baselines,
      markers: markers)
  }

  /// An axis in steps of ten up to the top of what is shown: where everything lies near the baseline,
  /// its bands can be seen.
  private static func range(of heights: [Double]) -> ClosedRange<Double> {
    let least = max(0, ((heights.min() ?? 0) / 10).rounded(.down) * 10)
    let most = min(100, ((heights.max() ?? 100) / 10).rounded(.up) * 10)
    return most - least < 10 ? max(0, most - 10)...most : least...most
  }

  /// How far the baseline's own accuracy may lie on other images.
  private func baselineBand(along axis: KnobAxis) -> PlotSeries {
    var series = PlotSeries(role: .grid, points: [], stroke: .none)
    series.fillsBand = true
    series.asciiMark = "."
    guard case .ready(let facts) = context.laboratory else { return series }
    let band = AccuracyBand.wilson(correct: facts.baselineCorrect, images: facts.testSet.count)
    let ends = axis.ends
    series.points = [ends.lowerBound, ends.upperBound].map {
      PlotPoint(x: $0, y: band.estimate * 100, band: band.lower * 100...band.upper * 100)
    }
    return series
  }

  /// What the lesson expects along its own knob, dotted.
  private func expectedSeries(along axis: KnobAxis) -> [PlotSeries] {
    let expected = screen.expectation(context)
    guard !expected.isEmpty else { return [] }
    var series = PlotSeries(
      context.text(Phrase("expected", "预期")), role: .series3,
      points: expected.compactMap { point in
        axis.position(of: point.value).map { PlotPoint(x: $0, y: point.accuracy * 100) }
      }.sorted { $0.x < $1.x }, stroke: .dotted)
    series.asciiMark = ","
    return [series]
  }

  /// The guess where it was made.
  private func guessSeries(along axis: KnobAxis) -> [PlotSeries] {
    guard screen.guessed.isQuality, let (target, guess) = guessMade, screen.curve.contains(target),
      let x = axis.position(of: axis.key.read(target))
    else { return [] }
    var series = PlotSeries(
      context.text(Phrase("your guess", "你的猜测")), role: .accent,
      points: [PlotPoint(x: x, y: guess * 100)], stroke: .none, marksPoints: true)
    series.mark = "◇"
    series.asciiMark = "?"
    return [series]
  }

  private var guessMade: (target: Recipe, guess: Double)? {
    switch screen.prediction {
    case .waiting(let target, let guess), .resolved(let target, let guess, _): (target, guess)
    case .none, .arming, .asking: nil
    }
  }
}

extension LabScreen {
  /// The curve that the experiment expects of the built-in network, if the curve that is shown is the
  /// experiment's.
  func expectation(_ context: TutorContext) -> [ExpectedPoint] {
    guard let experiment = experiment(context), experiment.sweep == curve.key,
      curve.contains(startingRecipe), context.laboratorySource.isBuiltIn
    else { return [] }
    return experiment.expectation
  }
}
