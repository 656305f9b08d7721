import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas

/// The inputs that an output meets: code and value, weight and value, product, and the sum so far.
struct InspectorProducts {
  /// The output.
  let step: IntegerStep
  /// The order of the products.
  let order: InspectorScreen.Order
  /// The rows above the first one seen.
  let offset: Int
  /// What all screens share.
  let context: TutorContext

  /// The products in an order.
  static func terms(of step: IntegerStep, order: InspectorScreen.Order) -> [IntegerStep.Term] {
    guard order == .size else { return step.terms }
    return step.terms.enumerated().sorted {
      ($1.element.product.magnitude, $0.offset) < ($0.element.product.magnitude, $1.offset)
    }.map(\.element)
  }

  /// The columns of: place, code, value, weight, value, product, sum.
  private func widths(_ width: Int) -> [Int] {
    let places = [step.terms.first, step.terms.last].map { $0.map(placeText)?.count ?? 0 }
    let head = max(TextWidth.width(of: context.text(Phrase("input"))), places.max() ?? 0)
    var widths = [head, 4, 6, 5, 8, 8, 11]
    // Room beyond the least goes to the columns in turn, up to a comfortable width.
    var spare = width - widths.reduce(0, +)
    for column in [5, 4, 2, 3, 1, 6] where spare > 0 {
      let more = min(spare, 3)
      widths[column] += more
      spare -= more
    }
    return widths
  }

  /// The place of an input; an image of one channel needs no channel.
  private func placeText(_ term: IntegerStep.Term) -> String {
    let isGray = term.place.count == 3 && step.terms.allSatisfy { $0.place[2] == 0 }
    let place = isGray ? Array(term.place.prefix(2)) : term.place
    return place.map(String.init).joined(separator: ",")
  }

  /// Draws headers and rows: the bias first, the whole sum last.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    let widths = widths(rect.width)
    let (head, body) = rect.splitTop(1)
    let headers = [
      Phrase("input"), Phrase(verbatim: "x"), Phrase("value"), Phrase(verbatim: "w"),
      Phrase("value"), Phrase("product"), Phrase("sum", context: "column"),
    ]
    write(
      headers.map(context.text), widths, role: { _ in .heading }, row: 0, into: &canvas, in: head)
    let terms = Self.terms(of: step, order: order)
    let rows = terms.count + 2
    let first = max(0, min(offset, rows - body.height))
    var sum =
      Int64(step.bias) + terms.prefix(max(0, first - 1)).reduce(0) { $0 + Int64($1.product) }
    for row in 0..<body.height where first + row < rows {
      let index = first + row
      let cells: [String]
      var isZero = false
      if index == 0 {
        cells = [
          context.text(Phrase("bias")), "", "", "", "", "", InspectorText.grouped(step.bias),
        ]
      } else if index == rows - 1 {
        cells = [
          context.text(Phrase("all", context: "total")), "", "", "", "",
          InspectorText.grouped(step.products), InspectorText.grouped(step.exactSum),
        ]
      } else {
        let term = terms[index - 1]
        sum += Int64(term.product)
        isZero = term.product == 0
        cells = self.cells(of: term, sum: sum)
      }
      let isEnd = index == 0 || index == rows - 1
      write(
        cells, widths,
        role: { column in isEnd ? .accent : isZero || column == 0 ? .muted : .text }, row: row,
        into: &canvas, in: body)
    }
    if rows > body.height {
      ScrollBar(total: rows, visible: body.height, offset: first).render(
        into: &canvas, in: Rect(x: rect.maxX, y: body.y, width: 1, height: body.height))
    }
  }

  private func cells(of term: IntegerStep.Term, sum: Int64) -> [String] {
    let input = Double(step.input.value(term.input))
    let weight = Double(term.weight - step.weightZeroPoint) * Double(step.weightScale)
    return [
      placeText(term), "\(term.input)",
      NumberText.fixed(input, decimals: input >= 100 ? 1 : 3), "\(term.weight)",
      NumberText.fixed(weight, decimals: 4), InspectorText.grouped(term.product),
      InspectorText.grouped(sum),
    ]
  }

  private func write(
    _ cells: [String], _ widths: [Int], role: (Int) -> Role, row: Int, into canvas: inout Canvas,
    in rect: Rect
  ) {
    let line = cells.enumerated().map { column, cell in
      StyledRun(
        TextFitting.pad(cell, to: widths[column], alignment: column == 0 ? .left : .right),
        .role(role(column), bold: role(column) != .text && role(column) != .muted))
    }
    canvas.write(line, row: row, of: rect)
  }
}
