import Testing

@testable import TerminalCanvas

@Suite struct BoxPlotTests {
  /// Forty cells for 0 … 40, so that a value is a cell.
  private func plot(_ boxes: BoxPlot.Box..., markers: [PlotMark] = []) -> BoxPlot {
    BoxPlot(
      rows: boxes.map { BoxPlot.Row("", $0) }, axis: PlotAxis(range: 0...40), markers: markers)
  }

  @Test func boxWhiskersMedianAndOutliersStandAtTheirValues() {
    let text = rendered(
      plot(
        BoxPlot.Box(
          whiskers: 5...30, quartiles: 10...20, median: 15, outliers: [2, 36.5])),
      width: 40, height: 1)
    #expect(text == "  •  ├────█████│████──────────┤     •")
  }

  // 10.5 leaves half of the cell 10 empty: the half block with its colours exchanged; 19.25 fills a
  // quarter of the cell 19.
  @Test func theEndsOfABoxStandAtEighths() {
    let canvas = canvas(
      of: plot(BoxPlot.Box(whiskers: 10.5...19.25, quartiles: 10.5...19.25, median: 12)), width: 40,
      height: 1)
    #expect(canvas[10, 0].character == "▌" && canvas[10, 0].style.reverse)
    #expect(canvas[11, 0].character == "█" && !canvas[11, 0].style.reverse)
    #expect(canvas[12, 0].character == "│" && canvas[12, 0].style.reverse)
    #expect(canvas[19, 0].character == "▎" && !canvas[19, 0].style.reverse)
    #expect(canvas[20, 0].character == " ")
  }

  @Test func aBoxNarrowerThanACellIsAStrokeAtItsPlace() {
    let text = rendered(
      plot(BoxPlot.Box(whiskers: 20.3...20.5, quartiles: 20.4...20.4, median: 20.4)), width: 40,
      height: 1)
    #expect(text == String(repeating: " ", count: 20) + "┃")
  }

  @Test func anOutlierBeyondTheAxisPointsThere() {
    let text = rendered(
      plot(BoxPlot.Box(whiskers: 1...2, quartiles: 1...2, median: 1, outliers: [41, 90])),
      width: 40, height: 1)
    #expect(text.count == 40 && text.last == "▸")
  }

  @Test func withoutARangeTheAxisGoesFromZeroBeyondTheLastWhisker() {
    let plot = BoxPlot(rows: [
      BoxPlot.Row(
        "a", BoxPlot.Box(whiskers: 5...50, quartiles: 9...10, median: 9, outliers: [900])),
      BoxPlot.Row("b", BoxPlot.Box(whiskers: 5...20, quartiles: 9...10, median: 9)),
    ])
    #expect(plot.ends.lowerBound == 0)
    #expect(plot.ends.upperBound > 50 && plot.ends.upperBound < 60)
  }

  @Test func aMarkerStandsBehindAllBoxesAndLabelsAndValuesBeside() {
    let plot = BoxPlot(
      rows: [
        BoxPlot.Row(heading: "one image at a time"),
        BoxPlot.Row(
          "f32", BoxPlot.Box(whiskers: 30...38, quartiles: 33...36, median: 35), valueText: "35.0"),
        BoxPlot.Row(
          "int8", BoxPlot.Box(whiskers: 7...9, quartiles: 8...8.5, median: 8), valueText: "8.1"),
      ], axis: PlotAxis(label: "µs", range: 0...40), markers: [PlotMark(35)])
    let rows = rendered(plot, width: 50, height: 5).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    #expect(rows.count == 5)
    #expect(rows[0].hasPrefix("one image at a time"))
    #expect(rows[1].hasPrefix("f32  ") && rows[1].hasSuffix(" 35.0"))
    #expect(rows[2].hasPrefix("int8 ") && rows[2].hasSuffix("  8.1"))
    #expect(rows[2].contains("┊"))
    #expect(rows[3].contains("┬"))
    #expect(rows[4].hasPrefix("µs") && rows[4].contains("40"))
  }

  @Test func withOneRowBelowThereAreTicksWithoutALine() {
    let text = rendered(
      plot(BoxPlot.Box(whiskers: 1...2, quartiles: 1...2, median: 1)), width: 40, height: 2)
    #expect(!text.contains("┬") && text.contains("20"))
  }

  @Test func inASCIIAllIsASCIIAndEveryBoxIsSeen() {
    let plot = plot(
      BoxPlot.Box(whiskers: 5...30, quartiles: 10.2...20.9, median: 15, outliers: [2, 90]),
      BoxPlot.Box(whiskers: 20.3...20.5, quartiles: 20.4...20.4, median: 20.4))
    let text = rendered(plot, width: 40, height: 4, glyphs: .ascii)
    let isASCII = text.allSatisfy(\.isASCII)
    #expect(isASCII)
    let rows = text.split(separator: "\n")
    #expect(rows[0].contains("####|####") && rows[0].contains("+"))
    #expect(rows[1].contains("|"))
  }

  @Test(arguments: [(0, 0), (1, 1), (3, 2), (8, 3), (200, 60)])
  func anySizeIsGood(width: Int, height: Int) {
    let plot = BoxPlot(
      rows: [
        BoxPlot.Row(
          "基线", BoxPlot.Box(whiskers: 1...4, quartiles: 2...3, median: 2), valueText: "2"),
        BoxPlot.Row("no number", BoxPlot.Box(whiskers: 0...0, quartiles: 0...0, median: .nan)),
      ], axis: PlotAxis(label: "µs"), markers: [PlotMark(.infinity)])
    #expect(
      rendered(plot, width: width, height: height).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count <= max(1, height))
  }
}
