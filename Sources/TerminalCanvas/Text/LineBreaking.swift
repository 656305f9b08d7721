/// Where a line of English, Chinese or mixed text may be broken.
///
/// The rules are those that readers of Chinese expect (W3C, "Requirements for Chinese Text Layout",
/// section 3.1): a line may end between any two Chinese characters, but closing punctuation never
/// starts a line, opening punctuation never ends one, and double dashes and ellipses stay whole.
/// Words of other scripts and numbers with their unit are not broken.
enum LineBreaking {
  /// Punctuation that must not start a line.
  private static let closing = Set<Character>(
    "，。、；：？！）］｝〕〉》」』】〗〙〛”’…‥·・—–～％‰°℃ー々〻ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.;:?!)]}%»›")

  /// Punctuation that must not end a line.
  private static let opening = Set<Character>("（［｛〔〈《「『【〖〘〚“‘([{«‹")

  /// Marks that come in pairs or rows and stay together.
  private static let rows = Set<Character>("—…‥")

  /// Units that are written with a space after their number and stay with it.
  private static let units: Set<String> = [
    "%", "‰", "°C", "B", "KB", "MB", "GB", "kB", "KiB", "MiB", "GiB", "bit", "bits", "bytes", "ns",
    "µs", "μs", "us", "ms", "s", "min", "h", "Hz", "kHz", "MHz", "GHz", "W", "mW", "mJ", "pJ", "dB",
    "M", "K", "×", "x", "MACs", "GOPS", "TOPS", "FLOPs", "GFLOPS", "TFLOPS",
  ]

  /// Returns for each character whether a line may end after it.
  ///
  /// - Parameter characters: The line's characters as a reader sees them.
  static func breaks(in characters: [Character]) -> [Bool] {
    guard !characters.isEmpty else { return [] }
    var result = [Bool](repeating: false, count: characters.count)
    for index in 0..<(characters.count - 1) {
      result[index] = mayBreak(after: index, in: characters)
    }
    result[characters.count - 1] = true
    return result
  }

  /// Whether a character is a space at which lines break.
  static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }

  private static func mayBreak(after index: Int, in characters: [Character]) -> Bool {
    let left = characters[index]
    let right = characters[index + 1]
    if isSpace(right) { return false }
    if isSpace(left) {
      return !joinsNumberAndUnit(spaceAt: index, in: characters)
    }
    if opening.contains(left) { return false }
    if rows.contains(left), rows.contains(right) { return false }
    if closing.contains(right) { return false }
    if breaksOnBothSides(left) || breaksOnBothSides(right) { return true }
    // Full-width closing punctuation ends a unit; half-width may be inside a number or a name.
    if closing.contains(left), isWide(left) { return true }
    if opening.contains(right), isWide(right) { return true }
    if rows.contains(left) { return true }
    return isHyphenInsideWord(at: index, in: characters)
  }

  /// Whether a line may be broken on either side of a character: ideographs, kana, Hangul.
  private static func breaksOnBothSides(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x2E80...0x2FFF, 0x3005...0x3007, 0x3021...0x30FF, 0x3105...0x33FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x1F300...0x1FAFF, 0x20000...0x3FFFF:
      return true
    default:
      return false
    }
  }

  private static func isWide(_ character: Character) -> Bool {
    TextWidth.width(of: character) == 2
  }

  /// Whether a hyphen joins two words rather than making a number negative or naming an option.
  private static func isHyphenInsideWord(at index: Int, in characters: [Character]) -> Bool {
    guard characters[index] == "-" || characters[index] == "‐", index > 0 else { return false }
    return characters[index - 1].isLetter && characters[index + 1].isLetter
  }

  /// Whether the space stands between a number and its unit, as in "348 KB".
  private static func joinsNumberAndUnit(spaceAt index: Int, in characters: [Character]) -> Bool {
    guard index > 0, characters[index - 1].isWholeNumber else { return false }
    var unit = ""
    var next = index + 1
    while next < characters.count, unit.count <= 6, isUnitCharacter(characters[next]) {
      unit.append(characters[next])
      next += 1
    }
    return units.contains(unit)
  }

  private static func isUnitCharacter(_ character: Character) -> Bool {
    (character.isLetter && !breaksOnBothSides(character)) || "%‰°×".contains(character)
  }
}
