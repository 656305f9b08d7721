import Compression
import Lab
import Localization
import TerminalCanvas

/// The accuracy with one layer rounded, a curve for each layer.
struct SensitivityPanel: LabPanel {
  let name = "sensitivity"

  func needs(_ session: LabSession) -> [LabRequest] {
    session.takesSeconds ? [] : [.scanLayers(of: session.recipe)]
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("one layer rounded at a time"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    [inputs.session.results.sweepText(.layers)]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The curves come after your guess.")
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    let session = inputs.session
    if session.takesSeconds {
      return Phrase(
        "Every point would train or optimise for seconds: turn finetune.epochs to 0 and weights.rounding to nearest."
      )
    }
    return session.sensitivity.base == session.recipe && !session.sensitivity.layers.isEmpty
      ? nil : .waiting
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let sensitivity = inputs.session.sensitivity
    // Colors and strokes go round at different times, so that nine layers look different.
    let roles: [Role] = [.series1, .series2, .series3]
    let strokes: [PlotSeries.Stroke] = [.solid, .dashed, .dotted]
    let series = sensitivity.layers.enumerated().map { index, layer in
      PlotSeries(
        layer, role: roles[index % roles.count],
        points: LayerSensitivity.bits.enumerated().compactMap { x, bits in
          sensitivity.point(layer: layer, bits: bits).map {
            PlotPoint(x: Double(x), y: $0.accuracy * 100)
          }
        }, stroke: strokes[(index + index / 3) % 3], marksPoints: true)
    }
    canvas.draw(
      LinePlot(
        series: series, xAxis: PlotAxis(categories: LayerSensitivity.bits.map(String.init)),
        yAxis: PlotAxis(label: "%", range: 0...100), baselines: inputs.baselineMarks()), in: rect)
  }
}
