import RandomNumbers
import Testing

@testable import TerminalCanvas

@Suite struct BarTests {
  @Test(arguments: 0...120)
  func aBarIsExactToTheEighth(width: Int) {
    var random = SplitMix64(seed: UInt64(width) + 1)
    for _ in 0..<200 {
      let value = Double.random(in: 0...1, using: &random)
      let eighths = Bar.eighths(value, width: width)
      #expect(eighths == Int((value * 8 * Double(width)).rounded()))
      let text = Bar.text(value, width: width, glyphs: .unicode)
      #expect(text.count <= width)
      // The characters are counted back into eighths: U+2588 is full, U+258F one eighth.
      let counted = text.unicodeScalars.reduce(0) { $0 + 8 - Int($1.value - 0x2588) }
      #expect(counted == eighths)
    }
  }

  @Test(arguments: [
    (Double.nan, 0), (.infinity, 80), (-.infinity, 0), (-0.5, 0), (1.5, 80), (0, 0), (1, 80),
    (0.5, 40), (0.00624, 0), (0.00626, 1),
  ])
  func limits(value: Double, eighths: Int) {
    #expect(Bar.eighths(value, width: 10) == eighths)
  }

  @Test func inASCIIABarIsRoundedToCells() {
    #expect(Bar.text(0.44, width: 10, glyphs: .ascii) == "####")
    #expect(Bar.text(0.45, width: 10, glyphs: .ascii) == "#####")
  }

  @Test func sharesOfARangeAreLimited() {
    #expect(Bar.fraction(of: 5, in: 0...10) == 0.5)
    #expect(Bar.fraction(of: -5, in: 0...10) == 0)
    #expect(Bar.fraction(of: .nan, in: 0...10) == 0)
    #expect(Bar.fraction(of: 1, in: 1...1) == 0)
    #expect(Bar.fraction(of: 1, in: -.infinity ... .infinity) == 0)
  }
}

@Suite struct BarListTests {
  @Test func barsAreScaledToTheLargest() {
    let list = BarList([
      .init("dense", value: 348, valueText: "348 KB"),
      .init("csr", value: 696, valueText: "696 KB"),
      .init("哈夫曼", value: 43.5, valueText: "43 KB"),
    ])
    #expect(
      rendered(list, width: 30, height: 3) == """
        dense  ████████         348 KB
        csr    ████████████████ 696 KB
        哈夫曼 █                 43 KB
        """)
  }

  @Test func aGivenMaximumAndOddValuesAreRespected() {
    let list = BarList(
      [
        .init("a", value: 4, valueText: "4"), .init("b", value: .nan, valueText: "?"),
        .init("c", value: 99, valueText: "99"), .init("d", value: -1, valueText: "-1"),
      ], maximum: 8)
    #expect(
      rendered(list, width: 13, height: 4) == """
        a ████      4
        b           ?
        c ████████ 99
        d          -1
        """)
    #expect(rendered(BarList([]), width: 9, height: 2) == "")
  }

  @Test func withoutRoomTheBarsGoBeforeTheWords() {
    let list = BarList([.init("dense", value: 1, valueText: "348 KB")])
    #expect(rendered(list, width: 12, height: 1) == "dense 348 KB")
  }
}

@Suite struct StackedBarTests {
  private let bar = StackedBar([
    .init("codes", value: 6, role: .series1), .init("scales", value: 3, role: .series2),
    .init("rest", value: 1, role: .series3),
  ])

