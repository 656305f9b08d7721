import Compression
import Curriculum
import Lab
import NeuralNetwork
import TerminalCanvas

/// The lower part of the lab: histogram, curve, flipped images and layers.
struct LabPlots {
  /// The lab's state.
  let screen: LabScreen
  /// What all screens share.
  let context: TutorContext

  private var isEnglish: Bool { context.language == .english }

  private var isHidden: Bool { screen.prediction.hidesResults(of: screen.recipe) }

  /// Draws a framed panel and returns the cells inside it.
  func panel(
    _ title: String, right: String = "", into canvas: inout Canvas, in rect: Rect
  ) -> Rect {
    canvas.draw(Frame(title: title, rightText: right), in: rect, glyphs: context.glyphs)
    return Frame.inner(of: rect)
  }

  /// Writes a muted text.
  func note(_ text: String, into canvas: inout Canvas, in rect: Rect) {
    for (row, line) in TextWrapping.wrap(
      text, style: .role(.muted), width: max(1, rect.width)
    ).enumerated() {
      canvas.write(line, row: row, of: rect, glyphs: context.glyphs)
    }
  }

  // MARK: Histogram

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

  // MARK: Curve

  /// The accuracy against the moved knob.
  func drawCurve(into canvas: inout Canvas, in rect: Rect) {
    guard let key = RecipeKey.named(screen.curve.key) else { return }
    let title =
      isEnglish
      ? "accuracy against \(key.name)" : "精度随 \(key.name) 的变化"
    let inner = panel(title, into: &canvas, in: rect)
    guard !screen.prediction.isOpen else {
      note(
        context.text(Phrase("The curve comes after your guess.", "猜过之后才显示曲线。")), into: &canvas,
        in: inner)
      return
    }
    canvas.draw(plot(along: key), in: inner, glyphs: context.glyphs)
    if !screen.sweepsByItself, screen.curve.points.count < 2 {
      canvas.write(
        [
          StyledRun(
            context.text(Phrase("s draws it, training at every point", "按 s 绘制：每个点都要训练")),
            .role(.muted))
        ], row: 0, of: inner, alignment: .right, glyphs: context.glyphs)
    }
  }

  private func plot(along key: RecipeKey) -> LinePlot {
    let current = key.read(screen.recipe)
    let isShare = if case .fraction = key.kind { true } else { false }
    // Numbers stand at their value; names and bit-widths are categories in the knob's order.
    let positions = Knob(key, for: screen.recipe).positions
    func x(of value: String) -> Double? {
      isShare ? Double(value) : positions.firstIndex(of: value).map(Double.init)
    }
    let points = screen.curve.points.compactMap { value, point in
      x(of: value).map {
        (x: $0, point: point)
      }
    }.sorted { $0.x < $1.x }
    let exact = points.filter(\.point.isExact)
    let series = PlotSeries(
      role: .series1,
      points: points.map { PlotPoint(x: $0.x, y: $0.point.accuracy * 100) }, stroke: .solid,
      marksPoints: !isShare || exact.count < 12)
    var baselines: [PlotMark] = []
    if case .ready(let facts) = context.laboratory {
      baselines = [PlotMark(facts.baselineAccuracy * 100, role: .good)]
    }
    var markers: [PlotMark] = []
    if let x = x(of: current) { markers = [PlotMark(x, role: .warning)] }
    let xAxis =
      if case .fraction(let range) = key.kind {
        PlotAxis(range: range)
      } else {
        PlotAxis(categories: positions.map(Self.shortName))
      }
    return LinePlot(
      series: [series], xAxis: xAxis, yAxis: PlotAxis(label: "%", range: 0...100),
      baselines: baselines, markers: markers, hasLegend: false)
  }

  /// A category's name that fits below its tick.
  private static func shortName(_ value: String) -> String {
    value.replacing("percentile:", with: "p").replacing("group:", with: "g")
  }

  // MARK: Flips

