import Lab
import Localization
import TerminalCanvas

/// The change of the confusion matrix against the baseline's, with the largest changes in words.
struct ConfusionPanel: LabPanel {
  let name = "confusion"

  private static let labelWidth = 12

  func titles(_ inputs: PanelInputs) -> [String] {
    [
      inputs.text(Phrase("confusion: what changed")),
      inputs.text(Phrase("confusion")),
    ]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    guard let evaluation = inputs.measurement?.evaluation else { return [] }
    let (gained, lost) = (inputs.signed(evaluation.gained), inputs.signed(-evaluation.lost))
    return [inputs.text(Phrase("\(gained) \(lost) right"))]
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    guard let evaluation = inputs.measurement?.evaluation else { return .waiting }
    return ConfusionChange(evaluation).largest.isEmpty ? FlipsPanel.noFlips : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let evaluation = inputs.measurement?.evaluation else { return }
    let change = ConfusionChange(evaluation)
    let minWidth = Self.labelWidth + 4 * change.classes
    guard rect.width >= minWidth, rect.height >= change.classes + 1 else {
      drawLargest(of: change, into: &canvas, in: rect, inputs)
      return
    }
    let cellWidth = min(6, (rect.width - Self.labelWidth) / change.classes)
    let mapWidth = Self.labelWidth + cellWidth * change.classes
    let (map, list) =
      rect.width >= mapWidth + 28
      ? rect.splitLeft(mapWidth + 2) : rect.splitTop(change.classes + 2)
    drawMap(of: change, cellWidth: cellWidth, into: &canvas, in: map, inputs)
    drawLargest(of: change, into: &canvas, in: list, inputs)
  }

  private func drawMap(
    of change: ConfusionChange, cellWidth: Int, into canvas: inout Canvas, in rect: Rect,
    _ inputs: PanelInputs
  ) {
    let cells = Rect(
      x: rect.x + Self.labelWidth, y: rect.y + 1, width: cellWidth * change.classes,
      height: change.classes)
    let values = change.counts.flatMap { $0.map(Double.init) }
    if !inputs.usesCharacters {
      canvas.draw(HeatMap(values: values, columns: change.classes, cellWidth: cellWidth), in: cells)
    }
    let limit = values.map(abs).max() ?? 1
    for row in 0..<change.classes {
      let name = PanelInputs.className(row)
      canvas.write(
        [StyledRun(name, .role(.muted))], row: row + 1,
        of: Rect(x: rect.x, y: rect.y, width: Self.labelWidth - 1, height: rect.height))
      canvas.write(
        [StyledRun(String(name.prefix(3)), .role(.muted))], row: 0,
        of: Rect(x: cells.x + row * cellWidth, y: rect.y, width: cellWidth, height: 1),
        alignment: .right)
    }
    for (row, counts) in change.counts.enumerated() {
      for (column, count) in counts.enumerated() {
        let place = Rect(
          x: cells.x + column * cellWidth, y: cells.y + row, width: cellWidth, height: 1)
        let isBright = Double(abs(count)) > 0.6 * limit
        // Numbers carry their sign, so that nothing hangs on color; they stand on the map's.
        let text =
          count != 0
          ? inputs.signed(count) : row != column ? "" : inputs.glyphs == .ascii ? "." : "·"
        canvas.write(text, at: Point(x: place.maxX - text.count, y: place.y), in: place)
        guard !text.isEmpty else { continue }
        canvas.restyle(place) { style in
          if inputs.usesCharacters {
            style = .role(count > 0 ? .series1 : count < 0 ? .warning : .muted, bold: count != 0)
          } else {
            style = Style(
              foreground: .gray(isBright ? 0 : 255),
              background: .palette(HeatMap.color(for: limit > 0 ? Double(count) / limit : 0)))
          }
        }
      }
    }
    canvas.write(
      [inputs.muted(Phrase("rows: true class, columns: prediction"))], row: change.classes + 1,
      of: rect)
  }

  /// The largest changes: how many more or fewer images of a class are taken for another.
  private func drawLargest(
    of change: ConfusionChange, into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs
  ) {
    let head: [StyledLine] =
      rect.height >= 4
      ? [[inputs.muted(Phrase("true class → prediction"))]] : []
    let entries = change.largest.prefix(max(0, rect.height - head.count))
    let width = entries.map { inputs.signed($0.change).count }.max() ?? 0
    let lines = entries.map { entry -> StyledLine in
      let isRight = entry.label == entry.predicted
      let isGood = isRight == (entry.change > 0)
      let name = PanelInputs.className(entry.label)
      return [
        StyledRun(
          TextFitting.pad(inputs.signed(entry.change), to: width, alignment: .right) + "  ",
          .role(isGood ? .good : .bad, bold: true)),
        StyledRun(
          isRight
            ? name + inputs.text(Phrase(" right"))
            : "\(name) → \(PanelInputs.className(entry.predicted))"),
      ]
    }
    canvas.write(head + lines, in: rect)
  }
}
