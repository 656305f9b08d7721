import Compression
import Lab
import Localization
import TerminalCanvas

/// The error of every layer's weights, as the ratio of signal to noise, with its bits.
struct SignalToNoisePanel: LabPanel {
  let name = "sqnr"
  let hiding = PanelHiding.allButReadings

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("SQNR by layer"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] { ["dB"] }

  func note(_ inputs: PanelInputs) -> Phrase? { inputs.measurement == nil ? .waiting : nil }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let layers = inputs.measurement?.size.layers ?? []
    let highest = layers.map(\.signalToNoise).filter(\.isFinite).max() ?? 0
    let bitsName = inputs.text(Phrase("bit"))
    let items = layers.map { layer in
      let ratio = layer.signalToNoise
      return BarList.Item(
        "\(layer.name.replacing("/kernel", with: "")) \(layer.bits) \(bitsName)",
        value: ratio.isFinite ? max(0, ratio) : 0,
        valueText: ratio.isFinite
          ? NumberText.fixed(ratio, decimals: 1) + " dB" : inputs.text(Phrase("exact")),
        role: ratio < 10 ? .bad : ratio < 20 ? .warning : .series1)
    }
    let sentence = TextWrapping.wrap(
      inputs.text(
        Phrase(
          "Decibels of the weights over their rounding error: a bit is worth about 6 dB; below 10 dB little is left."
        )), style: .role(.muted), width: max(1, rect.width))
    let list =
      rect.height >= items.count + sentence.count
      ? canvas.writeFooter(sentence, atMost: sentence.count, in: rect) : rect
    canvas.draw(BarList(items, maximum: max(50, highest), labelLimit: 26), in: list)
  }
}
