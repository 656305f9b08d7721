import Compression
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

extension LabPlots {
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
        [StyledRun(NumberText.grouped(layer.zeroCount))],
        [StyledRun(QuantityFormat.percent(layer.sparsity))],
        [
          StyledRun(
            layer.signalToNoise.isFinite
              ? QuantityFormat.value(layer.signalToNoise, of: "sqnr")
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
    for flip in measurement.evaluation.flips { counts[[flip.before, flip.after], default: 0] += 1 }
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
