import TerminalCanvas

/// Key sequences that terminals send although their description may say otherwise.
///
/// A description lists one sequence for each key, while terminals switch between two forms of the
/// arrows, and add modifiers that many descriptions lack. Sources: xterm's "Control Sequences"
/// (PC-style and VT220-style keys), the Linux console's console_codes(4), rxvt's reference.
nonisolated enum KeySequences {
  /// All sequences with their keys.
  static let all: [(sequence: String, key: Key)] =
    cursorKeys + modifiedKeys + numberedKeys + functionKeys + keypadKeys + wordKeys

  private static let cursorLetters: [(letter: String, key: Key)] = [
    ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
  ]

  /// Both forms of the cursor keys, and rxvt's with shift.
  private static let cursorKeys: [(sequence: String, key: Key)] =
    cursorLetters.flatMap { [("\u{1B}[\($0.letter)", $0.key), ("\u{1B}O\($0.letter)", $0.key)] }
    + [
      ("\u{1B}[Z", .backTab), ("\u{1B}[d", .shiftLeft), ("\u{1B}[c", .shiftRight),
      ("\u{1B}[a", .up), ("\u{1B}[b", .down),
    ]

  /// Cursor keys with modifiers 2 (shift) to 8 (all).
  ///
  /// Shift, and Alt (3) or Control (5) beside it, change left and right; nothing else changes.
  private static let modifiedKeys: [(sequence: String, key: Key)] =
    (2...8).flatMap { modifier in
      cursorLetters.map { letter, key in
        let shifted: Key =
          switch (modifier, key) {
          case (2, .left): .shiftLeft
          case (2, .right): .shiftRight
          case (3, .left), (5, .left): .wordLeft
          case (3, .right), (5, .right): .wordRight
          default: key
          }
        return ("\u{1B}[1;\(modifier)\(letter)", shifted)
      }
    }

  private static let numbered: [(number: Int, key: Key)] = [
    (1, .home), (3, .delete), (4, .end), (5, .pageUp), (6, .pageDown), (7, .home), (8, .end),
  ]

  /// The editing keys, plain and with modifiers.
  private static let numberedKeys: [(sequence: String, key: Key)] =
    numbered.flatMap { number, key in
      [("\u{1B}[\(number)~", key)]
        + (2...8).map { modifier in
          (
            "\u{1B}[\(number);\(modifier)~",
            key == .delete && (modifier == 3 || modifier == 5) ? .deleteWordRight : key
          )
        }
    }

  /// Function keys of xterm, of VT220s, and of the Linux console.
  private static let functionKeys: [(sequence: String, key: Key)] =
    zip(["P", "Q", "R", "S"], 1...4).map { ("\u{1B}O\($0)", .function($1)) }
    + zip([11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24], 1...12).map {
      ("\u{1B}[\($0)~", .function($1))
    }
    + zip(["A", "B", "C", "D", "E"], 1...5).map { ("\u{1B}[[\($0)", .function($1)) }

  /// The numeric keypad in its application mode, which the screen library switches on.
  private static let keypadKeys: [(sequence: String, key: Key)] =
    [("\u{1B}OM", .enter)]
    + zip("pqrstuvwxy", "0123456789").map { ("\u{1B}O\($0)", .character($1)) }
    + zip("jklmno", "*+,-./").map { ("\u{1B}O\($0)", .character($1)) }

  /// Moving and deleting by words as shells have it, with Alt sent as Escape before the key; and
  /// rxvt's cursor keys with Control.
  private static let wordKeys: [(sequence: String, key: Key)] = [
    ("\u{1B}b", .wordLeft), ("\u{1B}f", .wordRight), ("\u{1B}d", .deleteWordRight),
    ("\u{1B}\u{7F}", .deleteWordLeft), ("\u{1B}\u{8}", .deleteWordLeft), ("\u{1B}Od", .wordLeft),
    ("\u{1B}Oc", .wordRight),
  ]
}
