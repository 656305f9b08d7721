import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

/// What was done to each kernel, and which classes lost most.
struct LayersPanel: LabPanel {
  let name = "layers"
  let span = 2
  let hiding = PanelHiding.ownResult

  func titles(_ inputs: PanelInputs) -> [String] { [inputs.text(Phrase("layers"))] }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase { .waiting }

  func note(_ inputs: PanelInputs) -> Phrase? { inputs.measurement == nil ? .waiting : nil }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let measurement = inputs.measurement else { return }
    let headers = [
      Phrase("kernel"), Phrase("shape"), Phrase("bits", context: "width"),
      Phrase("zeros", context: "count"), Phrase("sparsity"), Phrase(verbatim: "SQNR"),
    ].map { [StyledRun(inputs.text($0), .role(.heading, bold: true))] }
    let rows = measurement.size.layers.map { layer -> [StyledLine] in
      let ratio = layer.signalToNoise
      let cells = [
        layer.shape.map(String.init).joined(separator: "×"), "\(layer.bits)",
        NumberText.grouped(layer.zeroCount), QuantityFormat.percent(layer.sparsity),
        ratio.isFinite ? QuantityUnit.decibels.text(ratio) : inputs.infinity,
      ]
      return [[StyledRun(layer.name, .role(.code))]] + cells.map { [StyledRun($0)] }
    }
    let table = Table(
      headers: headers, rows: rows, alignments: [.left, .left, .right, .right, .right, .right]
    ).lines(width: rect.width, glyphs: inputs.glyphs)
    canvas.write(table + [[]] + changedClasses(measurement, inputs), in: rect)
  }

  /// The most frequent changes of prediction, largest first.
  private func changedClasses(_ measurement: Measurement, _ inputs: PanelInputs) -> [StyledLine] {
    var counts: [[Int]: Int] = [:]
    for flip in measurement.evaluation.flips { counts[[flip.before, flip.after], default: 0] += 1 }
    let largest = counts.sorted {
      ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1])
    }
    let title = inputs.text(Phrase("What changed most"))
    return [[StyledRun(title, .role(.heading, bold: true))]]
      + largest.prefix(8).map { pair, count in
        let names = pair.map(PanelInputs.className)
        return [
          StyledRun(
            TextFitting.pad(String(count), to: 6, alignment: .right) + "  ", .role(.accent)),
          StyledRun("\(names[0]) → \(names[1])"),
        ]
      }
  }
}
