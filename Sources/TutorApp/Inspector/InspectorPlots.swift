import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas

/// The plots of the step inspector: the sum product by product, and the sums of many images.
struct InspectorPlots {
  /// What all screens share.
  let context: TutorContext

  // MARK: The sum, product by product

  /// Draws the sum after each product, with the ends of 16 bits where they are near.
  func drawRunningSum(
    of step: IntegerStep, order: InspectorScreen.Order, into canvas: inout Canvas, in rect: Rect
  ) {
    let (plotRect, caption) = rect.splitBottom(rect.height >= 12 ? 2 : 1)
    var sums = [Int64(step.bias)]
    for term in InspectorProducts.terms(of: step, order: order) {
      sums.append((sums.last ?? 0) + Int64(term.product))
    }
    let least = sums.enumerated().min { $0.element < $1.element } ?? (0, 0)
    let greatest = sums.enumerated().max { $0.element < $1.element } ?? (0, 0)
    let reach = max(least.element.magnitude, greatest.element.magnitude)
    var marks: [PlotMark] = []
    if reach > 1 << 13 {
      if greatest.element > 1 << 13 { marks.append(PlotMark(0x1p15, name: "2^15", role: .bad)) }
      if least.element < -(1 << 13) { marks.append(PlotMark(-0x1p15, name: "-2^15", role: .bad)) }
    }
    let points = Self.thinned(sums, to: max(8, plotRect.width))
    canvas.draw(
      LinePlot(
        series: [
          PlotSeries(role: .series1, points: points, marksPoints: sums.count <= plotRect.width / 3)
        ], xAxis: PlotAxis(label: context.text(Phrase("products added"))),
        yAxis: PlotAxis(label: context.text(Phrase("sum"))), baselines: marks), in: plotRect)
    let text =
      context.text(
        Phrase(
          "least \(InspectorText.grouped(least.element)) after \(least.offset), "
            + "greatest \(InspectorText.grouped(greatest.element)) after \(greatest.offset), "
            + "at the end \(InspectorText.grouped(sums.last ?? 0))"))
    for (row, line) in TextWrapping.wrap(text, style: .role(.muted), width: max(1, caption.width))
      .enumerated()
    {
      canvas.write(line, row: row, of: caption)
    }
  }

  /// The numbers with their places; of many in a row only the least and the greatest stay.
  static func thinned(_ values: [Int64], to buckets: Int) -> [PlotPoint] {
    func point(_ index: Int) -> PlotPoint { PlotPoint(x: Double(index), y: Double(values[index])) }
    guard values.count > 2 * buckets else { return values.indices.map(point) }
    var points: [PlotPoint] = []
    for bucket in 0..<buckets {
      let range = bucket * values.count / buckets..<(bucket + 1) * values.count / buckets
      guard let least = range.min(by: { values[$0] < values[$1] }),
        let greatest = range.max(by: { values[$0] < values[$1] })
      else { continue }
      points.append(point(min(least, greatest)))
      if least != greatest { points.append(point(max(least, greatest))) }
    }
    return points
  }

  // MARK: The sums of many images

  /// Draws what the sums of each layer need, and how those of one layer are distributed.
  func drawSurvey(
    _ survey: AccumulatorSurvey, layer: String, into canvas: inout Canvas, in rect: Rect
  ) {
    let (table, rest) = rect.splitTop(min(survey.layers.count + 1, max(0, rect.height - 5)))
    drawTable(survey, layer: layer, into: &canvas, in: table)
    guard let sums = survey.layers.first(where: { $0.layer == layer }) else { return }
    let (title, histogram) = rest.splitTop(rest.height >= 8 ? 1 : 0)
    let share = NumberText.fixed(sums.shareBeyond16 * 100, decimals: 1)
    let name =
      context.text(Phrase("beyond 16 bits: \(share) % of \(InspectorText.grouped(sums.total))"))
    canvas.write([StyledRun(name, .role(.heading))], row: 0, of: title)
    drawHistogram(sums, into: &canvas, in: histogram)
  }

  /// The columns of: layer, least, greatest, bits, bound.
  private static func columns(_ width: Int) -> [Int] {
    width < 44 ? [8, 10, 9, 5, 6] : [10, 12, 11, 5, 6]
  }

  private func drawTable(
    _ survey: AccumulatorSurvey, layer: String, into canvas: inout Canvas, in rect: Rect
  ) {
    guard rect.height > 1 else { return }
    let headers = [
      Phrase("layer"), Phrase("least"), Phrase("greatest"),
      Phrase("bits", context: "axis"), Phrase("bound"),
    ].map(context.text)
    write(headers, role: .heading, row: 0, into: &canvas, in: rect)
    for (row, sums) in survey.layers.enumerated() {
      write(
        [
          sums.layer, InspectorText.grouped(sums.least), InspectorText.grouped(sums.greatest),
          "\(sums.bits)", "\(sums.reachBits)",
        ], role: sums.layer == layer ? .accent : .text, row: row + 1, into: &canvas, in: rect)
    }
  }

  private func write(
    _ cells: [String], role: Role, row: Int, into canvas: inout Canvas, in rect: Rect
  ) {
    let line = zip(cells, Self.columns(rect.width)).enumerated().map { column, cell in
      StyledRun(
        column == 0
          ? TextFitting.pad(TextFitting.truncate(cell.0, to: cell.1 - 1), to: cell.1)
          : TextFitting.pad(cell.0, to: cell.1, alignment: .right),
        .role(role, bold: role != .text))
    }
    canvas.write(line, row: row, of: rect)
  }

  /// The distribution over the scale of bits, with brackets at the ends of 16 bits and ticks at those
  /// of 32.
  private func drawHistogram(
    _ sums: AccumulatorSurvey.LayerSums, into canvas: inout Canvas, in rect: Rect
  ) {
    let range = -32.0...32.0
    let ends = [15.0, 31.0]
    canvas.draw(
      Histogram(
        counts: sums.counts, range: range, gridLevels: ends.flatMap { [-$0, $0] },
        clipping: -15...15, isLogarithmic: true), in: rect)
    guard rect.height >= 3 else { return }
    // The widget's numbers are bits; the learner reads powers of two.
    let labels = Rect(x: rect.x, y: rect.maxY - 1, width: rect.width, height: 1)
    canvas.fill(labels)
    for (value, text) in [
      (-31.0, "-2^31"), (-15.0, "-2^15"), (0.0, "0"), (15.0, "2^15"), (31.0, "2^31"),
    ] {
      let column = Int((value + 32) / 64 * Double(rect.width))
      let start = max(0, min(column - text.count / 2, rect.width - text.count))
      canvas.write(
        text, at: Point(x: rect.x + start, y: labels.y), style: .role(.muted), in: labels)
    }
  }
}
