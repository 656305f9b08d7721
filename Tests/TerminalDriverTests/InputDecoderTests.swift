import RandomNumbers
import TerminalCanvas
import Testing

@testable import TerminalDriver

@Suite struct InputDecoderTests {
  private func events(_ units: [InputUnit]) -> [InputEvent] {
    var decoder = InputDecoder()
    for unit in units { decoder.feed(unit) }
    return decoder.finish()
  }

  private func events(_ text: String) -> [InputEvent] {
    events(text.utf8.map(InputUnit.byte))
  }

  private func units(_ text: String) -> [InputUnit] {
    text.utf8.map(InputUnit.byte)
  }

  @Test func typedCharactersAreWhole() {
    #expect(events("a漢😀") == [.key(.character("a")), .key(.character("漢")), .key(.character("😀"))])
    #expect(events("e\u{301}!") == [.key(.character("e\u{301}")), .key(.character("!"))])
  }

  @Test func controlKeysHaveNames() {
    #expect(
      events("\u{3}\u{1A}\u{1}") == [
        .key(.control("c")), .key(.control("z")), .key(.control("a")),
      ])
    #expect(
      events("\t\r\n\u{8}\u{7F}") == [
        .key(.tab), .key(.enter), .key(.enter), .key(.backspace), .key(.backspace),
      ])
    #expect(events("\u{0}\u{1C}\u{1F}") == [])
  }

  @Test func anEscapeAloneIsTheKey() {
    #expect(events("\u{1B}") == [.key(.escape)])
    #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(events("\u{1B}q") == [.key(.escape), .key(.character("q"))])
    #expect(events([.byte(0x1B), .key(.up)]) == [.key(.escape), .key(.up)])
    #expect(events("\u{1B}[") == [.key(.escape), .key(.character("["))])
    #expect(events("\u{1B}O") == [.key(.escape), .key(.character("O"))])
  }

  @Test(arguments: ["\u{1B}[99;99u", "\u{1B}[I", "\u{1B}[?1;2c", "\u{1B}[200~", "\u{1B}OX"])
  func unknownSequencesAreDroppedWhole(_ sequence: String) {
    #expect(events(sequence + "j") == [.key(.character("j"))])
  }

  @Test func charactersMayBeSplitBetweenBatches() {
    var decoder = InputDecoder()
    let bytes = Array("漢".utf8)
    decoder.feed(.byte(bytes[0]))
    #expect(decoder.finish() == [])
    decoder.feed(.byte(bytes[1]))
    decoder.feed(.byte(bytes[2]))
    #expect(decoder.finish() == [.key(.character("漢"))])
  }

  @Test func whatIsPastedIsOneEvent() {
    let paste = [.pasteBegin] + units("一二 q\r\nx\ty\rz\u{7}") + [.pasteEnd, .byte(0x71)]
    #expect(events(paste) == [.paste("一二 q\nx\ty\nz"), .key(.character("q"))])
    #expect(events([.pasteBegin, .pasteEnd]) == [])
    #expect(events([.pasteEnd, .byte(0x71)]) == [.key(.character("q"))])
    #expect(
      events([.pasteBegin, .byte(0xFF), .byte(0x61), .key(.up), .pasteEnd]) == [.paste("a")])
  }

  @Test func aPasteMayBeSplitBetweenBatchesAndEndedByControlC() {
    var decoder = InputDecoder()
    decoder.feed(.pasteBegin)
    for unit in units("ab").prefix(1) { decoder.feed(unit) }
    #expect(decoder.finish() == [])
    decoder.feed(.byte(0x62))
    decoder.feed(.byte(0x03))
    #expect(decoder.finish() == [.paste("ab"), .key(.control("c"))])
  }

  @Test func aPasteHasAnUpperLimit() {
    var decoder = InputDecoder()
    decoder.feed(.pasteBegin)
    for _ in 0..<(InputDecoder.maxPaste + 10) { decoder.feed(.byte(0x61)) }
    decoder.feed(.pasteEnd)
    #expect(
      decoder.finish() == [.paste(String(repeating: "a", count: InputDecoder.maxPaste))])
  }

  @Test func mouseReportsMayBeSplitBetweenBatches() {
    var decoder = InputDecoder()
    decoder.feed(.mouseIntroducer)
    for unit in units("0;12") { decoder.feed(unit) }
    #expect(decoder.finish() == [])
    for unit in units(";7Mx") { decoder.feed(unit) }
    #expect(
      decoder.finish() == [
        .mouse(MouseEvent(.press, at: Point(x: 11, y: 6))), .key(.character("x")),
      ])
  }

  @Test func aKeyEndsAnUnfinishedReport() {
    #expect(events([.mouseIntroducer] + units("0;12") + [.key(.down)]) == [.key(.down)])
    #expect(events([.mouseIntroducer] + units("0;12\u{3}")) == [.key(.control("c"))])
  }

  @Test func keysOfNoUseAreDropped() {
    #expect(events([.key(nil), .byte(0x71)]) == [.key(.character("q"))])
  }

  /// Overlong forms, surrogates, values beyond Unicode, stray and missing continuation bytes.
  @Test(arguments: [
    [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xBF, 0xBF], [0xE6, 0xBC],
    [0xC2, 0x85],
  ])
  func invalidTextIsDropped(_ bytes: [UInt8]) {
    #expect(events(bytes.map(InputUnit.byte) + [.byte(0x71)]) == [.key(.character("q"))])
  }

  /// Whatever came before, Return is understood at once, and no control character is ever typed.
  @Test(arguments: UInt64(1)...8)
  func recoversFromAnything(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<500 {
      var decoder = InputDecoder()
      var seen: [InputEvent] = []
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: decoder.feed(.mouseIntroducer)
        case 1: decoder.feed(.legacyMouseIntroducer)
        case 2: decoder.feed(.key(.left))
        case 3: seen += decoder.finish()
        case 4: decoder.feed(.byte(0x1B))
        case 5: decoder.feed(.byte(UInt8(ascii: "[")))
        default: decoder.feed(.byte(UInt8.random(in: 0...255, using: &generator)))
        }
      }
      decoder.feed(.byte(0x0D))
      seen += decoder.finish()
      #expect(seen.last == .key(.enter))
      for case .key(.character(let character)) in seen {
        #expect(
          character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      }
    }
  }
}

@Suite struct KeySequencesTests {
  @Test func noSequenceHasTwoMeanings() {
    let sequences = KeySequences.all.map(\.sequence)
    #expect(Set(sequences).count == sequences.count)
  }

  /// A sequence that begins another would never be seen, or would delay it.
  @Test func noSequenceBeginsAnotherOrAMouseReport() {
    let sequences = KeySequences.all.map(\.sequence)
    for sequence in sequences + ["\u{1B}[<", "\u{1B}[M"] {
      #expect(!sequences.contains { $0 != sequence && $0.hasPrefix(sequence) })
    }
  }

  @Test func bothFormsOfTheArrowsAreThere() {
    for (letter, key) in [("A", Key.up), ("B", .down), ("C", .right), ("D", .left)] {
      for introducer in ["\u{1B}[", "\u{1B}O"] {
        #expect(KeySequences.all.contains { $0.sequence == introducer + letter && $0.key == key })
      }
    }
    #expect(KeySequences.all.contains { $0.sequence == "\u{1B}[1;2D" && $0.key == .shiftLeft })
    #expect(KeySequences.all.contains { $0.sequence == "\u{1B}[1;5D" && $0.key == .wordLeft })
    #expect(KeySequences.all.contains { $0.sequence == "\u{1B}[1;6D" && $0.key == .left })
  }
}
