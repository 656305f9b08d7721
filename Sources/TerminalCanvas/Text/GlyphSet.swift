/// The characters that widgets draw with.
package enum GlyphSet: Sendable, Hashable, CaseIterable {
  /// Box lines, blocks and braille.
  case unicode
  /// Only the printable characters of ASCII, for terminals without UTF-8.
  case ascii

  private func pick(_ unicode: Character, _ ascii: Character) -> Character {
    self == .unicode ? unicode : ascii
  }

  /// A horizontal line.
  package var horizontal: Character { pick("─", "-") }
  /// A vertical line.
  package var vertical: Character { pick("│", "|") }
  /// A dashed vertical line.
  package var dashedVertical: Character { pick("┊", ":") }
  /// A dashed horizontal line.
  package var dashedHorizontal: Character { pick("╌", "-") }
  /// A corner open to the right and below.
  package var topLeft: Character { pick("┌", "+") }
  /// A corner open to the left and below.
  package var topRight: Character { pick("┐", "+") }
  /// A corner open to the right and above.
  package var bottomLeft: Character { pick("└", "+") }
  /// A corner open to the left and above.
  package var bottomRight: Character { pick("┘", "+") }
  /// A rounded corner open to the right and below.
  package var roundTopLeft: Character { pick("╭", "+") }
  /// A rounded corner open to the left and below.
  package var roundTopRight: Character { pick("╮", "+") }
  /// A rounded corner open to the right and above.
  package var roundBottomLeft: Character { pick("╰", "+") }
  /// A rounded corner open to the left and above.
  package var roundBottomRight: Character { pick("╯", "+") }
  /// A vertical line with an arm to the right.
  package var teeRight: Character { pick("├", "+") }
  /// A vertical line with an arm to the left.
  package var teeLeft: Character { pick("┤", "+") }
  /// A horizontal line with an arm below.
  package var teeDown: Character { pick("┬", "+") }
  /// Two lines that cross.
  package var cross: Character { pick("┼", "+") }
  /// A short line upwards from below, for ticks under a plot.
  package var tick: Character { pick("╷", "'") }

  /// The part of a slider's track before its knob.
  package var sliderFilled: Character { pick("━", "=") }
  /// The part of a slider's track after its knob.
  package var sliderTrack: Character { pick("─", "-") }
  /// A slider's knob.
  package var sliderKnob: Character { pick("●", "O") }
  /// A mark on a slider's track.
  package var sliderMark: Character { pick("┴", "+") }
  /// A solid arrow to the left.
  package var arrowLeft: Character { pick("◀", "<") }
  /// A solid arrow to the right.
  package var arrowRight: Character { pick("▶", ">") }
  /// A solid arrow upwards.
  package var arrowUp: Character { pick("▲", "^") }
  /// A solid arrow downwards.
  package var arrowDown: Character { pick("▼", "v") }
  /// A thin arrow to the right, between two things.
  package var rightwards: Character { pick("→", ">") }

  /// The mark before an item of a list.
  package var bullet: Character { pick("•", "*") }
  /// The mark of something right or done.
  package var checkMark: Character { pick("✓", "+") }
  /// The mark of something wrong.
  package var crossMark: Character { pick("✗", "x") }
  /// An unchosen choice.
  package var radioOff: Character { pick("○", "o") }
  /// The chosen choice.
  package var radioOn: Character { pick("●", "*") }
  /// The sign for plus or minus.
  package var plusMinus: Character { pick("±", "~") }
  /// The multiplication sign.
  package var times: Character { pick("×", "x") }
  /// The sign that text was cut.
  package var ellipsis: Character { pick("…", ".") }
  /// The mark of the current row of a list.
  package var pointer: Character { pick("▸", ">") }

  /// A full cell.
  package var fullBlock: Character { pick("█", "#") }
  /// The upper half of a cell.
  package var upperHalfBlock: Character { pick("▀", "\"") }
  /// The lower half of a cell.
  package var lowerHalfBlock: Character { pick("▄", "_") }
  /// A cell with a light shade.
  package var lightShade: Character { pick("░", ".") }
  /// A cell with a middling shade.
  package var mediumShade: Character { pick("▒", "-") }
  /// A cell with a dark shade.
  package var darkShade: Character { pick("▓", "=") }
  /// The part of a scroll bar that stands for what is seen.
  package var scrollThumb: Character { pick("┃", "#") }
  /// The part of a scroll bar that stands for what is not seen.
  package var scrollTrack: Character { pick("│", "|") }

  /// A cell filled from the left by 0 to 8 eighths; ASCII has only empty and, from 4, full.
  package func leftEighths(_ eighths: Int) -> Character {
    let index = max(0, min(8, eighths))
    switch self {
    case .unicode: return Self.leftBlocks[index]
    case .ascii: return index < 4 ? " " : "#"
    }
  }

  /// A cell filled from below by 0 to 8 eighths; ASCII has four steps.
  package func lowerEighths(_ eighths: Int) -> Character {
    let index = max(0, min(8, eighths))
    switch self {
    case .unicode: return Self.lowerBlocks[index]
    case .ascii: return Self.lowerBlocksInASCII[index]
    }
  }

  private static let leftBlocks: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  private static let lowerBlocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let lowerBlocksInASCII: [Character] = [
    " ", ".", ".", ".", ":", ":", "+", "+", "#",
  ]

  /// Ten shades from empty to full for pictures in plain ASCII.
  package static let asciiShades: [Character] = Array(" .:-=+*#%@")
}
