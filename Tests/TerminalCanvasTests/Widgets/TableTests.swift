import Testing

@testable import TerminalCanvas

@Suite struct TableTests {
  private let table = Table(
    headers: [[StyledRun("format")], [StyledRun("bytes")], [StyledRun("说明")]],
    rows: [
      [
        [StyledRun("dense")], [StyledRun("348,160")],
        [StyledRun("packed codes, one scale a channel")],
      ],
      [[StyledRun("csr16")], [StyledRun("1,024")], [StyledRun("每个非零权重存一个值和列号。")]],
    ],
    alignments: [.left, .right])

  @Test func withRoomColumnsTakeWhatTheyNeed() {
    #expect(
      rendered(table, width: 80, height: 4) == """
        format │   bytes │ 说明
        ───────┼─────────┼──────────────────────────────────
        dense  │ 348,160 │ packed codes, one scale a channel
        csr16  │   1,024 │ 每个非零权重存一个值和列号。
        """)
  }

  @Test func withLessRoomCellsAreWrapped() {
    #expect(
      rendered(table, width: 36, height: 9, glyphs: .ascii) == """
        format |   bytes | 说明
        -------+---------+------------------
        dense  | 348,160 | packed codes, one
               |         | scale a channel
        csr16  |   1,024 | 每个非零权重存一
               |         | 个值和列号。
        """)
  }

  @Test func belowTheMinimumRowsBecomeRecords() {
    #expect(
      rendered(table, width: 22, height: 12) == """
        format: dense
        bytes: 348,160
        说明: packed codes,
          one scale a channel

        format: csr16
        bytes: 1,024
        说明: 每个非零权重存一
          个值和列号。
        """)
  }

  @Test(arguments: 1...100)
  func noLineIsWiderThanTheSpace(width: Int) {
    for line in table.lines(width: width, glyphs: .unicode) {
      #expect(TextWidth.width(of: line) <= max(2, width))
    }
    if let widths = table.columnWidths(width: width) {
      #expect(widths.reduce(0, +) + 6 <= width)
    }
  }

  @Test func raggedRowsAreFilledOrCut() {
    let ragged = Table(
      headers: [[StyledRun("a")], [StyledRun("b")]],
      rows: [[[StyledRun("1")]], [[StyledRun("2")], [StyledRun("3")], [StyledRun("4")]], []])
    #expect(
      rendered(ragged, width: 9, height: 9) == """
        a │ b
        ──┼──
        1 │
        2 │ 3
          │
        """)
    #expect(Table(headers: [], rows: []).lines(width: 9, glyphs: .unicode).isEmpty)
  }
}
