import Testing

@testable import TerminalCanvas

@Suite struct FrameTests {
  @Test func titleAndRightTextStandOnTheUpperSide() {
    #expect(
      rendered(Frame(title: "实验 Lab", rightText: "en"), width: 24, height: 3) == """
        ┌ 实验 Lab ──────── en ┐
        │                      │
        └──────────────────────┘
        """)
    #expect(
      rendered(Frame(title: "Lab", isRound: true), width: 10, height: 2) == """
        ╭ Lab ───╮
        ╰────────╯
        """)
    #expect(
      rendered(Frame(title: "Lab", isRound: true), width: 10, height: 2, glyphs: .ascii) == """
        + Lab ---+
        +--------+
        """)
  }

  @Test func theRightTextGoesWhenTheTitleNeedsItsRoom() {
    #expect(
      rendered(Frame(title: "Quantization", rightText: "zh-Hans"), width: 20, height: 2) == """
        ┌ Quantization ────┐
        └──────────────────┘
        """)
    #expect(
      rendered(Frame(title: "Quantization"), width: 10, height: 2) == """
        ┌ Quant… ┐
        └────────┘
        """)
  }

  @Test func theFocusedFrameStandsOut() {
    let focused = canvas(of: Frame(title: "A", isFocused: true), width: 8, height: 3)
    let other = canvas(of: Frame(title: "A"), width: 8, height: 3)
    #expect(focused[0, 0].style == .role(.accent))
    #expect(focused[2, 0].style == .role(.accent, bold: true))
    #expect(other[0, 0].style == .role(.border))
    #expect(other[2, 0].style == .role(.heading, bold: true))
  }

  @Test func innerIsEmptyWhenThereIsOnlyBorder() {
    #expect(Frame.inner(of: Rect(x: 1, y: 1, width: 5, height: 4)).width == 3)
    #expect(Frame.inner(of: Rect(x: 0, y: 0, width: 1, height: 9)).isEmpty)
    #expect(Frame.inner(of: Rect(x: 0, y: 0, width: 2, height: 2)).isEmpty)
  }
}

@Suite struct KeyBarTests {
  private let bar = KeyBar([
    .init("←→", "turn"), .init("↑↓", "choose"), .init("p", "predict"), .init("q", "back"),
  ])

  @Test(arguments: [
    (40, " ←→ turn  ↑↓ choose  p predict  q back"), (38, " ←→ turn  ↑↓ choose  q back"),
    (20, " ←→ turn  q back"), (10, " q back"), (6, "q back"), (3, "q b"),
  ])
  func whatDoesNotFitIsDroppedButTheLast(width: Int, expected: String) {
    #expect(rendered(bar, width: width, height: 1) == expected)
  }

  @Test func theWholeRowTakesTheBarsColours() {
    let canvas = canvas(of: bar, width: 30, height: 1)
    #expect(canvas[29, 0].style == .role(.bar))
    #expect(canvas[1, 0].style == .role(.barKey))
    #expect(canvas[4, 0].style == .role(.bar))
    let plain = TerminalCanvasTests.canvas(
      of: KeyBar(bar.items, isFilled: false), width: 30, height: 1)
    #expect(plain[0, 0].style == .role(.accent))
  }

  @Test func anEntryIsFoundUnderTheMouse() {
    let rect = Rect(x: 0, y: 4, width: 40, height: 1)
    #expect(bar.item(at: Point(x: 1, y: 4), in: rect)?.key == "←→")
    #expect(bar.item(at: Point(x: 8, y: 4), in: rect) == nil)
    #expect(bar.item(at: Point(x: 36, y: 4), in: rect)?.key == "q")
    #expect(bar.item(at: Point(x: 1, y: 5), in: rect) == nil)
    #expect(KeyBar([]).layout(in: rect).isEmpty)
  }
}
