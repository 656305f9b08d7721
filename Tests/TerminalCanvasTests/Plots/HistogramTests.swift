import RandomNumbers
import Testing

@testable import TerminalCanvas

@Suite struct HistogramTests {
  @Test func barsTicksAndNumbersStandBelowOneAnother() {
    let histogram = Histogram(
      title: "weights", counts: [0, 1, 2, 4, 8, 16, 8, 4, 2, 1], range: -1...1,
      gridLevels: [-0.9, -0.5, 0, 0.5, 3])
    #expect(
      rendered(histogram, width: 20, height: 5) == """
        weights       max 16
                  ██
          ▁▁▂▂▄▄██████▄▄▂▂▁▁
         ╷   ╷    ╷    ╷
        -1        0        1
        """)
    #expect(
      rendered(histogram, width: 20, height: 5, glyphs: .ascii) == """
        weights       max 16
                  ##
          ....::######::....
         '   '    '    '
        -1        0        1
        """)
  }

  @Test func theTitleNamesThePeakAndTheScale() {
    var histogram = Histogram(title: "w", counts: [1200, 0], range: 0...1)
    #expect(rendered(histogram, width: 30, height: 4).hasPrefix("w                    max 1,200"))
    histogram.isLogarithmic = true
    #expect(rendered(histogram, width: 30, height: 4).hasPrefix("w               log, max 1,200"))
    #expect(rendered(histogram, width: 10, height: 4).split(separator: "\n").first == "w")
  }

  @Test(arguments: 1...80)
  func columnsAreExactToTheEighth(width: Int) {
    var random = SplitMix64(seed: UInt64(width))
    let counts = (0..<37).map { _ in Int(random.next() % 1000) }
    for rows in [1, 3, 8] {
      let histogram = Histogram(counts: counts, range: 0...1)
      // Two more rows hold nothing but the numbers.
      let canvas = canvas(of: histogram, width: width, height: rows < 2 ? 1 : rows + 1)
      for (x, height) in histogram.heights(width: width).enumerated() {
        let eighths = (0..<rows).reduce(0) { sum, y in
          let value = canvas[x, y].character.unicodeScalars.first?.value ?? 0x20
          return sum + (value == 0x20 ? 0 : Int(value - 0x2580))
        }
        #expect(eighths == Int((height * 8 * Double(rows)).rounded()))
      }
    }
  }

  @Test func heightsAreMeansOfTheBinsOfAColumn() {
    let histogram = Histogram(counts: [1, 3, 8, 0, 4, 4], range: 0...6)
    #expect(histogram.heights(width: 3) == [0.5, 1, 1])
    #expect(histogram.heights(width: 6) == [0.125, 0.375, 1, 0, 0.5, 0.5])
    #expect(histogram.heights(width: 12).count == 12)
    #expect(Histogram(counts: [], range: 0...1).heights(width: 4) == [])
    #expect(Histogram(counts: [0, -5], range: 0...1).heights(width: 2) == [0, 0])
  }

  @Test func logarithmicHeightsGrowWithTheLogarithm() {
    var histogram = Histogram(counts: [9, 99, 0], range: 0...3)
    histogram.isLogarithmic = true
    // log(10) / log(100) is one half.
    let heights = histogram.heights(width: 3)
    #expect(abs(heights[0] - 0.5) < 1e-12)
    #expect(heights[1] == 1 && heights[2] == 0)
  }

  @Test func clippedBarsAreColouredAndTheRangeIsBracketed() {
    let histogram = Histogram(
      counts: Array(repeating: 5, count: 20), range: -1...1, clipping: -0.5...0.5)
    let canvas = canvas(of: histogram, width: 20, height: 4)
    #expect(canvas.lines[2] == "     [         ]")
    #expect(canvas[4, 0].style == .role(.warning))
    #expect(canvas[5, 0].style == .role(.series1))
    #expect(canvas[14, 0].style == .role(.series1))
    #expect(canvas[15, 0].style == .role(.warning))
  }

  @Test func aGridFinerThanTheColumnsIsARowOfTicks() {
    let histogram = Histogram(
      counts: [1, 1], range: 0...1, gridLevels: (0...255).map { Double($0) / 255 } + [.nan])
    #expect(canvas(of: histogram, width: 10, height: 4).lines[2] == "╷╷╷╷╷╷╷╷╷╷")
  }

  @Test func anEmptyRangeIsNoTrouble() {
    let histogram = Histogram(counts: [3], range: 0...0, gridLevels: [0], clipping: 0...0)
    #expect(rendered(histogram, width: 5, height: 3).hasPrefix("█████"))
  }
}

@Suite struct GrayImageTests {
  @Test func aCellHoldsTwoPixels() {
    let image = GrayImage(pixels: [0, 50, 100, 150, 200, 250], width: 2, height: 3)
    #expect(image.size == Size(width: 2, height: 2))
    let canvas = canvas(of: image, width: 2, height: 2)
    #expect(canvas.text == "▀▀\n▀▀")
    #expect(canvas[1, 0].style == Style(foreground: .gray(50), background: .gray(150)))
    #expect(canvas[0, 1].style == Style(foreground: .gray(200), background: .standard))
  }

  @Test func aPictureOfTheDataSetTakes28By14Cells() {
    let image = GrayImage(
      pixels: (0..<784).map { UInt8($0 / 28 * 9) }, width: 28, height: 28)
    #expect(image.size == Size(width: 28, height: 14))
    let canvas = canvas(of: image, width: 40, height: 20)
    #expect(canvas.lines.filter { $0.count == 28 }.count == 14)
    #expect(canvas[27, 13].style == Style(foreground: .gray(234), background: .gray(243)))
  }

  @Test func withoutColoursShadesAreCharacters() {
    let image = GrayImage(
      pixels: [0, 26, 52, 77, 103, 128, 154, 180, 205, 231, 255, 255], width: 12, height: 1,
      usesCharacters: true)
    #expect(rendered(image, width: 12, height: 1) == " .:-=+*#%@@@")
    #expect(
      rendered(
        GrayImage(pixels: [0, 255], width: 1, height: 2), width: 1, height: 1, glyphs: .ascii)
        == "=")
  }

  @Test func aLargerPictureIsReducedInProportion() {
    let image = GrayImage(pixels: [UInt8](repeating: 100, count: 28 * 28), width: 28, height: 28)
    let small = image.reduced(toWidth: 14, height: 40)
    #expect(small.width == 14 && small.height == 14)
    #expect(small.pixels.allSatisfy { $0 == 100 })
    let halves = GrayImage(pixels: [0, 100, 200, 100], width: 2, height: 2)
    #expect(halves.reduced(toWidth: 1, height: 9).pixels == [100])
    for width in 0...30 {
      for height in 0...30 {
        let reduced = image.reduced(toWidth: width, height: height)
        #expect(reduced.width <= width && reduced.height <= height)
      }
    }
  }

  @Test func numbersAreSpreadOverTheShades() {
    let image = GrayImage(values: [-1, 0, 1, .nan], width: 4, height: 1)
    #expect(image.pixels == [0, 128, 255, 0])
    #expect(GrayImage(values: [3, 3], width: 2, height: 1).pixels == [0, 0])
    #expect(GrayImage(values: [], width: 0, height: 0).pixels.isEmpty)
  }

  @Test func aWrongNumberOfPixelsIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = GrayImage(pixels: [1, 2, 3], width: 2, height: 2)
    }
  }
}
