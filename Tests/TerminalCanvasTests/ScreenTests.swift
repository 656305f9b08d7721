import Testing

@testable import TerminalCanvas

/// A screen made of most widgets, as the laboratory of the tutor is.
@Suite struct ScreenTests {
  private func screen(width: Int, height: Int, glyphs: GlyphSet) -> Canvas {
    var canvas = Canvas(width: width, height: height, glyphs: glyphs)
    let bounds = canvas.bounds
    canvas.draw(
      Frame(title: "1 Quantization ── Lab", rightText: "en", isFocused: true), in: bounds)
    let keys = KeyBar(
      [.init("←→", "turn"), .init("↑↓", "choose"), .init("p", "predict"), .init("q", "back")],
      isFilled: false)
    canvas.draw(
      keys, in: bounds.splitBottom(1).bottom.inset(horizontally: 2))

    let (upper, lower) = Frame.inner(of: bounds).inset(horizontally: 1).splitTop(4)
    let halves = upper.columns(weights: [1, 1], gap: 2)
    let rows = halves[0].rows(weights: [1, 1, 1, 1])
    let controls: [any Widget] = [
      Slider(
        label: "weights.bits", valueText: "4", position: 3 / 7, isFocused: true, valueWidth: 5),
      ChoiceBar(label: "granularity", options: ["tensor", "channel"], selection: 1),
      Slider(label: "prune.sparsity", valueText: "0 %", position: 0, valueWidth: 5),
      Slider(label: "activations.bits", valueText: "32", position: 1, valueWidth: 5),
    ]
    for (widget, row) in zip(controls, rows) { canvas.draw(widget, in: row) }
    canvas.draw(
      Gauge(
        title: "accuracy", valueText: "90.80 %", value: 0.908, band: 0.9023...0.9137,
        baseline: 0.9098, detail: [StyledRun("±0.57", .role(.muted))],
        caption: [StyledRun("baseline 90.98 %", .role(.muted))], titleWidth: 8),
      in: halves[1])

    let panels = lower.columns(weights: [2, 2], gap: 2)
    canvas.draw(
      Histogram(
        title: "dense/kernel", counts: [1, 2, 5, 12, 30, 61, 90, 99, 90, 61, 30, 12, 5, 2, 1],
        range: -0.3...0.3, gridLevels: (-7...7).map { Double($0) * 0.04 }), in: panels[0])
    canvas.draw(
      LinePlot(
        title: "accuracy",
        series: [
          PlotSeries(
            points: zip([2, 3, 4, 5, 6, 7, 8], [0.31, 0.88, 0.908, 0.909, 0.91, 0.91, 0.91])
              .map { PlotPoint(x: $0, y: $1) })
        ], xAxis: PlotAxis(), yAxis: PlotAxis(range: 0...1), markers: [PlotMark(4, role: .accent)]),
      in: panels[1])
    return canvas
  }

  @Test func widgetsMakeAScreen() {
    #expect(
      screen(width: 80, height: 16, glyphs: .unicode).text == """
        ┌ 1 Quantization ── Lab ─────────────────────────────────────────────────── en ┐
        │ weights.bits       ◀ ━━━●──── ▶ 4      accuracy 90.80 %  ±0.57               │
        │ granularity        tensor [channel]    █████████████████████████████████│    │
        │ prune.sparsity     ◀ ●─────── ▶ 0 %    baseline 90.98 %                      │
        │ activations.bits   ◀ ━━━━━━━● ▶ 32                                           │
        │ dense/kernel                   max 99  accuracy                              │
        │                ▃▃▃██▃▃▃                1.0┤     ⢀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤ │
        │                ████████                   │    ⡠⠃     ┊                      │
        │              ▃▃████████▃▃                 │   ⡔⠁      ┊                      │
        │              ████████████              0.5┤ ⢠⠊        ┊                      │
        │           ▁▁▁████████████▁▁▁              │⡰⠁         ┊                      │
        │           ██████████████████              │           ┊                      │
        │ ▁▁▁▁▁▃▃▃▇▇██████████████████▇▇▃▃▃▁▁▁▁  0.0┤           ┊                      │
        │  ╷ ╷  ╷ ╷  ╷ ╷  ╷ ╷ ╷  ╷ ╷  ╷ ╷  ╷ ╷      └┬──────────┬─────────┬──────────┬ │
        │     -0.2         0.0         0.2           2          4         6          8 │
        └─←→ turn──↑↓ choose──p predict──q back────────────────────────────────────────┘
        """)
  }

  @Test func theSameScreenInASCII() {
    let plain = screen(width: 80, height: 16, glyphs: .ascii).transliterated(to: .ascii)
    #expect(
      plain.text == """
        + 1 Quantization -- Lab --------------------------------------------------- en +
        | weights.bits       < ===O---- > 4      accuracy 90.80 %  ~0.57               |
        | granularity        tensor [channel]    #################################|    |
        | prune.sparsity     < O------- > 0 %    baseline 90.98 %                      |
        | activations.bits   < =======O > 32                                           |
        | dense/kernel                   max 99  accuracy                              |
        |                ...##...                1.0+     ............................ |
        |                ########                   |    ..     :                      |
        |              ..########..                 |   :.      :                      |
        |              ############              0.5+ ..        :                      |
        |           ...############...              |:.         :                      |
        |           ##################              |           :                      |
        | ........++##################++.......  0.0+           :                      |
        |  ' '  ' '  ' '  ' ' '  ' '  ' '  ' '      ++----------+---------+----------+ |
        |     -0.2         0.0         0.2           2          4         6          8 |
        +-<> turn--^v choose--p predict--q back----------------------------------------+
        """)
  }

  @Test(arguments: [(0, 0), (1, 1), (10, 3), (20, 5), (40, 12), (300, 90)])
  func theScreenTakesAnySize(size: (Int, Int)) {
    for glyphs in GlyphSet.allCases {
      let canvas = screen(width: size.0, height: size.1, glyphs: glyphs)
      #expect(canvas.lines.count == size.1)
      #expect(canvas.lines.allSatisfy { TextWidth.width(of: $0) <= size.0 })
    }
  }
}
