/// The control sequence with which a program fills the clipboard of its terminal (OSC 52 of xterm).
///
/// The text travels in base64, so that nothing in it can steer the terminal.
package nonisolated enum ClipboardSequence {
  /// The longest text that is sent, in bytes; some terminals drop longer sequences.
  package static let maxLength = 8_192

  /// Types of terminals that print such a sequence, or choke on it, instead of skipping it.
  private static let withoutClipboard = [
    "linux", "vt", "ansi", "dumb", "cons", "sun", "hurd", "eterm", "wyse", "cygwin",
  ]

  /// Whether a terminal of a type at least skips the sequence.
  package static func isUnderstood(by name: String) -> Bool {
    !withoutClipboard.contains { name.hasPrefix($0) }
  }

  /// The sequence for a text; nil for a text that is empty or too long.
  package static func sequence(for text: String) -> String? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= maxLength else { return nil }
    return "\u{1B}]52;c;\(base64(bytes))\u{07}"
  }

  /// Bytes in the base64 alphabet of RFC 4648, padded.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
