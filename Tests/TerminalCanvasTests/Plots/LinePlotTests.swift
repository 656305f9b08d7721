import RandomNumbers
import Testing

@testable import TerminalCanvas

@Suite struct LinePlotTests {
  private func line(_ values: [Double]) -> PlotSeries {
    PlotSeries(points: values.enumerated().map { PlotPoint(x: Double($0.offset), y: $0.element) })
  }

  @Test func aRisingLineGoesFromCornerToCorner() {
    let plot = LinePlot(series: [line([0, 1])])
    #expect(
      rendered(plot, width: 24, height: 6) == """
        1┤                ⢀⣀⠤⠔⠒⠉
         │           ⣀⡠⠤⠒⠊⠁
         │     ⢀⡠⠤⠒⠊⠉
        0┤⣀⠤⠔⠒⠉⠁
         └┬────────────────────┬
          0                    1
        """)
  }

  @Test func axesHaveRoundNumbersAndNames() {
    let plot = LinePlot(
      title: "accuracy",
      series: [
        PlotSeries("int8", points: [2, 4, 6, 8].map { PlotPoint(x: $0, y: 1 - 1 / $0) }),
        PlotSeries(
          "float", role: .series2, points: [2, 4, 6, 8].map { PlotPoint(x: $0, y: 0.5) },
          stroke: .dashed),
      ],
      xAxis: PlotAxis(label: "bits"), yAxis: PlotAxis(range: 0...1),
      baselines: [PlotMark(0.91, name: "baseline")], markers: [PlotMark(3)])
    #expect(
      rendered(plot, width: 50, height: 12) == """
        accuracy             ── int8  ╌╌ float  ╌ baseline
        1.0┤╌╌╌╌╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
           │       ┊          ⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉
           │       ⢀⣀⣀⠤⠤⠒⠒⠉⠉⠉⠉
        0.5┤⣀⣠⠤⣔⣒⠊⣉⣁ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀⡀⢀⣀⡀⢀⣀⡀⢀⣀⡀⢀⣀⡀⢀
           │       ┊
           │       ┊
           │       ┊
        0.0┤       ┊
           └┬──────────────┬──────────────┬──────────────┬
            2              4              6              8
                                 bits
        """)
    #expect(
      rendered(plot, width: 50, height: 12, glyphs: .ascii) == """
        accuracy               * int8  + float  - baseline
        1.0+-------:--------------------------------------
           |       :          ****************************
           |       ***********
        0.5+++*++*++ ++ ++ ++ ++ ++ ++ ++ ++++++++++++++++
           |       :
           |       :
           |       :
        0.0+       :
           ++--------------+--------------+--------------+
            2              4              6              8
                                 bits
        """)
  }

  @Test func categoriesNameTheirPlaces() {
    let plot = LinePlot(
      series: [
        PlotSeries(
          points: [0.2, 0.8, 0.5].enumerated().map {
            PlotPoint(x: Double($0.offset), y: $0.element)
          },
          stroke: .none, marksPoints: true)
      ], xAxis: PlotAxis(categories: ["tensor", "通道", "group"]), yAxis: PlotAxis(range: 0...1))
    #expect(
      rendered(plot, width: 32, height: 7) == """
        1.0┤
           │              •
        0.5┤                       •
           │    •
        0.0┤
           └────┬─────────┬────────┬────
             tensor     通道     group
        """)
  }

  @Test func gapsStayOpen() {
    let whole = canvas(of: LinePlot(series: [line([0, 0, 0, 0, 0])]), width: 40, height: 6)
    let broken = canvas(of: LinePlot(series: [line([0, 0, .nan, 0, 0])]), width: 40, height: 6)
    let count = { (canvas: Canvas) in
      canvas.text.unicodeScalars.filter { (0x2801...0x28FF).contains($0.value) }.count
    }
    #expect(count(broken) < count(whole))
    #expect(count(broken) > 0)
  }

  @Test func bandsAreDrawnAboveAndBelowTheirPoint() {
    let point = PlotPoint(x: 0, y: 0.5, band: 0.25...0.75)
    let plot = LinePlot(
      series: [PlotSeries(points: [point])], xAxis: PlotAxis(range: -1...1),
      yAxis: PlotAxis(range: 0...1))
    let canvas = canvas(of: plot, width: 21, height: 12)
    let area = plot.plotArea(in: canvas.bounds)
    let rows = (area.y..<area.maxY).filter { y in
      (area.x..<area.maxX).contains { canvas[$0, y].character != " " }
    }
    // Of 40 dots from above, 0.75 lies on the tenth and 0.25 on the 29th; four make a cell.
    #expect(area.height == 10)
    #expect(rows.map { $0 - area.y } == Array(2...7))
  }

  @Test(arguments: [
    [], [0], [.nan], [.infinity, -.infinity], [1e308, -1e308], [5, 5, 5], [.nan, 1, .nan],
    [0, 1e-300], [1e15, 1e15 + 1],
  ])
  func oddDataIsDrawnWithoutTrouble(values: [Double]) {
    for (width, height) in [(1, 1), (20, 5), (60, 20)] {
      var plot = LinePlot(series: [line(values)])
      _ = rendered(plot, width: width, height: height)
      plot.baselines = values.map { PlotMark($0) }
      plot.markers = values.map { PlotMark($0) }
      plot.xAxis = PlotAxis(range: 0...0)
      let text = rendered(plot, width: width, height: height, glyphs: .ascii)
      #expect(text.split(separator: "\n").count <= height)
    }
  }

  @Test func linesThatLeaveThePlotAreCutAtItsEdges() {
    let plot = LinePlot(
      series: [line([-1e9, 1e9])], xAxis: PlotAxis(range: 0...1), yAxis: PlotAxis(range: 0...1))
    let canvas = canvas(of: plot, width: 40, height: 10)
    let area = plot.plotArea(in: canvas.bounds)
    let columns = (area.x..<area.maxX).filter { x in
      (area.y..<area.maxY).contains { canvas[x, $0].character != " " }
    }
    // At a slope of two thousand million the line crosses the plot in its middle.
    #expect(columns.count == 1)
    #expect(abs(columns[0] - (area.x + area.width / 2)) <= 1)
  }

  @Test func columnsGiveValuesBack() {
    let plot = LinePlot(series: [line([0, 1])], xAxis: PlotAxis(range: 2...8))
    let rect = Rect(x: 0, y: 0, width: 40, height: 10)
    let area = plot.plotArea(in: rect)
    #expect(plot.value(atColumn: -3, in: rect) == 2)
    #expect(plot.value(atColumn: 99, in: rect) == 8)
    let middle = plot.value(atColumn: area.x + area.width / 2, in: rect)
    #expect(abs(middle - 5) <= 6 / Double(area.width))
  }

  @Test func severalCurvesHaveMarksOfTheirOwnInASCII() {
    let plot = LinePlot(series: [line([0, 0]), line([1, 1])], yAxis: PlotAxis(range: 0...1))
    let text = rendered(plot, width: 30, height: 7, glyphs: .ascii)
    #expect(text.contains("****") && text.contains("++++"))
  }
}

