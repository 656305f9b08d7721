import TerminalCanvas

/// Draws a widget on a canvas of its own and returns the rows as one text.
func rendered(
  _ widget: any Widget, width: Int, height: Int, glyphs: GlyphSet = .unicode
) -> String {
  var canvas = Canvas(width: width, height: height, glyphs: glyphs)
  canvas.draw(widget, in: canvas.bounds)
  return canvas.text
}

/// Draws a widget on a canvas of its own.
func canvas(
  of widget: any Widget, width: Int, height: Int, glyphs: GlyphSet = .unicode
) -> Canvas {
  var canvas = Canvas(width: width, height: height, glyphs: glyphs)
  canvas.draw(widget, in: canvas.bounds)
  return canvas
}

/// One widget of each kind, with everything that it can show.
enum Samples {
  /// The widgets by name.
  static let all: [(name: String, widget: any Widget)] = [
    ("Frame", Frame(title: "Lab: 滑动位宽", rightText: "en", isFocused: true)),
    (
      "KeyBar",
      KeyBar([
        .init("←→", "turn"), .init("↑↓", "choose"), .init("p", "predict"), .init("q", "back"),
      ])
    ),
    (
      "ListView", ListView(rows: (1...30).map { [StyledRun("\($0) 量化与剪枝 chapter")] }, selection: 17)
    ),
    ("ScrollBar", ScrollBar(total: 100, visible: 20, offset: 40)),
    (
      "Slider",
      Slider(
        label: "weights.bits", valueText: "4 bits", position: 0.4, isFocused: true,
        marks: [0.1, 0.9])
    ),
    (
      "ChoiceBar",
      ChoiceBar(label: "granularity", options: ["tensor", "channel", "group:32"], selection: 1)
    ),
    (
      "Gauge",
      Gauge(
        title: "accuracy", valueText: "90.80 %", value: 0.908, band: 0.9023...0.9137,
        baseline: 0.9098,
        detail: [StyledRun("▼0.18 ±0.57", .role(.bad))], caption: [StyledRun("baseline 90.98 %")])
    ),
    (
      "BarList",
      BarList([
        .init("dense", value: 348, valueText: "348 KB"),
        .init("csr16", value: 700.5, valueText: "700 KB"),
        .init("霍夫曼", value: 30, valueText: "30 KB"),
      ])
    ),
    (
      "StackedBar",
      StackedBar([
        .init("codes", value: 300, role: .series1), .init("scales", value: 40, role: .series2),
        .init("indices", value: 8, role: .series3),
      ])
    ),
    ("ProgressBar", ProgressBar(label: "measuring", fraction: 0.42)),
    ("ProgressBar unknown", ProgressBar(label: "loading", fraction: nil, phase: 7)),
    ("TextField", TextField(state: TextFieldState("答案 42 percent of the weights"), prompt: "> ")),
    (
      "Table",
      Table(
        headers: [[StyledRun("format")], [StyledRun("bytes")], [StyledRun("说明")]],
        rows: [
          [
            [StyledRun("dense")], [StyledRun("348,160")],
            [StyledRun("packed codes with a scale for each channel")],
          ],
          [[StyledRun("csr16")], [StyledRun("1,024")], [StyledRun("每个非零权重存一个值和一个列号。")]],
        ], alignments: [.left, .right, .left])
    ),
    (
      "LinePlot",
      LinePlot(
        title: "accuracy",
        series: [
          PlotSeries(
            "simulated",
            points: (2...8).map {
              PlotPoint(x: Double($0), y: 0.91 - 0.5 / Double($0 * $0), band: 0.8...0.9)
            }),
          PlotSeries(
            "integer", role: .series2,
            points: (2...8).map {
              PlotPoint(x: Double($0), y: $0 == 5 ? .nan : 0.85 + 0.005 * Double($0))
            }, stroke: .dashed, marksPoints: true),
        ], xAxis: PlotAxis(label: "bits"), baselines: [PlotMark(0.9098, name: "float")],
        markers: [PlotMark(4, role: .accent)])
    ),
    (
      "Histogram",
      Histogram(
        title: "dense/kernel", counts: (0..<100).map { 1 + ($0 * (99 - $0)) }, range: -0.5...0.5,
        gridLevels: (-7...7).map { Double($0) / 20 }, clipping: -0.35...0.35, isLogarithmic: true)
    ),
    ("GrayImage", GrayImage(pixels: (0..<784).map { UInt8($0 % 256) }, width: 28, height: 28)),
    (
      "HeatMap",
      HeatMap(values: (0..<100).map { Double($0 % 21) - 10 }, columns: 10, usesCharacters: true)
    ),
  ]
}
