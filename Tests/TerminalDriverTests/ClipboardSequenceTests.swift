import Foundation
import Testing

@testable import TerminalDriver

/// The clipboard of the terminal.
@Suite struct ClipboardSequenceTests {
  @Test func base64IsThatOfFoundationWhateverTheLength() {
    for length in 0..<70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
      #expect(ClipboardSequence.base64(bytes) == Data(bytes).base64EncodedString())
    }
  }

  @Test func nothingOfATextButItsBase64ReachesTheTerminal() throws {
    let sequence = try #require(ClipboardSequence.sequence(for: "a\u{07}\u{1B}]0;title\u{07}"))
    #expect(sequence.unicodeScalars.filter { $0.value < 0x20 }.map(\.value) == [0x1B, 0x07])
    #expect(sequence.hasPrefix("\u{1B}]52;c;") && sequence.hasSuffix("\u{07}"))
    #expect(ClipboardSequence.sequence(for: "") == nil)
    #expect(ClipboardSequence.sequence(for: String(repeating: "a", count: 9_000)) == nil)
  }

  @Test func terminalsThatWouldPrintItGetNone() {
    for name in ["linux", "vt100", "vt220", "dumb", "ansi"] {
      #expect(!ClipboardSequence.isUnderstood(by: name))
    }
    for name in ["xterm-256color", "tmux-256color", "screen-256color", "alacritty", "foot"] {
      #expect(ClipboardSequence.isUnderstood(by: name))
    }
  }
}
