import RandomNumbers
import Testing

@testable import TerminalCanvas

@Suite struct CanvasTests {
  @Test func textIsWrittenFromACellToTheRight() {
    var canvas = Canvas(width: 8, height: 2)
    let columns = canvas.write("bits", at: Point(x: 2, y: 1))
    #expect(columns == 4)
    #expect(canvas.lines == ["", "  bits"])
    #expect(canvas[2, 1].character == "b")
  }

  @Test func runsKeepTheirStyles() {
    var canvas = Canvas(width: 8, height: 1)
    let line = [StyledRun("4", .role(.accent)), StyledRun("位", .role(.muted))]
    #expect(canvas.write(line, at: Point(x: 0, y: 0)) == 3)
    #expect(canvas[0, 0].style == .role(.accent))
    #expect(canvas[1, 0].style == .role(.muted))
    #expect(canvas[2, 0].isContinuation)
    #expect(canvas[2, 0].style == .role(.muted))
  }

  @Test func aWideCharacterCutByTheRightEdgeIsABlank() {
    var canvas = Canvas(width: 3, height: 1)
    #expect(canvas.write("量化", at: Point(x: 0, y: 0)) == 4)
    #expect(canvas.lines == ["量"])
    #expect(canvas[2, 0].width == 1)
  }

  @Test func aWideCharacterCutByTheLeftEdgeIsABlank() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.write("量化", at: Point(x: -1, y: 0))
    #expect(canvas.lines == [" 化"])
    #expect(canvas[0, 0].width == 1)
  }

  @Test func aWideCharacterCutByAClipIsABlank() {
    var canvas = Canvas(width: 8, height: 1)
    canvas.fill(canvas.bounds, with: "-")
    canvas.write("剪枝剪枝", at: Point(x: 0, y: 0), in: Rect(x: 1, y: 0, width: 4, height: 1))
    #expect(canvas.lines == ["- 枝 ---"])
  }

  @Test func overwritingEitherHalfOfAWideCharacterBlanksTheOther() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.write("量化网", at: Point(x: 0, y: 0))
    canvas.write("a", at: Point(x: 1, y: 0))
    canvas.write("b", at: Point(x: 2, y: 0))
    #expect(canvas.lines == [" ab 网"])
    canvas.write("络", at: Point(x: 3, y: 0))
    #expect(canvas.lines == [" ab络"])
    #expect(canvas[5, 0].width == 1)
  }

  @Test func everyWideCharacterHasItsContinuationWhateverIsWritten() {
    var random = SplitMix64(seed: 7)
    let samples = ["a", "量", "é", "ab量化", "😀", "x量", " ", "한글"]
    var canvas = Canvas(width: 11, height: 3)
    for _ in 0..<2000 {
      let text = samples[Int(random.next() % UInt64(samples.count))]
      let x = Int(random.next() % 15) - 2
      let y = Int(random.next() % 5) - 1
      let clip = Rect(x: Int(random.next() % 6), y: 0, width: Int(random.next() % 9), height: 3)
      canvas.write(text, at: Point(x: x, y: y), in: clip)
      for row in 0..<3 {
        for column in 0..<11 {
          let cell = canvas[column, row]
          let isWhole =
            switch cell.width {
            case 2: column + 1 < 11 && canvas[column + 1, row].isContinuation
            case 0: column > 0 && canvas[column - 1, row].width == 2
            default: true
            }
          if !isWhole { Issue.record("Half a character at \(column), \(row).") }
        }
      }
    }
  }

  @Test func fillRepeatsAWideCharacterEveryTwoColumns() {
    var canvas = Canvas(width: 6, height: 2)
    canvas.fill(Rect(x: 1, y: 0, width: 5, height: 1), with: "网")
    #expect(canvas.lines == [" 网网", ""])
  }

  @Test func restyleLeavesCharacters() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.write("a量b", at: Point(x: 0, y: 0))
    canvas.restyle(Rect(x: 1, y: 0, width: 1, height: 1)) { $0.reverse = true }
    #expect(canvas.lines == ["a量b"])
    #expect((0..<4).map { canvas[$0, 0].style.reverse } == [false, true, true, false])
  }

  @Test func clippingNarrowsAndIsUndone() {
    var canvas = Canvas(width: 6, height: 2)
    canvas.clipped(to: Rect(x: 1, y: 0, width: 3, height: 5)) { inner in
      inner.clipped(to: Rect(x: 0, y: 0, width: 3, height: 1)) { innermost in
        innermost.fill(innermost.bounds, with: "#")
      }
      inner.write("abcdef", at: Point(x: 0, y: 1))
    }
    #expect(canvas.lines == [" ##", " bcd"])
    #expect(canvas.clip == canvas.bounds)
  }

  @Test func drawingAnotherCanvasIsClippedOnEverySide() {
    var inner = Canvas(width: 6, height: 2)
    inner.write("a量b化", at: Point(x: 0, y: 0))
    inner.write("second", at: Point(x: 0, y: 1))
    var canvas = Canvas(width: 5, height: 2)
    canvas.draw(inner, at: Point(x: -2, y: 1))
    #expect(canvas.lines == ["", " b化"])
    canvas.draw(inner, at: Point(x: 3, y: -1))
    #expect(canvas.lines == ["   se", " b化"])
    canvas.draw(inner, at: Point(x: 1, y: 0), in: Rect(x: 3, y: 0, width: 2, height: 1))
    #expect(canvas.lines == ["    b", " b化"])
  }

  @Test func changesListOnlyWhatDiffers() {
    var old = Canvas(width: 6, height: 1)
    old.write("a量bc", at: Point(x: 0, y: 0))
    var new = old
    #expect(new.changedCells(from: old).isEmpty)
    new.write("d", at: Point(x: 1, y: 0))
    let changes = new.changedCells(from: old)
    #expect(changes.map(\.point.x) == [1, 2])
    #expect(changes.map(\.cell.character) == ["d", " "])
    #expect(old.changedCells(from: new).map(\.cell.character) == ["量"])
    #expect(new.changedCells(from: Canvas(width: 5, height: 1)).count == 6)
  }

  @Test func anEmptyCanvasTakesAnything() {
    var canvas = Canvas(width: 0, height: 0)
    #expect(canvas.write("量", at: Point(x: 0, y: 0)) == 2)
    canvas.fill(Rect(x: 0, y: 0, width: 3, height: 3), with: "x")
    #expect(canvas.lines.isEmpty)
    #expect(canvas.text == "")
  }
}

