import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

extension LabPlots {
  /// Every recipe measured in this session by bytes and accuracy, with the front.
  func drawPareto(into canvas: inout Canvas, in rect: Rect) {
    let visited = context.workbench.visited
    let inner = panel(
      context.text(Phrase("accuracy against bytes", "精度与字节")),
      right: isEnglish ? "\(visited.all.count) visited" : "已测 \(visited.all.count) 个",
      into: &canvas,
      in: rect)
    guard !screen.prediction.isOpen else {
      note(
        context.text(Phrase("The points come after your guess.", "猜过之后才显示各点。")), into: &canvas,
        in: inner)
      return
    }
    guard !visited.all.isEmpty else {
      note(
        context.text(
          Phrase(
            "Every recipe that you measure becomes a point here, with the bytes of its shortest file.",
            "你测过的每个配方都会成为这里的一个点，横轴是最短文件的字节数。")), into: &canvas, in: inner)
      return
    }
    let current = visited.find(screen.recipe)
    let reading = paretoReading(of: current, width: inner.width)
    let (plot, below) = inner.splitBottom(min(reading.count, max(0, inner.height - 6)))
    canvas.draw(paretoPlot(visited, current: current), in: plot, glyphs: context.glyphs)
    canvas.write(
      paretoLegend(hasPin: context.workbench.pin != nil), row: 0, of: plot, alignment: .right,
      glyphs: context.glyphs)
    for (row, line) in reading.prefix(below.height).enumerated() {
      canvas.write(line, row: row, of: below, glyphs: context.glyphs)
    }
  }

  private var nowGlyph: Character { context.glyphs == .ascii ? "@" : "◆" }

  private func paretoLegend(hasPin: Bool) -> StyledLine {
    var line: StyledLine = []
    func add(_ glyph: Character, _ role: Role, _ name: String) {
      if !line.isEmpty { line.append(StyledRun("  ")) }
      line += [
        StyledRun(String(glyph), .role(role, bold: true)), StyledRun(" " + name, .role(.muted)),
      ]
    }
    add(nowGlyph, .accent, context.text(Phrase("now", "当前")))
    if hasPin { add("A", .warning, context.text(Phrase("pin", "固定"))) }
    add(context.glyphs.radioOn, .series2, context.text(Phrase("front", "前沿")))
    add(context.glyphs.radioOff, .muted, context.text(Phrase("others", "其余")))
    return line
  }

  private func paretoPlot(_ visited: VisitedRecipes, current: VisitedRecipe?) -> ScatterPlot {
    let front = visited.front
    let pinned = context.workbench.pin.flatMap { visited.find($0.recipe) }
    func mark(_ point: VisitedRecipe, _ glyph: Character, _ role: Role) -> ScatterPlot.Mark {
      ScatterPlot.Mark(
        x: PlotAxis.position(Double(point.bytes)), y: point.accuracy * 100, glyph: glyph,
        role: role)
    }
    var marks = visited.all.map { mark($0, context.glyphs.radioOff, .muted) }
    marks += front.map { mark($0, context.glyphs.radioOn, .series2) }
    if let pinned { marks.append(mark(pinned, "A", .warning)) }
    if let current { marks.append(mark(current, nowGlyph, .accent)) }
    let bytes = visited.all.map(\.bytes)
    let range = Self.byteRange(least: bytes.min() ?? 1, most: bytes.max() ?? 1)
    let shares = visited.all.map { $0.accuracy * 100 }
    let best = shares.max() ?? 100
    // What lies far below the best stands at the edge, so that the front can be told apart.
    let low = shares.filter { $0 >= best - 30 }.min() ?? 0
    let room = max(0.2, (best - low) * 0.1)
    return ScatterPlot(
      marks: marks,
      xAxis: .logarithmic(
        label: context.text(Phrase("bytes of the shortest file", "最短文件的字节数")), range: range),
      yAxis: PlotAxis(
        label: "%", range: max(0, low - room)...min(100, best + room)),
      path: Self.steps(front, to: range.upperBound))
  }

  /// An axis with some room at both ends and a round number or two between them.
  private static func byteRange(least: Int, most: Int) -> ClosedRange<Double> {
    let (low, high) = (Double(max(1, least)), Double(max(1, most)))
    return high < low * 4 ? low / 2...high * 2 : low / 1.3...high * 1.3
  }

  /// The line below which everything is dominated: level from each point of the front to the next, then
  /// straight up.
  private static func steps(_ front: [VisitedRecipe], to end: Double) -> [PlotPoint] {
    var points: [PlotPoint] = []
    for point in front {
      let x = PlotAxis.position(Double(point.bytes))
      if let last = points.last { points.append(PlotPoint(x: x, y: last.y)) }
      points.append(PlotPoint(x: x, y: point.accuracy * 100))
    }
    if let last = points.last { points.append(PlotPoint(x: PlotAxis.position(end), y: last.y)) }
    return points
  }

  /// Where the current recipe stands, and what is better in both respects.
  private func paretoReading(of current: VisitedRecipe?, width: Int) -> [StyledLine] {
    guard let current else { return [[StyledRun("…", .role(.muted))]] }
    let own: StyledLine = [
      StyledRun("\(nowGlyph) ", .role(.accent, bold: true)),
      StyledRun(paretoFigures(of: current), .role(.text, bold: true)),
    ]
    let verdict: StyledLine
    if let better = context.workbench.visited.dominator(of: current) {
      let setting = better.recipe.line
      let name = setting.isEmpty ? context.text(Phrase("no compression", "不压缩")) : setting
      let text =
        isEnglish
        ? "dominated by \(name): \(paretoFigures(of: better))"
        : "被 \(name) 支配：\(paretoFigures(of: better))"
      verdict = [StyledRun(text, .role(.warning))]
    } else {
      verdict = [StyledRun(isEnglish ? "on the front" : "在前沿上", .role(.good))]
    }
    let together = own + [StyledRun("  ")] + verdict
    if TextWidth.width(of: together) <= width { return [together] }
    return [own] + TextWrapping.wrap(verdict, width: max(1, width)).prefix(2)
  }

  private func paretoFigures(of point: VisitedRecipe) -> String {
    "\(NumberText.grouped(point.bytes)) B \(point.format.rawValue)  \(QuantityFormat.percent(point.accuracy))"
  }
}
