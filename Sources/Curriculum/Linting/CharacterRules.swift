/// Rules on the characters of a lesson: what a terminal cannot show or must not be fed.
enum CharacterRules {
  /// The characters that are not allowed, up to a number that no honest file reaches.
  static func faults(in source: LessonSource) -> [ContentFault] {
    var faults: [ContentFault] = []
    var line = 1
    var column = 1
    for scalar in String(decoding: source.lines.bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\n" {
        line += 1
        column = 1
        continue
      }
      if scalar.value < 0x20 || scalar.value > 0x7E, let complaint = complaint(about: scalar) {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        faults.append(
          ContentFault(
            "the character U+\(padded) is not allowed: \(complaint)",
            at: SourceLocation(file: source.file, line: line, column: column)))
        if faults.count >= LessonBuilder.maximumFaults { break }
      }
      column += 1
    }
    return faults
  }

  /// Why a character is not allowed; nil when it is.
  static func complaint(about scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: return "it is a tab, write blanks"
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      return "it changes the direction of writing"
    case 0x200B...0x200D, 0x2060, 0xFEFF, 0x180E: return "it has no width"
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return "it selects a variant of another character"
    case 0x20E3, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: return "it joins into an emoji"
    case 0xFFFD: return "it stands for a character that was lost"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control: return "it is a control character"
    case .format: return "it is invisible"
    case .lineSeparator, .paragraphSeparator: return "it separates lines"
    case .privateUse, .unassigned, .surrogate: return "it has no meaning in Unicode"
    default: break
    }
    return scalar.properties.isEmojiPresentation ? "it is an emoji" : nil
  }
}
