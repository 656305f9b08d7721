import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

/// Every recipe measured in this session by bytes and accuracy, with the front.
struct ParetoPanel: LabPanel {
  let name = "pareto"
  let hiding = PanelHiding.allButReadings

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("accuracy against bytes"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    let count = inputs.workbench.visited.all.count
    return [inputs.text(Phrase("\(count) visited"))]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The points come after your guess.")
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    inputs.workbench.visited.all.isEmpty
      ? Phrase(
        "Every recipe that you measure becomes a point here, with the bytes of its shortest file.")
      : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let current = inputs.workbench.visited.find(inputs.session.recipe)
    let plot = canvas.writeFooter(
      Self.reading(of: current, width: rect.width, inputs), atMost: max(0, rect.height - 6),
      in: rect)
    canvas.draw(Self.plot(current: current, inputs), in: plot)
    canvas.write(Self.legend(inputs), row: 0, of: plot, alignment: .right)
  }

  private static func legend(_ inputs: PanelInputs) -> StyledLine {
    let glyphs = inputs.glyphs
    var entries = [PlotLegend.Entry(glyphs.currentMark, .accent, Phrase("now", context: "recipe"))]
    if inputs.workbench.pin != nil {
      entries.append(PlotLegend.Entry("A", .warning, Phrase("pin")))
    }
    entries += [
      PlotLegend.Entry(glyphs.radioOn, .series2, Phrase("front")),
      PlotLegend.Entry("○", .muted, Phrase("others")),
    ]
    return PlotLegend(entries).line(in: inputs.language)
  }

  private static func plot(current: VisitedRecipe?, _ inputs: PanelInputs) -> ScatterPlot {
    let (visited, glyphs) = (inputs.workbench.visited, inputs.glyphs)
    let front = visited.front
    func mark(_ point: VisitedRecipe, _ glyph: Character, _ role: Role) -> ScatterPlot.Mark {
      ScatterPlot.Mark(
        x: PlotAxis.position(Double(point.bytes)), y: point.accuracy * 100, glyph: glyph,
        role: role)
    }
    var marks = visited.all.map { mark($0, "○", .muted) }
    marks += front.map { mark($0, glyphs.radioOn, .series2) }
    if let pin = inputs.workbench.pin.flatMap({ visited.find($0.recipe) }) {
      marks.append(mark(pin, "A", .warning))
    }
    if let current { marks.append(mark(current, glyphs.currentMark, .accent)) }
    let bytes = visited.all.map(\.bytes)
    let range = byteRange(least: bytes.min() ?? 1, most: bytes.max() ?? 1)
    let shares = visited.all.map { $0.accuracy * 100 }
    let best = shares.max() ?? 100
    // What lies far below the best stands at the edge, so that the front can be told apart.
    let low = shares.filter { $0 >= best - 30 }.min() ?? 0
    let room = max(0.2, (best - low) * 0.1)
    return ScatterPlot(
      marks: marks,
      xAxis: .logarithmic(
        label: inputs.text(Phrase("bytes of the shortest file")), range: range),
      yAxis: PlotAxis(
        label: "%", range: max(0, low - room)...min(100, best + room)),
      path: steps(front, to: range.upperBound))
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
  private static func reading(
    of current: VisitedRecipe?, width: Int, _ inputs: PanelInputs
  ) -> [StyledLine] {
    guard let current else { return [[inputs.muted(.waiting)]] }
    let own: StyledLine = [
      StyledRun("\(inputs.glyphs.currentMark) ", .role(.accent, bold: true)),
      StyledRun(figures(of: current), .role(.text, bold: true)),
    ]
    var verdict = StyledRun(inputs.text(Phrase("on the front")), .role(.good))
    if let better = inputs.workbench.visited.dominator(of: current) {
      let setting = better.recipe.line
      let name = setting.isEmpty ? inputs.text(Phrase("no compression")) : setting
      let figures = figures(of: better)
      verdict = StyledRun(inputs.text(Phrase("dominated by \(name): \(figures)")), .role(.warning))
    }
    let together = own + [StyledRun("  "), verdict]
    if TextWidth.width(of: together) <= width { return [together] }
    return [own] + TextWrapping.wrap([verdict], width: max(1, width)).prefix(2)
  }

  private static func figures(of point: VisitedRecipe) -> String {
    "\(NumberText.grouped(point.bytes)) B \(point.format.rawValue)  "
      + QuantityFormat.percent(point.accuracy)
  }
}

/// The marks of a plot with their meanings on one line.
struct PlotLegend {
  /// A mark with its meaning.
  struct Entry {
    let glyph: Character
    let role: Role
    let meaning: Phrase

    /// Makes an entry.
    init(_ glyph: Character, _ role: Role, _ meaning: Phrase) {
      self.glyph = glyph
      self.role = role
      self.meaning = meaning
    }
  }

  private let entries: [Entry]

  /// Makes a legend, read from left to right.
  init(_ entries: [Entry]) { self.entries = entries }

  /// The legend in a language.
  func line(in language: Language) -> StyledLine {
    entries.enumerated().flatMap { index, entry -> StyledLine in
      (index == 0 ? [] : [StyledRun("  ")]) + [
        StyledRun(String(entry.glyph), .role(entry.role, bold: true)),
        StyledRun(" " + entry.meaning(language), .role(.muted)),
      ]
    }
  }
}

extension GlyphSet {
  /// The mark of the recipe that the lab shows.
  var currentMark: Character { self == .ascii ? "@" : "◆" }
}