  /// Test images whose prediction differs from the uncompressed network's.
  func drawFlips(into canvas: inout Canvas, in rect: Rect) {
    let count = screen.measurement?.outcome.flips.count
    let inner = panel(
      isEnglish ? "flipped images" : "预测翻转的图像", right: count.map(String.init) ?? "", into: &canvas,
      in: rect)
    guard case .ready(let facts) = context.laboratory, let measurement = screen.measurement,
      !isHidden
    else {
      note("…", into: &canvas, in: inner)
      return
    }
    if measurement.outcome.flips.isEmpty {
      note(
        context.text(
          Phrase("No prediction differs from the baseline's.", "没有任何预测与基线不同。")), into: &canvas,
        in: inner)
      return
    }
    let side = max(1, min(28, (inner.height - 1) * 2))
    let cellWidth = max(side, 22) + 2
    for (index, flip) in measurement.outcome.flips.prefix(max(0, (inner.width + 2) / cellWidth))
      .enumerated()
    {
      let x = inner.x + index * cellWidth
      let picture = GrayImage(
        pixels: Array(facts.testSet.image(flip.image)), width: facts.testSet.width,
        height: facts.testSet.height, usesCharacters: !context.terminalHasShades)
      canvas.draw(
        picture, in: Rect(x: x, y: inner.y, width: side, height: inner.height - 1),
        glyphs: context.glyphs)
      canvas.write(
        caption(of: flip), row: 0,
        of: Rect(x: x, y: inner.maxY - 1, width: cellWidth - 1, height: 1), glyphs: context.glyphs)
    }
  }

  private func caption(of flip: Outcome.Flip) -> StyledLine {
    let truth = flip.label
    let names = FashionMNIST.classNames
    return [
      StyledRun(
        names[flip.before], .role(flip.before == truth ? .good : .muted)),
      StyledRun(String(context.glyphs.rightwards), .role(.muted)),
      StyledRun(names[flip.after], .role(flip.after == truth ? .good : .bad)),
    ]
  }

  // MARK: Layers

  /// What was done to each kernel, and which classes lost most.
  func drawLayers(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(isEnglish ? "layers" : "各层", into: &canvas, in: rect)
    guard let measurement = screen.measurement, !isHidden else {
      note("…", into: &canvas, in: inner)
      return
    }
    let headers = [
      Phrase("kernel", "权重"), Phrase("shape", "形状"), Phrase("bits", "位宽"),
      Phrase("zeros", "零的个数"), Phrase("sparsity", "稀疏度"), Phrase("SQNR", "SQNR"),
    ].map { [StyledRun(context.text($0), .role(.heading, bold: true))] }
    let rows = measurement.size.layers.map { layer -> [StyledLine] in
      [
        [StyledRun(layer.name, .role(.code))],
        [StyledRun(layer.shape.map(String.init).joined(separator: "×"))],
        [StyledRun("\(layer.bits)")],
        [StyledRun(ClaimText.grouped(layer.zeros))],
        [StyledRun(ClaimText.percent(layer.sparsity))],
        [
          StyledRun(
            layer.signalToNoise.isFinite
              ? ClaimText.value(layer.signalToNoise, of: "sqnr")
              : context.glyphs == .unicode ? "∞" : "inf")
        ],
      ]
    }
    var lines = Table(
      headers: headers, rows: rows, alignments: [.left, .left, .right, .right, .right, .right]
    ).lines(width: inner.width, glyphs: context.glyphs)
    lines += [[]] + changedClasses(measurement)
    for (row, line) in lines.enumerated() {
      canvas.write(line, row: row, of: inner, glyphs: context.glyphs)
    }
  }

  /// The most frequent changes of prediction, largest first.
  private func changedClasses(_ measurement: Measurement) -> [StyledLine] {
    let names = FashionMNIST.classNames
    var counts: [[Int]: Int] = [:]
    for flip in measurement.outcome.flips { counts[[flip.before, flip.after], default: 0] += 1 }
    let largest = counts.sorted {
      ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1])
    }
    return [
      [
        StyledRun(
          context.text(Phrase("What changed most", "变化最多的预测")), .role(.heading, bold: true))
      ]
    ]
      + largest.prefix(8).map { pair, count in
        [
          StyledRun(
            TextFitting.pad(String(count), to: 6, alignment: .right) + "  ", .role(.accent)),
          StyledRun(
            "\(names[pair[0]]) \(context.glyphs.rightwards) \(names[pair[1]])"),
        ]
      }
  }
}
