import Lab
import Localization
import TerminalCanvas

/// Test images whose prediction differs from the uncompressed network's.
struct FlipsPanel: LabPanel {
  let name = "flips"
  let span = 2
  let isPile = true
  let hiding = PanelHiding.ownResult

  /// What is said where nothing flipped.
  static let noFlips = Phrase("No prediction differs from the baseline's.")

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("flipped images"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    let count = flips(inputs).count
    guard count > 0 else { return [] }
    let place = first(inputs) + 1
    return [
      inputs.text(Phrase("\(place) of \(count) (,)")), "\(count)",
    ]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase { .waiting }

  func note(_ inputs: PanelInputs) -> Phrase? {
    guard inputs.facts != nil, let measurement = inputs.measurement else { return .waiting }
    return measurement.evaluation.flips.isEmpty ? Self.noFlips : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let facts = inputs.facts else { return }
    let flips = flips(inputs)
    let side = max(1, min(28, (rect.height - 1) * 2))
    let cellWidth = max(side, 22) + 2
    let shown = min(flips.count, max(0, (rect.width + 2) / cellWidth))
    for index in 0..<shown {
      let flip = flips[(first(inputs) + index) % flips.count]
      let x = rect.x + index * cellWidth
      canvas.draw(
        inputs.image(flip.image, of: facts),
        in: Rect(x: x, y: rect.y, width: side, height: rect.height - 1))
      canvas.write(
        caption(of: flip, inputs), row: 0,
        of: Rect(x: x, y: rect.maxY - 1, width: cellWidth - 1, height: 1))
    }
  }

  private func flips(_ inputs: PanelInputs) -> [Evaluation.Flip] {
    inputs.measurement?.evaluation.flips ?? []
  }

  /// The flip that stands first, as far as was leafed.
  private func first(_ inputs: PanelInputs) -> Int {
    inputs.session.album.place(in: name, among: flips(inputs).count)
  }

  private func caption(of flip: Evaluation.Flip, _ inputs: PanelInputs) -> StyledLine {
    [
      StyledRun(
        PanelInputs.className(flip.before), .role(flip.before == flip.label ? .good : .muted)),
      StyledRun("→", .role(.muted)),
      StyledRun(PanelInputs.className(flip.after), .role(flip.after == flip.label ? .good : .bad)),
    ]
  }
}
