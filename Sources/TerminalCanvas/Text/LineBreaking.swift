/// Where a line of English, Chinese or mixed text may be broken.
///
/// The rules are those that readers of Chinese expect (W3C, "Requirements for Chinese Text Layout",
/// section 3.1): a line may end between any two Chinese characters, but closing punctuation never
/// starts a line, opening punctuation never ends one, and double dashes and ellipses stay whole.
/// Words of other scripts and numbers with their unit are not broken.
enum LineBreaking {
  /// What a character means for the breaks beside it.
  enum Kind {
    /// A blank, which vanishes at a break.
    case space
    /// An ideograph, kana, Hangul or a picture: lines break on both sides.
    case ideograph
    /// Wide punctuation that closes what stands before it.
    case wideClosing
    /// Punctuation inside words and numbers too, that closes what stands before it.
    case closing
    /// Wide punctuation that opens what stands after it.
    case wideOpening
    /// Punctuation inside words too, that opens what stands after it.
    case opening
    /// A dash or an ellipsis: it closes, and a row of them stays whole.
    case row
    /// A hyphen.
    case hyphen
    /// A letter, a digit or any other sign.
    case word

    /// Whether it must not start a line.
    var isClosing: Bool {
      self == .wideClosing || self == .closing || self == .row
    }

    /// Whether it must not end a line.
    var isOpening: Bool {
      self == .wideOpening || self == .opening
    }
  }

  /// Units that are written with a space after their number and stay with it.
  private static let units: Set<String> = [
    "%", "‰", "°C", "B", "KB", "MB", "GB", "kB", "KiB", "MiB", "GiB", "bit", "bits", "bytes", "ns",
    "µs", "μs", "us", "ms", "s", "min", "h", "Hz", "kHz", "MHz", "GHz", "W", "mW", "mJ", "pJ", "dB",
    "M", "K", "×", "x", "MACs", "GOPS", "TOPS", "FLOPs", "GFLOPS", "TFLOPS",
  ]

  /// The characters of the longest unit.
  private static let longestUnit = 6

  /// Returns for each character whether a line may end after it.
  ///
  /// - Parameters:
  ///   - characters: The line's characters as a reader sees them.
  ///   - kinds: Their kinds.
  static func breaks(in characters: [Character], kinds: [Kind]) -> [Bool] {
    guard !characters.isEmpty else { return [] }
    var result = [Bool](repeating: false, count: characters.count)
    for index in 0..<(characters.count - 1) {
      result[index] = mayBreak(after: index, characters, kinds)
    }
    result[characters.count - 1] = true
    return result
  }

  private static func mayBreak(
    after index: Int, _ characters: [Character], _ kinds: [Kind]
  ) -> Bool {
    let left = kinds[index]
    let right = kinds[index + 1]
    if right == .space { return false }
    if left == .space { return !joinsNumberAndUnit(spaceAt: index, characters, kinds) }
    if left.isOpening || right.isClosing { return false }
    if left == .ideograph || right == .ideograph { return true }
    // Wide punctuation ends a unit; narrow punctuation may be inside a number or a name.
    if left == .wideClosing || left == .row || right == .wideOpening { return true }
    return left == .hyphen && index > 0 && characters[index - 1].isLetter
      && characters[index + 1].isLetter
  }

  /// Whether the space stands between a number and its unit, as in "348 KB".
  private static func joinsNumberAndUnit(
    spaceAt index: Int, _ characters: [Character], _ kinds: [Kind]
  ) -> Bool {
    guard index > 0, characters[index - 1].isWholeNumber else { return false }
    var unit = ""
    var next = index + 1
    while next < characters.count, unit.count <= longestUnit, kinds[next] != .ideograph,
      characters[next].isLetter || "%‰°×".contains(characters[next])
    {
      unit.append(characters[next])
      next += 1
    }
    return units.contains(unit)
  }

  /// Returns what a character means for the breaks beside it.
  static func kind(of character: Character) -> Kind {
    guard let scalar = character.unicodeScalars.first else { return .word }
    switch scalar {
    case " ", "\t":
      return .space
    case "a"..."z", "A"..."Z", "0"..."9":
      return .word
    case ",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "»", "›", "”", "’", "·", "‰", "°", "–":
      return .closing
    case "(", "[", "{", "«", "‹", "“", "‘":
      return .opening
    case "—", "…", "‥":
      return .row
    case "-", "‐":
      return .hyphen
    case "，", "。", "、", "；", "：", "？", "！", "）", "］", "｝", "〕", "〉", "》", "」", "』", "】", "〗", "〙",
      "〛", "・", "～", "％", "℃", "ー", "々", "〻", "ゝ", "ゞ", "ぁ", "ぃ", "ぅ", "ぇ", "ぉ", "っ", "ゃ", "ゅ", "ょ",
      "ゎ", "ァ", "ィ", "ゥ", "ェ", "ォ", "ッ", "ャ", "ュ", "ョ", "ヮ":
      return .wideClosing
    case "（", "［", "｛", "〔", "〈", "《", "「", "『", "【", "〖", "〘", "〚":
      return .wideOpening
    default:
      break
    }
    switch scalar.value {
    case 0x2E80...0x2FFF, 0x3005...0x3007, 0x3021...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0x1F300...0x1FAFF, 0x20000...0x3FFFF:
      return .ideograph
    default:
      return .word
    }
  }
}
