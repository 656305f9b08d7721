import RandomNumbers
import TerminalCanvas
import Testing

@testable import TerminalDriver

/// Reports in both encodings, as xterm's "Control Sequences", section Mouse Tracking, describes them.
@Suite struct MouseReportTests {
  private func event(_ text: String) -> MouseEvent? {
    var parser = SGRMouseParser()
    for byte in text.utf8 {
      if case .report(let report) = parser.feed(byte) { return report.event }
    }
    return nil
  }

  @Test func readsTheActionsThatTheProgramUses() {
    #expect(event("0;3;4M") == MouseEvent(.press, at: Point(x: 2, y: 3)))
    #expect(event("32;300;4M") == MouseEvent(.drag, at: Point(x: 299, y: 3)))
    #expect(event("0;1;1m") == MouseEvent(.release, at: Point(x: 0, y: 0)))
    #expect(event("64;1;1M") == MouseEvent(.scrollUp, at: Point(x: 0, y: 0)))
    #expect(event("65;10;20M") == MouseEvent(.scrollDown, at: Point(x: 9, y: 19)))
  }

  @Test func takesModifiersForNothing() {
    #expect(event("28;3;4M") == MouseEvent(.press, at: Point(x: 2, y: 3)))
    #expect(event("81;3;4M") == MouseEvent(.scrollDown, at: Point(x: 2, y: 3)))
  }

  @Test(arguments: ["1;3;4M", "2;3;4m", "34;3;4M", "35;3;4M", "66;3;4M", "128;3;4M", "0;0;4M"])
  func ignoresOtherButtonsAndMovements(_ text: String) {
    #expect(event(text) == nil)
  }

  @Test(arguments: [
    "M", ";;M", "0;3M", "0;3;M", "0;3;4;5M", "0;;4M", "99999999999999999999;1;1M", "0:3:4M",
    "0;3;4~", "<0;3;4M",
  ])
  func dropsWhatIsNoReportAtItsEnd(_ text: String) {
    var parser = SGRMouseParser()
    let outcomes = text.utf8.map { parser.feed($0) }
    #expect(outcomes.last == .malformed)
    #expect(outcomes.dropLast().allSatisfy { $0 == .incomplete })
  }

  @Test func givesUpAtAControlCharacter() {
    var parser = SGRMouseParser()
    #expect(parser.feed(UInt8(ascii: "0")) == .incomplete)
    #expect(parser.feed(0x1B) == .interrupted)
  }

  @Test func endsOverlongReports() {
    var parser = SGRMouseParser()
    let outcomes = (0..<48).map { _ in parser.feed(UInt8(ascii: "1")) }
    #expect(outcomes.last == .malformed)
  }

  @Test func readsTheOldEncoding() {
    func legacy(_ bytes: [UInt8]) -> MouseEvent? {
      var parser = LegacyMouseParser()
      for byte in bytes {
        if case .report(let report) = parser.feed(byte) { return report.event }
      }
      return nil
    }
    #expect(legacy([32, 35, 36]) == MouseEvent(.press, at: Point(x: 2, y: 3)))
    #expect(legacy([64, 255, 33]) == MouseEvent(.drag, at: Point(x: 222, y: 0)))
    #expect(legacy([35, 35, 36]) == MouseEvent(.release, at: Point(x: 2, y: 3)))
    #expect(legacy([96, 33, 33]) == MouseEvent(.scrollUp, at: Point(x: 0, y: 0)))
    #expect(legacy([32, 10]) == nil)
  }

  @Test(arguments: UInt64(1)...8)
  func survivesMutatedReports(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<2_000 {
      var bytes = Array("32;120;40M".utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        default: if bytes.count > 1 { bytes.remove(at: index) }
        }
      }
      var parser = SGRMouseParser()
      for byte in bytes {
        let outcome = parser.feed(byte)
        if case .report(let report) = outcome, let event = report.event {
          #expect(event.point.x >= 0 && event.point.y >= 0)
          #expect(event.point.x < 65_535 && event.point.y < 65_535)
        }
        if outcome != .incomplete { break }
      }
    }
  }
}
