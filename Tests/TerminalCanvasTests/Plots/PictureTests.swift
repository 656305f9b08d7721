import Testing

@testable import TerminalCanvas

/// Pictures, shaded bands and stacked bars.
@Suite struct PictureTests {
  @Test func dotsAreHalfBlocksOrCharacters() {
    let image = BitImage(
      dots: [true, false, true, false, false, true, true, false, true], width: 3, height: 3)
    #expect(rendered(image, width: 5, height: 4) == "▀ █\n▀ ▀")
    #expect(rendered(image, width: 5, height: 4, glyphs: .ascii) == "#.#\n..#\n#.#")
    #expect(rendered(image, width: 2, height: 1) == "▀")
    #expect(rendered(image, width: 0, height: 0) == "")
  }

  @Test func picturesHaveFixedEndsAndGrow() {
    let image = GrayImage(values: [-2, -1, 0, 1, .nan, 5], range: -1...1, width: 3, height: 2)
    #expect(image.pixels == [0, 0, 128, 255, 0, 255])
    let larger = image.enlarged(by: 2)
    #expect(larger.width == 6 && larger.height == 4)
    #expect(Array(larger.pixels[0..<6]) == [0, 0, 0, 0, 128, 128])
    #expect(Array(larger.pixels[6..<12]) == Array(larger.pixels[0..<6]))
    #expect(image.enlarged(by: 1).pixels == image.pixels)
  }

  @Test func aBandIsShadedBetweenItsPointsAndItsEndsAreSeenThroughIt() {
    var band = PlotSeries(
      points: [
        PlotPoint(x: 0, y: 0.5, band: 0.25...0.75), PlotPoint(x: 1, y: 0.5, band: 0...1),
      ], stroke: .none)
    band.fillsBand = true
    band.asciiMark = "."
    var curve = PlotSeries(points: [PlotPoint(x: 0, y: 0.5), PlotPoint(x: 1, y: 0.5)])
    curve.asciiMark = "*"
    let plot = LinePlot(
      series: [band, curve], xAxis: PlotAxis(range: 0...1), yAxis: PlotAxis(range: 0...1),
      hasLegend: false)
    let text = rendered(plot, width: 20, height: 11, glyphs: .ascii)
    let rows = text.split(separator: "\n").map(String.init)
    // The curve runs through the middle; the band is wider at its right end.
    #expect(rows.contains { $0.contains("****") })
    let heights = [6, 18].map { column in
      rows.dropLast(2).count { row in
        let cells = Array(row)
        return column < cells.count && [".", "*"].contains(cells[column])
      }
    }
    #expect(heights[1] > heights[0] && heights[0] >= 4, "\(text)")
  }

  @Test func partsOfABarAddUpToItsLengthAndALineStandsOverAllBars() {
    let list = StackedBarList(
      [
        .init(
          "csr",
          segments: [
            .init("", value: 4, role: .series1), .init("", value: 4, role: .series2),
          ], valueText: "8", detail: [StyledRun("half and half")]),
        .init("dense", segments: [.init("", value: 5, role: .series1)], valueText: "5"),
      ], maximum: 10, marks: [PlotMark(5, role: .warning)])
    #expect(
      rendered(list, width: 18, height: 2)
        == "csr   ████▒┊▒▒   8\ndense █████┊     5")
    #expect(
      rendered(list, width: 18, height: 2, glyphs: .ascii)
        == "csr   ####-:--   8\ndense #####:     5")
    let tall = rendered(list, width: 22, height: 6)
    #expect(
      tall.split(separator: "\n", omittingEmptySubsequences: false)[1] == "         half and half")
    for size in [(0, 0), (1, 1), (3, 1), (20, 1)] {
      _ = rendered(list, width: size.0, height: size.1)
    }
  }

  @Test func anOutlierGetsAnArrow() {
    var histogram = Histogram(counts: [5, 9, 0, 0, 1], range: 0...5)
    histogram.outlier = 4.5
    let text = rendered(histogram, width: 10, height: 6)
    #expect(text.split(separator: "\n").contains { $0.hasSuffix("▲") && $0.count == 10 }, "\(text)")
  }
}
