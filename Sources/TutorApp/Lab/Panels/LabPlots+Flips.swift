import Curriculum
import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

extension LabPlots {
  /// Test images whose prediction differs from the uncompressed network's.
  func drawFlips(into canvas: inout Canvas, in rect: Rect) {
    let flips = screen.measurement?.evaluation.flips ?? []
    let isOpen = screen.prediction.isOpen || isHidden
    let inner = panel(
      titles: [context.text(Phrase("flipped images", "预测翻转的图像"))],
      rights: isOpen || flips.isEmpty
        ? [""]
        : [
          context.text(
            Phrase(
              "\(firstFlip(of: flips) + 1) of \(flips.count) (,)",
              "\(firstFlip(of: flips) + 1)/\(flips.count)（,）")),
          "\(flips.count)", "",
        ], into: &canvas, in: rect)
    guard case .ready(let facts) = context.laboratory, let measurement = screen.measurement,
      !isHidden
    else {
      note("…", into: &canvas, in: inner)
      return
    }
    if measurement.evaluation.flips.isEmpty {
      note(
        context.text(
          Phrase("No prediction differs from the baseline's.", "没有任何预测与基线不同。")), into: &canvas,
        in: inner)
      return
    }
    let side = max(1, min(28, (inner.height - 1) * 2))
    let cellWidth = max(side, 22) + 2
    let shown = min(flips.count, max(0, (inner.width + 2) / cellWidth))
    let first = firstFlip(of: flips)
    for (index, flip) in (0..<shown).map({ flips[(first + $0) % flips.count] }).enumerated() {
      let x = inner.x + index * cellWidth
      let picture = GrayImage(
        pixels: Array(facts.testSet.image(flip.image)), width: facts.testSet.width,
        height: facts.testSet.height, usesCharacters: usesCharacters)
      canvas.draw(
        picture, in: Rect(x: x, y: inner.y, width: side, height: inner.height - 1),
        glyphs: context.glyphs)
      canvas.write(
        caption(of: flip), row: 0,
        of: Rect(x: x, y: inner.maxY - 1, width: cellWidth - 1, height: 1), glyphs: context.glyphs)
    }
  }

  /// The flip that stands first, as far as was leafed.
  private func firstFlip(of flips: [Evaluation.Flip]) -> Int {
    screen.pictures.place(of: .flips, among: flips.count)
  }

  private func caption(of flip: Evaluation.Flip) -> StyledLine {
    let truth = flip.label
    let names = FashionMNIST.classNames
    return [
      StyledRun(
        names[flip.before], .role(flip.before == truth ? .good : .muted)),
      StyledRun(String(context.glyphs.rightwards), .role(.muted)),
      StyledRun(names[flip.after], .role(flip.after == truth ? .good : .bad)),
    ]
  }
}