@Suite struct SanitisingTests {
  private func written(_ text: String) -> String {
    var canvas = Canvas(width: 20, height: 1)
    let columns = canvas.write(text, at: Point(x: 0, y: 0))
    #expect(columns == TextWidth.width(of: text))
    return canvas.lines[0]
  }

  @Test(arguments: [
    ("\u{1b}[31mred", "\u{FFFD}[31mred"),
    ("a\u{07}b", "a\u{FFFD}b"),
    ("a\u{7f}b", "a\u{FFFD}b"),
    ("a\u{9b}31mb", "a\u{FFFD}31mb"),
    ("a\u{85}b", "a\u{FFFD}b"),
    ("a\tb\nc\r\nd", "a b c d"),
    ("a\u{202E}b\u{2066}c\u{2069}", "abc"),
    ("a\u{200B}b\u{FEFF}c\u{00AD}d", "abcd"),
    ("a\u{2028}b\u{00A0}c", "a b c"),
    ("a\u{E000}b", "a\u{FFFD}b"),
    ("a\u{0378}b", "a\u{FFFD}b"),
    ("\u{1CD00}", "\u{FFFD}"),
    ("a\u{FE0F}b", "ab"),
    ("👩\u{200D}💻", "👩💻"),
    ("👍\u{1F3FD}!", "👍!"),
    ("\u{0301}a", "a"),
  ])
  func nothingThatSteersATerminalEntersACanvas(text: String, expected: String) {
    #expect(Array(written(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func marksUponOneCharacterAreLimited() {
    let stacked = "e" + String(repeating: "\u{0301}", count: 40)
    var canvas = Canvas(width: 3, height: 1)
    #expect(canvas.write(stacked, at: Point(x: 0, y: 0)) == 1)
    #expect(canvas[0, 0].character.unicodeScalars.count == 5)
  }

  @Test func everyCodePointGivesCellsOfOneMovingCharacter() {
    for value in UInt32(0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      TextCells.forEach(in: String(Character(scalar))) { character, width in
        let category = character.unicodeScalars.first?.properties.generalCategory
        if category == .control || category == .format || category == .unassigned
          || !(1...2).contains(width)
        {
          Issue.record("U+\(String(value, radix: 16)) gives \(width) columns of \(category as Any)")
        }
      }
    }
  }

  @Test func seededNoiseNeverBreaksTheAgreementOfWidthAndCells() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<(random.next() % 12) {
        let pool: [ClosedRange<UInt32>] = [
          0...0x7F, 0x80...0x36F, 0x900...0x97F, 0x1100...0x11FF, 0x2000...0x206F,
          0x4E00...0x4E20, 0x1F1E6...0x1F1FF, 0x1F300...0x1F6FF, 0xFE00...0xFEFF,
        ]
        let range = pool[Int(random.next() % UInt64(pool.count))]
        let value = range.lowerBound + UInt32(random.next() % UInt64(range.count))
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      }
      var canvas = Canvas(width: 30, height: 1)
      let columns = canvas.write(text, at: Point(x: 0, y: 0))
      #expect(columns == TextWidth.width(of: text))
      var marked = canvas
      marked.write("|", at: Point(x: columns, y: 0))
      #expect(marked.lines[0].last == "|")
    }
  }
}
