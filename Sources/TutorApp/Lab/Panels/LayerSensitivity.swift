import Compression
import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

/// How much each layer alone minds being rounded: accuracy against its bits.
struct LayerSensitivity: Sendable, Hashable {
  /// The recipe that the points vary; nil before the first.
  private(set) var base: Recipe?
  /// The layers in file order.
  private(set) var layers: [String] = []
  private var points: [String: [Int: CurvePoint]] = [:]

  /// Forgets the points of another recipe.
  mutating func begin(with recipe: Recipe) {
    guard base != recipe else { return }
    self = LayerSensitivity()
    base = recipe
  }

  /// Adds a point; an exact one is never replaced by an estimate.
  mutating func add(_ point: CurvePoint, layer: String, bits: Int) {
    if !layers.contains(layer) { layers.append(layer) }
    if let known = points[layer]?[bits], known.isExact, !point.isExact { return }
    points[layer, default: [:]][bits] = point
  }

  /// The accuracy of a layer at a bit-width, if it was measured.
  func point(layer: String, bits: Int) -> CurvePoint? { points[layer]?[bits] }
}

extension LabPlots {
  /// The accuracy with one layer rounded, a curve for each layer.
  func drawSensitivity(into canvas: inout Canvas, in rect: Rect) {
    let inner = panel(
      context.text(Phrase("one layer rounded at a time", "每次只量化一层")),
      right: screen.live.sweepText(.layers), into: &canvas, in: rect)
    guard !screen.prediction.isOpen else {
      note(
        context.text(Phrase("The curves come after your guess.", "猜过之后才显示曲线。")), into: &canvas,
        in: inner)
      return
    }
    guard !screen.takesSeconds else {
      note(
        context.text(
          Phrase(
            "Every point would train or optimise for seconds: turn finetune.epochs to 0 and weights.rounding to nearest.",
            "每个点都要训练或优化几秒：请把 finetune.epochs 设为 0，把 weights.rounding 设为 nearest。")),
        into: &canvas, in: inner)
      return
    }
    let sensitivity = screen.sensitivity
    guard sensitivity.base == screen.recipe, !sensitivity.layers.isEmpty else {
      note("…", into: &canvas, in: inner)
      return
    }
    // Colours and strokes go round at different times, so that nine layers look different.
    let roles: [Role] = [.series1, .series2, .series3]
    let strokes: [PlotSeries.Stroke] = [.solid, .dashed, .dotted]
    let series = sensitivity.layers.enumerated().map { index, layer in
      PlotSeries(
        layer, role: roles[index % roles.count],
        points: LayerScan.bits.enumerated().compactMap { x, bits in
          sensitivity.point(layer: layer, bits: bits).map {
            PlotPoint(x: Double(x), y: $0.accuracy * 100)
          }
        }, stroke: strokes[(index + index / 3) % 3], marksPoints: true)
    }
    var baselines: [PlotMark] = []
    if case .ready(let facts) = context.laboratory {
      baselines = [PlotMark(facts.baselineAccuracy * 100, role: .good)]
    }
    canvas.draw(
      LinePlot(
        series: series,
        xAxis: PlotAxis(categories: LayerScan.bits.map(String.init)),
        yAxis: PlotAxis(label: "%", range: 0...100), baselines: baselines), in: inner,
      glyphs: context.glyphs)
  }
}