  @Test func partsDifferInShade() {
    #expect(
      rendered(bar, width: 30, height: 2) == """
        ██████████████████▒▒▒▒▒▒▒▒▒▓▓▓
        █ codes  ▒ scales  ▓ rest
        """)
  }

  @Test(arguments: 0...50)
  func partsAddUpToTheBar(width: Int) {
    #expect(bar.cells(width: width).reduce(0, +) == width)
    var half = bar
    half.maximum = 20
    #expect(half.cells(width: width).reduce(0, +) == Int((Double(width) / 2).rounded()))
  }

  @Test func oddSizesCountAsNothing() {
    let odd = StackedBar([
      .init("a", value: .nan, role: .series1), .init("b", value: -2, role: .series2),
      .init("c", value: .infinity, role: .series2), .init("d", value: 1, role: .series3),
    ])
    #expect(odd.cells(width: 8) == [0, 0, 0, 8])
    #expect(StackedBar([]).cells(width: 8) == [])
    #expect(StackedBar([.init("a", value: 0, role: .series1)]).cells(width: 8) == [0])
  }
}

@Suite struct ProgressBarTests {
  @Test func theShareDoneIsABarAndAPercentage() {
    #expect(
      rendered(ProgressBar(label: "epoch 2", fraction: 0.5), width: 30, height: 1)
        == "epoch 2 ████████░░░░░░░░  50 %")
    #expect(
      rendered(ProgressBar(fraction: 0.25, text: "25 of 100"), width: 20, height: 1)
        == "██▌░░░░░░░ 25 of 100")
  }

  @Test func onlyFinishedWorkReadsOneHundred() {
    #expect(rendered(ProgressBar(fraction: 0.9999), width: 12, height: 1).hasSuffix(" 99 %"))
    #expect(rendered(ProgressBar(fraction: 1), width: 12, height: 1).hasSuffix("100 %"))
    #expect(rendered(ProgressBar(fraction: .nan), width: 12, height: 1).hasSuffix(" 0 %"))
  }

  @Test func workOfUnknownLengthMovesToAndFro() {
    let frames = (0...8).map { phase in
      rendered(ProgressBar(fraction: nil, phase: phase), width: 6, height: 1, glyphs: .ascii)
    }
    #expect(
      frames == [
        "###...", ".###..", "..###.", "...###", "..###.", ".###..", "###...", ".###..", "..###.",
      ])
  }
}

@Suite struct GaugeTests {
  private let gauge = Gauge(
    title: "accuracy", valueText: "75.00 %", value: 0.75, band: 0.65...0.85, baseline: 0.9,
    detail: [StyledRun("-15.00", .role(.bad))], caption: [StyledRun("baseline 90.00 %")])

  @Test func wordsBarAndCaptionStandBelowOneAnother() {
    #expect(
      rendered(gauge, width: 32, height: 3) == """
        accuracy   75.00 %  -15.00
        ████████████████████▓▓▓▓░░░░│
        baseline 90.00 %
        """)
    #expect(
      rendered(gauge, width: 32, height: 2, glyphs: .ascii) == """
        accuracy   75.00 %  -15.00
        ####################====....|
        """)
  }

  @Test func oneRowHoldsWordsAndBar() {
    #expect(rendered(gauge, width: 40, height: 1) == "accuracy   75.00 %  -15.00  ███████▓▓░│")
    #expect(rendered(gauge, width: 34, height: 1) == "accuracy   75.00 %  -15.00")
  }

  @Test func aBaselineOnTheBarDoesNotInterruptIt() {
    var low = gauge
    low.baseline = 0.25
    low.band = nil
    let canvas = canvas(of: low, width: 32, height: 3)
    #expect(canvas[8, 1].character == "│")
    #expect(canvas[8, 1].style.background == .role(.series1))
    #expect(canvas[7, 1].style.background == .standard)
  }

  @Test func valuesOutsideTheRangeAreDrawnAtItsEnds() {
    let high = Gauge(title: "t", valueText: "v", value: 9, range: 0...2, baseline: .infinity)
    #expect(rendered(high, width: 8, height: 2).hasSuffix("████████"))
    let odd = Gauge(title: "t", valueText: "v", value: .nan, band: -9...9, baseline: .nan)
    #expect(rendered(odd, width: 8, height: 2).hasSuffix("░░░░░░░░"))
  }
}
