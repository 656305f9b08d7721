import Compression
import TerminalCanvas

extension LabPlots {
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
}
