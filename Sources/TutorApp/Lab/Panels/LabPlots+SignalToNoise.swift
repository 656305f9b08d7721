import Compression
import Lab
import Localization
import TerminalCanvas

extension LabPlots {
  /// The error of every layer's weights, as the ratio of signal to noise, with its bits.
  func drawSignalToNoise(into canvas: inout Canvas, in rect: Rect) {
    let layers = screen.measurement?.size.layers
    let inner = panel(
      titles: [
        context.text(Phrase("SQNR by layer", "各层 SQNR"))
      ], rights: ["dB", ""], into: &canvas, in: rect)
    guard !waits(for: layers != nil, into: &canvas, in: inner), let layers else { return }
    let highest = layers.map(\.signalToNoise).filter(\.isFinite).max() ?? 0
    let bitsName = context.text(Phrase("bit", "位"))
    let items = layers.map { layer in
      let ratio = layer.signalToNoise
      return BarList.Item(
        "\(layer.name.replacing("/kernel", with: "")) \(layer.bits) \(bitsName)",
        value: ratio.isFinite ? max(0, ratio) : 0,
        valueText: ratio.isFinite
          ? NumberText.fixed(ratio, decimals: 1) + " dB"
          : context.text(Phrase("exact", "无误差")),
        role: ratio < 10 ? .bad : ratio < 20 ? .warning : .series1)
    }
    let sentence = TextWrapping.wrap(
      context.text(
        Phrase(
          "Decibels of the weights over their rounding error: a bit is worth about 6 dB; below 10 dB little is left.",
          "权重能量与舍入误差之比（分贝）：每 1 bit 约值 6 dB；低于 10 dB 时所剩无几。")),
      style: .role(.muted), width: max(1, inner.width))
    var list = inner
    if inner.height >= items.count + sentence.count {
      let (above, below) = inner.splitBottom(sentence.count)
      for (row, line) in sentence.enumerated() {
        canvas.write(line, row: row, of: below, glyphs: context.glyphs)
      }
      list = above
    }
    canvas.draw(
      BarList(items, maximum: max(50, highest), labelLimit: 26), in: list, glyphs: context.glyphs)
  }
}
