/// How text becomes cells: cleaning, grouping and measuring in one pass.
///
/// A cell holds one character that moves the cursor and at most four marks upon it, because that is
/// what terminals draw reliably. Clusters of several such characters (flags, joined emoji, Indic
/// syllables) take several cells. What could steer a terminal or upset its columns never comes out:
///
/// * tabs, line ends and all narrow spaces become a space;
/// * other control characters, private use and characters unknown to common C libraries become
///   U+FFFD;
/// * bidirectional controls, joiners, zero-width characters, variation selectors and skin tones are
///   dropped.
enum TextCells {
  /// What one code point means for the cells.
  private enum Kind {
    /// It takes this many columns.
    case spacing(Int)
    /// It is drawn as a space.
    case space
    /// It joins the character before it.
    case mark
    /// It leaves no trace.
    case dropped
    /// The replacement character stands for it.
    case replaced
  }

  /// The character that stands for what must not be drawn.
  static let replacement: Character = "\u{FFFD}"

  /// The most marks kept upon one character.
  private static let maximumMarks = 4

  /// Calls a closure with the character and the width, 1 or 2, of each cell's worth of text.
  @inline(__always)
  static func forEach(in text: String, _ body: (Character, Int) -> Void) {
    for character in text {
      if character.isASCII, let value = character.asciiValue {
        switch value {
        case 0x20..<0x7F: body(character, 1)
        case 0x09, 0x0A, 0x0B, 0x0C, 0x0D: body(" ", 1)
        default: body(replacement, 1)
        }
      } else {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { continue }
        if scalars.index(after: scalars.startIndex) == scalars.endIndex {
          switch kind(of: first) {
          case .spacing(let width): body(character, width)
          case .space: body(" ", 1)
          case .mark, .dropped: break
          case .replaced: body(replacement, 1)
          }
        } else {
          for (piece, width) in split(scalars) { body(piece, width) }
        }
      }
    }
  }

  /// The first cell's worth of a character, or the replacement character when nothing is left of it.
  static func first(of character: Character) -> (character: Character, width: Int) {
    var result: (character: Character, width: Int)?
    forEach(in: String(character)) { piece, width in
      if result == nil { result = (piece, width) }
    }
    return result ?? (replacement, 1)
  }

  /// Splits a cluster of several code points into cells.
  private static func split(_ scalars: Character.UnicodeScalarView) -> [(Character, Int)] {
    var cells: [(Character, Int)] = []
    var pending = ""
    var pendingWidth = 0
    var marks = 0
    func flush() {
      if let character = pending.first { cells.append((character, pendingWidth)) }
      pending = ""
      marks = 0
    }
    for scalar in scalars {
      switch kind(of: scalar) {
      case .spacing(let width):
        // A skin tone after its emoji changes only the colour of the picture.
        if !pending.isEmpty, (0x1F3FB...0x1F3FF).contains(scalar.value) { continue }
        flush()
        pending.unicodeScalars.append(scalar)
        pendingWidth = width
      case .space:
        flush()
        pending = " "
        pendingWidth = 1
      case .mark:
        if !pending.isEmpty, marks < maximumMarks {
          pending.unicodeScalars.append(scalar)
          marks += 1
        }
      case .dropped:
        break
      case .replaced:
        flush()
        cells.append((replacement, 1))
      }
    }
    flush()
    return cells
  }

  /// Classifies one code point.
  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F: return .spacing(1)
    case 0x09...0x0D, 0xA0: return .space
    case 0x00..<0xA0: return .replaced
    case 0xAD: return .dropped
    case 0xA1..<0x300, 0x2500..<0x25A0, 0x2800..<0x2900: return .spacing(1)
    case 0x4E00..<0x9FFD, 0xAC00..<0xD7A4: return .spacing(2)
    case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: return .dropped
    default: break
    }
    if TextWidthTables.contains(value, in: TextWidthTables.zeroWidth) { return .mark }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .privateUse, .surrogate, .unassigned: return .replaced
    case .format: return .dropped
    case .lineSeparator, .paragraphSeparator: return .space
    case .spaceSeparator: return value == 0x3000 ? .spacing(2) : .space
    default: break
    }
    guard let age = properties.age, age.major <= 14 else { return .replaced }
    return .spacing(TextWidthTables.contains(value, in: TextWidthTables.wide) ? 2 : 1)
  }
}