@Suite struct PlotTicksTests {
  @Test(arguments: [
    (0.0, 1.0, 5, ["0.0", "0.5", "1.0"]), (0, 1, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (2, 8, 8, ["2", "3", "4", "5", "6", "7", "8"]), (-0.3, 0.3, 4, ["-0.2", "0.0", "0.2"]),
    (0, 10_000, 3, ["0", "5000", "10000"]), (0.9, 0.92, 3, ["0.90", "0.91", "0.92"]),
    (0.41, 0.44, 1, []),
  ])
  func roundNumbers(low: Double, high: Double, count: Int, labels: [String]) {
    #expect(PlotTicks(in: low...high, atMost: count).labels == labels)
  }

  @Test func thereAreNeverTooManyAndAlwaysWithinTheRange() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5000 {
      let low = Double.random(in: -1e6...1e6, using: &random)
      let extent = Double.random(in: 1e-6...1e6, using: &random)
      let count = Int(random.next() % 12) + 1
      let ticks = PlotTicks(in: low...(low + extent), atMost: count)
      #expect(ticks.values.count <= count)
      for value in ticks.values {
        #expect(value >= low - extent * 1e-6 && value <= low + extent * (1 + 1e-6))
      }
      if count >= 3, extent > 1e-3 { #expect(!ticks.values.isEmpty) }
    }
    #expect(PlotTicks(in: 1...1, atMost: 5).values.isEmpty)
    #expect(PlotTicks(in: -.infinity ... .infinity, atMost: 5).values.isEmpty)
    #expect(PlotTicks(in: 0...1, atMost: 0).values.isEmpty)
    #expect(PlotTicks(in: 0...Double.leastNonzeroMagnitude, atMost: 5).values.count <= 5)
    #expect(PlotTicks(in: 0...1e308, atMost: 5).values.count <= 5)
  }
}
