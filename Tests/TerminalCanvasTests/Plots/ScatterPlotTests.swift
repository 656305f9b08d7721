import TerminalCanvas
import Testing

@Suite struct ScatterPlotTests {
  private let plot = ScatterPlot(
    marks: [
      ScatterPlot.Mark(x: 2, y: 8, glyph: "o", role: .good),
      ScatterPlot.Mark(x: 9, y: 1, glyph: "x", role: .bad),
    ],
    xAxis: PlotAxis(label: "size B", range: 0...10),
    yAxis: PlotAxis(label: "right %", range: 0...10),
    regionMaximumX: 5, regionMinimumY: 5)

  @Test func pointsStandBetweenNamedAxes() {
    let text = rendered(plot, width: 40, height: 14)
    #expect(text.contains("right %"))
    #expect(text.contains("size B"))
    let rows = text.split(separator: "\n").map(String.init)
    let good = rows.firstIndex { $0.contains("o") && $0.contains("│") }
    let bad = rows.firstIndex { $0.contains("x") }
    #expect(good != nil && bad != nil)
    if let good, let bad { #expect(good < bad) }
  }

  @Test func theRegionIsShadedUpToItsBounds() {
    let canvas = canvas(of: plot, width: 40, height: 14)
    let shaded = (0..<14).flatMap { y in (0..<40).filter { canvas[$0, y].character == "░" } }
    #expect(!shaded.isEmpty)
    // The axis begins in the third column; half of the 37 columns behind it are in the region.
    #expect(shaded.allSatisfy { $0 >= 3 && $0 <= 3 + 18 })
    let rows = (0..<14).filter { y in (0..<40).contains { canvas[$0, y].character == "░" } }
    #expect(rows.first == 1)
    #expect((rows.last ?? 0) <= 6)
  }

  @Test func aRegionThatNoPointCanReachIsNotShaded() {
    var far = plot
    far.regionMaximumX = -1
    #expect(!rendered(far, width: 40, height: 14).contains("░"))
    far.regionMaximumX = nil
    far.regionMinimumY = nil
    #expect(!rendered(far, width: 40, height: 14).contains("░"))
  }

  @Test func pointsOutsideTheAxesStandAtTheirEdge() {
    let plot = ScatterPlot(
      marks: [ScatterPlot.Mark(x: 100, y: -5, glyph: "o", role: .bad)],
      xAxis: PlotAxis(range: 0...10), yAxis: PlotAxis(range: 0...10))
    let canvas = canvas(of: plot, width: 30, height: 8)
    #expect((0..<8).contains { canvas[29, $0].character == "o" })
  }

  @Test func theLineGoesFromPointToPointBelowTheMarks() {
    var stairs = plot
    stairs.regionMaximumX = nil
    stairs.regionMinimumY = nil
    stairs.path = [(0, 5), (5, 5), (5, 8), (20, 8)].map { PlotPoint(x: $0.0, y: $0.1) }
    stairs.marks = [ScatterPlot.Mark(x: 5, y: 5, glyph: "o", role: .good)]
    let canvas = canvas(of: stairs, width: 40, height: 14)
    func isBraille(_ x: Int, _ y: Int) -> Bool {
      canvas[x, y].character.unicodeScalars.first.map { (0x2801...0x28FF).contains($0.value) }
        ?? false
    }
    let rows = (0..<14).filter { y in (3..<40).contains { isBraille($0, y) } }
    let places = (0..<14).flatMap { y in
      (0..<40).filter { canvas[$0, y].character == "o" }.map { (x: $0, y: y) }
    }
    // The lower step ends at the mark, which lies above the line; the upper one leaves on the right.
    #expect(places.count == 1)
    if let corner = places.first, let top = rows.first {
      #expect((4..<corner.x).allSatisfy { isBraille($0, corner.y) })
      #expect((corner.x + 1..<40).allSatisfy { isBraille($0, top) && !isBraille($0, corner.y) })
      #expect(top < corner.y)
    }
    let isASCII = rendered(stairs, width: 40, height: 14, glyphs: .ascii).allSatisfy(\.isASCII)
    #expect(isASCII)
  }

  @Test func inASCIIAllIsASCII() {
    let text = rendered(plot, width: 40, height: 14, glyphs: .ascii)
    let isASCII = text.allSatisfy(\.isASCII)
    #expect(isASCII)
    #expect(text.contains("."))
  }

  @Test func aLogarithmicAxisHasTicksAtRoundNumbers() {
    let axis = PlotAxis.logarithmic(label: "bytes", range: 8_000...3_000_000)
    #expect(
      axis.ticks.map(\.label) == ["10K", "20K", "50K", "100K", "200K", "500K", "1M", "2M"])
    #expect(abs(axis.ticks[0].value - 4) < 1e-12)
  }

  @Test(arguments: [(0, 0), (1, 1), (3, 2), (8, 3), (200, 60)])
  func anySizeIsGood(width: Int, height: Int) {
    #expect(
      rendered(plot, width: width, height: height).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count <= max(1, height))
  }
}
