import Testing

@testable import TerminalCanvas

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("bits", 4), ("漢字", 4), ("é", 1), ("e\u{0301}", 1), ("，。", 4), ("ｉｎｔ", 6),
    ("α≤×", 3), ("●◀▶", 3), ("⣿⡇", 2), ("▀▏█", 3), ("─│┌", 3), ("“”…—", 4), ("한국어", 6),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("\u{1FB00}", 1), ("\u{3000}", 2), ("カタ", 4),
    ("𠀀", 2), ("🇩🇪", 2), ("✓✗", 2), ("䷀㉈", 4), ("±µ", 2), ("क्ष", 2),
  ])
  func widthsOfTypicalText(text: String, columns: Int) {
    #expect(TextWidth.width(of: text) == columns)
  }

  @Test func tablesAreSortedAndDisjoint() {
    for table in [TextWidthTables.wide, TextWidthTables.zeroWidth] {
      #expect(table.count.isMultiple(of: 2))
      for index in stride(from: 0, to: table.count, by: 2) {
        #expect(table[index] <= table[index + 1])
        if index > 0 { #expect(table[index - 1] < table[index]) }
      }
    }
  }

  @Test func widthOfALineIsTheSumOfItsRuns() {
    #expect(TextWidth.width(of: [StyledRun("4 位"), StyledRun("量化")]) == 8)
  }

  @Test(arguments: [
    ("accuracy", 5, "accu…"), ("accuracy", 8, "accuracy"), ("量化网络", 5, "量化…"),
    ("量化网络", 4, "量…"), ("量化", 1, "…"), ("量化", 0, ""), ("ab", 1, "…"),
  ])
  func truncated(text: String, width: Int, expected: String) {
    #expect(TextFitting.truncate(text, to: width) == expected)
  }

  @Test func truncationKeepsStylesAndNeverExceedsTheWidth() {
    let line = [StyledRun("4 bits ", .role(.accent)), StyledRun("量化网络", .role(.muted))]
    for width in 0...16 {
      let short = TextFitting.truncate(line, to: width)
      #expect(TextWidth.width(of: short) <= width)
      #expect(TextWidth.width(of: TextFitting.align(line, to: width)) == max(0, width))
    }
    #expect(
      TextFitting.truncate(line, to: 10)
        == [StyledRun("4 bits ", .role(.accent)), StyledRun("量…", .role(.muted))])
    #expect(TextFitting.truncate(line, to: 4, ellipsis: "...").map(\.text) == ["4..."])
  }

  @Test func paddingCountsColumns() {
    #expect(TextFitting.pad("量", to: 5) == "量   ")
    #expect(TextFitting.pad("量", to: 5, alignment: .right) == "   量")
    #expect(TextFitting.pad("量", to: 5, alignment: .center) == " 量  ")
    #expect(TextFitting.pad("long", to: 2) == "long")
  }
}
