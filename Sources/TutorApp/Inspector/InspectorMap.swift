import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

/// The outputs of a layer: one filter's map of codes, or the units.
struct InspectorMap {
  /// The screen's drawing.
  let view: InspectorView
  /// The image with its outputs.
  let inspection: ImageInspection
  /// The layer.
  let layer: FixedPointLayer
  /// The chosen output.
  let place: [Int]

  private var context: TutorContext { view.context }
  private var rect: Rect { view.layout.map }

  private var codes: [Int32] {
    let index = inspection.network.weightedLayers.firstIndex { $0.name == layer.name } ?? 0
    return inspection.trace.outputs[index]
  }

  /// Draws the outputs in a frame.
  func draw(into canvas: inout Canvas) {
    if layer.outputShape.count == 3 {
      drawMap(into: &canvas)
    } else if layer.outputShape[0] <= InspectorLayout.listedUnits {
      drawList(into: &canvas)
    } else {
      drawUnits(into: &canvas)
    }
  }

  private func drawMap(into canvas: inout Canvas) {
    let (height, width, filters) = (
      layer.outputShape[0], layer.outputShape[1], layer.outputShape[2]
    )
    let title =
      view.context.text(Phrase("filter \(place[2]) of \(filters)"))
    let inner = view.panel(title, right: "\(height)×\(width)", into: &canvas, in: rect)
    let codes = codes
    let map = stride(from: place[2], to: codes.count, by: filters).map { codes[$0] }
    let (least, greatest) = (layer.output?.least ?? 0, layer.output?.greatest ?? 1)
    let field = PixelField(
      shades: map.map { UInt8(clamping: ($0 - least) * 255 / max(1, greatest - least)) },
      width: width, height: height,
      isMarked: { row, column in row == place[0] && column == place[1] })
    field.draw(into: &canvas, in: inner.inset(horizontally: 1), context: context)
    let below = inner.splitTop((height + 1) / 2).rest
    let zeros = map.count { $0 == least }
    let top = map.max() ?? 0
    let lines = [
      Phrase("code \(map[place[0] * width + place[1]]) of \(least) … \(greatest)"),
      Phrase("largest code of the map \(top)"),
      Phrase("\(zeros) of \(map.count) are \(least): ReLU"),
    ]
    for (row, line) in lines.enumerated() {
      canvas.write([StyledRun(context.text(line), .role(.muted))], row: row, of: below)
    }
  }

  private func drawUnits(into canvas: inout Canvas) {
    let columns = view.layout.unitColumns
    let codes = codes
    let right = view.context.text(Phrase("\(codes.count) units"))
    let inner = view.panel(
      view.context.text(Phrase("output codes")), right: right, into: &canvas, in: rect)
    let first = Self.firstRow(place[0] / columns, count: codes.count, columns, inner)
    for row in 0..<inner.height {
      for column in 0..<columns {
        let unit = (first + row) * columns + column
        guard unit < codes.count else { break }
        let isZero = codes[unit] == layer.output?.least
        let cell = Rect(
          x: inner.x + column * InspectorLayout.unitWidth, y: inner.y + row,
          width: InspectorLayout.unitWidth, height: 1)
        canvas.write(
          TextFitting.pad(String(codes[unit]), to: InspectorLayout.unitWidth, alignment: .right),
          at: Point(x: cell.x, y: cell.y), style: .role(isZero ? .muted : .text), in: inner)
        if unit == place[0] { mark(cell, into: &canvas) }
      }
    }
  }

  /// The units of the last layer with their classes and what their sums stand for.
  private func drawList(into canvas: inout Canvas) {
    let codes = codes
    let inner = view.panel(
      view.context.text(Phrase("units")), right: layer.output == nil ? "logits" : "", into: &canvas,
      in: rect)
    let values = codes.enumerated().map { unit, code in
      layer.output.map { Double($0.value(code)) } ?? Double(code) * layer.sumScale(unit)
    }
    let best = values.indices.max { values[$0] < values[$1] }
    let names = codes.count == FashionMNIST.classNames.count ? FashionMNIST.classNames : []
    for (unit, value) in values.enumerated() {
      let name = names.isEmpty ? "\(unit)" : "\(unit) \(names[unit])"
      let text = TextFitting.pad(NumberText.fixed(value, decimals: 3), to: 9, alignment: .right)
      let cell = Rect(x: inner.x, y: inner.y + unit, width: inner.width, height: 1)
      canvas.write(
        [
          StyledRun(TextFitting.pad(name, to: max(0, inner.width - 10)), .role(.text)),
          StyledRun(text, .role(unit == best ? .good : .text, bold: unit == best)),
        ], row: unit, of: inner)
      if unit == place[0] { mark(cell, into: &canvas) }
    }
  }

  /// Marks the chosen unit, by a pointer too where there are no colours.
  private func mark(_ cell: Rect, into canvas: inout Canvas) {
    canvas.restyle(cell) { style in
      style.foreground = .role(.selection)
      style.background = .role(.selection)
      style.bold = true
    }
    if context.glyphs == .ascii || !context.terminalHasShades {
      canvas.write("▸", at: Point(x: cell.x, y: cell.y))
    }
  }

  /// The first visible row of units, so that the chosen one is among them.
  private static func firstRow(_ row: Int, count: Int, _ columns: Int, _ inner: Rect) -> Int {
    let rows = (count + columns - 1) / columns
    return max(0, min(row - inner.height / 2, rows - inner.height))
  }

  /// The output under a cell, if there is one.
  ///
  /// - Parameters:
  ///   - inner: the cells of the outputs.
  ///   - old: the output chosen before, whose filter stays and which decides what is scrolled to.
  static func place(
    at point: Point, in inner: Rect, shape: [Int], near old: [Int], columns: Int
  ) -> [Int]? {
    guard inner.contains(point) else { return nil }
    if shape.count == 3 {
      let (row, column) = ((point.y - inner.y) * 2, point.x - inner.x - 1)
      guard 0..<shape[0] ~= row, 0..<shape[1] ~= column else { return nil }
      // The upper pixel of a cell first, the lower one when it is pressed again.
      let isAgain = old[0] == row && old[1] == column && row + 1 < shape[0]
      return [isAgain ? row + 1 : row, column, old[2]]
    }
    let count = shape[0]
    if count <= InspectorLayout.listedUnits {
      return point.y - inner.y < count ? [point.y - inner.y] : nil
    }
    let column = (point.x - inner.x) / InspectorLayout.unitWidth
    let row = firstRow(old[0] / columns, count: count, columns, inner) + point.y - inner.y
    guard column < columns, row * columns + column < count else { return nil }
    return [row * columns + column]
  }
}
