import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

extension LabPlots {
  private static let labelWidth = 12

  /// The change of the confusion matrix against the baseline's, with the largest changes in words.
  func drawConfusion(into canvas: inout Canvas, in rect: Rect) {
    let evaluation = screen.measurement?.evaluation
    let right =
      screen.prediction.isOpen || isHidden
      ? ""
      : evaluation.map { evaluation in
        context.text(
          Phrase(
            "\(signed(evaluation.gained)) \(signed(-evaluation.lost)) right",
            "答对 \(signed(evaluation.gained)) \(signed(-evaluation.lost))"))
      } ?? ""
    let inner = panel(
      titles: [
        context.text(Phrase("confusion: what changed", "混淆矩阵的变化")),
        context.text(Phrase("confusion", "混淆矩阵")),
      ], rights: [right, ""], into: &canvas, in: rect)
    guard !waits(for: evaluation != nil, into: &canvas, in: inner), let evaluation else { return }
    let change = ConfusionChange(evaluation)
    guard !change.largest.isEmpty else {
      note(
        context.text(
          Phrase("No prediction differs from the baseline's.", "没有任何预测与基线不同。")), into: &canvas,
        in: inner)
      return
    }
    let leastWidth = Self.labelWidth + 4 * change.classes
    guard inner.width >= leastWidth, inner.height >= change.classes + 1 else {
      drawLargest(of: change, into: &canvas, in: inner)
      return
    }
    let cellWidth = min(6, (inner.width - Self.labelWidth) / change.classes)
    let mapWidth = Self.labelWidth + cellWidth * change.classes
    if inner.width >= mapWidth + 28 {
      let (map, list) = inner.splitLeft(mapWidth + 2)
      drawMap(of: change, cellWidth: cellWidth, into: &canvas, in: map)
      drawLargest(of: change, into: &canvas, in: list)
    } else {
      let (map, list) = inner.splitTop(change.classes + 2)
      drawMap(of: change, cellWidth: cellWidth, into: &canvas, in: map)
      drawLargest(of: change, into: &canvas, in: list)
    }
  }

  private func drawMap(
    of change: ConfusionChange, cellWidth: Int, into canvas: inout Canvas, in rect: Rect
  ) {
    let names = Self.classNames(change.classes)
    let cells = Rect(
      x: rect.x + Self.labelWidth, y: rect.y + 1, width: cellWidth * change.classes,
      height: change.classes)
    let values = change.counts.flatMap { $0.map(Double.init) }
    if !usesCharacters {
      canvas.draw(
        HeatMap(values: values, columns: change.classes, cellWidth: cellWidth), in: cells,
        glyphs: context.glyphs)
    }
    let limit = values.map(abs).max() ?? 1
    for (row, name) in names.enumerated() {
      canvas.write(
        [StyledRun(name, .role(.muted))], row: row + 1,
        of: Rect(x: rect.x, y: rect.y, width: Self.labelWidth - 1, height: rect.height),
        glyphs: context.glyphs)
      canvas.write(
        [StyledRun(String(name.prefix(3)), .role(.muted))], row: 0,
        of: Rect(x: cells.x + row * cellWidth, y: rect.y, width: cellWidth, height: 1),
        alignment: .right, glyphs: context.glyphs)
    }
    for (row, counts) in change.counts.enumerated() {
      for (column, count) in counts.enumerated() {
        let place = Rect(
          x: cells.x + column * cellWidth, y: cells.y + row, width: cellWidth, height: 1)
        let isBright = Double(abs(count)) > 0.6 * limit
        // Numbers carry their sign, so that nothing hangs on colour; they stand on the map's.
        let text = count == 0 ? (row == column ? "·" : "") : signed(count)
        let shown = context.glyphs == .ascii ? text.replacing("·", with: ".") : text
        canvas.write(shown, at: Point(x: place.maxX - shown.count, y: place.y), in: place)
        guard !shown.isEmpty else { continue }
        canvas.restyle(place) { style in
          if usesCharacters {
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
      [
        StyledRun(
          context.text(
            Phrase("rows: true class, columns: prediction", "行：真实类别，列：预测类别")), .role(.muted))
      ], row: change.classes + 1, of: rect, glyphs: context.glyphs)
  }

  /// The largest changes: how many more or fewer images of a class are taken for another.
  private func drawLargest(of change: ConfusionChange, into canvas: inout Canvas, in rect: Rect) {
    let names = Self.classNames(change.classes)
    var lines: [StyledLine] = []
    if rect.height >= 4 {
      lines.append([
        StyledRun(
          context.text(Phrase("true class \(arrow) prediction", "真实类别 \(arrow) 预测")),
          .role(.muted))
      ])
    }
    let entries = change.largest.prefix(max(0, rect.height - lines.count))
    let width = entries.map { signed($0.change).count }.max() ?? 0
    for entry in entries {
      let isRight = entry.label == entry.predicted
      let isGood = isRight == (entry.change > 0)
      lines.append([
        StyledRun(
          TextFitting.pad(signed(entry.change), to: width, alignment: .right) + "  ",
          .role(isGood ? .good : .bad, bold: true)),
        StyledRun(
          isRight
            ? names[entry.label] + context.text(Phrase(" right", " 答对"))
            : "\(names[entry.label]) \(arrow) \(names[entry.predicted])"),
      ])
    }
    for (row, line) in lines.enumerated() {
      canvas.write(line, row: row, of: rect, glyphs: context.glyphs)
    }
  }

  private var arrow: String { String(context.glyphs.rightwards) }

  private static func classNames(_ count: Int) -> [String] {
    count == FashionMNIST.classNames.count
      ? FashionMNIST.classNames : (0..<count).map(String.init)
  }
}
