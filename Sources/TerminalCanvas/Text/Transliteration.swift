extension GlyphSet {
  /// Returns a text with what the set lacks spelt in characters that it has.
  ///
  /// Signs become their usual spelling (`≤` becomes `<=`, `α` becomes `alpha`), accents are dropped,
  /// and a character without a spelling becomes one question mark for each of its columns.
  package func transliterate(_ text: String) -> String {
    guard self == .ascii else { return text }
    var result = ""
    for character in text {
      if character.isASCII {
        result.append(character)
      } else if let spelling = Transliteration.spelling(of: character) {
        result += spelling
      } else {
        TextCells.forEach(in: String(character)) { piece, width in
          result += Transliteration.cell(for: piece, width: width)
        }
      }
    }
    return result
  }
}

extension Canvas {
  /// Returns the canvas with what a set of glyphs lacks replaced, cell by cell.
  ///
  /// The columns stay as they are, so every replacement is one character wide: `≤` becomes `<`, and
  /// a Chinese character becomes two question marks.
  package func transliterated(to glyphs: GlyphSet) -> Canvas {
    guard glyphs == .ascii else { return self }
    var result = self
    for index in cells.indices where !cells[index].isContinuation {
      let cell = cells[index]
      guard !cell.character.isASCII else { continue }
      let replacement = Transliteration.cell(for: cell.character, width: cell.width)
      for (offset, character) in replacement.enumerated() {
        result.cells[index + offset] = Cell(character: character, style: cell.style, width: 1)
      }
    }
    return result
  }
}

/// Replacements of characters outside ASCII.
enum Transliteration {
  /// Returns the usual spelling of a sign, a Greek letter or a full-width form, if it has one.
  static func spelling(of character: Character) -> String? {
    if let spelling = spellings[character] { return spelling }
    if let name = greek[character] { return name }
    return nil
  }

  /// Returns as many ASCII characters as a cell has columns.
  static func cell(for character: Character, width: Int) -> String {
    if character.isASCII { return String(character) }
    let replacement = single(for: character)
    switch (replacement, width) {
    case (let replacement?, 2): return String([replacement, " "])
    case (let replacement?, _): return String(replacement)
    case (nil, 2): return "??"
    case (nil, _): return "?"
    }
  }

  /// The one ASCII character that comes nearest.
  private static func single(for character: Character) -> Character? {
    if let replacement = cells[character] { return replacement }
    guard let scalar = character.unicodeScalars.first else { return nil }
    switch scalar.value {
    case 0x21..<0x7F:
      // A letter with combining accents.
      return Character(scalar)
    case 0xFF01...0xFF5E:
      // Full-width forms of ASCII lie at a fixed distance.
      return Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init)
    case 0x2500...0x257F:
      return boxLine(scalar.value)
    case 0x2580...0x259F:
      return block(scalar.value)
    case 0x2800...0x28FF:
      let dots = (scalar.value - 0x2800).nonzeroBitCount
      return dots == 0 ? " " : dots < 3 ? "." : dots < 6 ? ":" : "*"
    case 0xC0...0x24F, 0x1E00...0x1EFF:
      return latinBase(of: scalar)
    default:
      if let name = greek[character] { return name.first }
      return nil
    }
  }

  /// The letter beneath the accents of a Latin letter, read off its Unicode name.
  private static func latinBase(of scalar: Unicode.Scalar) -> Character? {
    guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
    let words = name.split(separator: " ")
    guard words.count >= 4, words[2] == "LETTER", words[3].count == 1, let letter = words[3].first
    else { return nil }
    return words[1] == "SMALL" ? Character(letter.lowercased()) : letter
  }

  private static func boxLine(_ value: UInt32) -> Character {
    switch value {
    case 0x2500, 0x2504, 0x2508, 0x254C, 0x2574, 0x2576, 0x257C, 0x257E: "-"
    case 0x2501, 0x2505, 0x2509, 0x254D, 0x2550, 0x2578, 0x257A: "="
    case 0x2502, 0x2503, 0x2551, 0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F: "|"
    case 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F: ":"
    case 0x2571: "/"
    case 0x2572: "\\"
    case 0x2573: "X"
    default: "+"
    }
  }

  private static func block(_ value: UInt32) -> Character {
    switch value {
    case 0x2580, 0x2594: "\""
    case 0x2581...0x2583: "_"
    case 0x2584...0x2588, 0x2589...0x258B, 0x2593: "#"
    case 0x258C, 0x258D, 0x258E, 0x258F, 0x2590, 0x2595: "|"
    case 0x2591: "."
    case 0x2592: ":"
    default: "#"
    }
  }

  /// Signs whose spelling takes more than one character, or differs from that of a cell.
  private static let spellings: [Character: String] = [
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "≡": "==", "→": "->", "←": "<-", "↔": "<->",
    "⇒": "=>", "⇐": "<=", "…": "...", "—": "-", "–": "-", "×": "x", "÷": "/", "±": "+/-",
    "·": "*", "√": "sqrt", "∑": "sum", "∏": "prod", "∞": "inf", "∂": "d", "∇": "grad", "∈": "in",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "‰": "/1000", "°": "deg", "²": "^2", "³": "^3",
    "⌊": "floor(",
    "⌋": ")", "⌈": "ceil(", "⌉": ")", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "≪": "<<", "≫": ">>", "。": ".", "，": ",", "、": ",", "「": "\"", "」": "\"", "《": "<", "》": ">",
    "（": "(", "）": ")", "：": ":", "；": ";", "？": "?", "！": "!", "\u{3000}": " ",
  ]

  /// Signs that one character can stand for.
  private static let cells: [Character: Character] = [
    "×": "x", "÷": "/", "±": "~", "·": "*", "•": "*", "≤": "<", "≥": ">", "≠": "!", "≈": "~",
    "≡": "=", "→": ">", "←": "<", "↑": "^", "↓": "v", "↔": "-", "⇒": ">", "⇐": "<", "…": ".",
    "‥": ".", "—": "-", "–": "-", "‐": "-", "‑": "-", "−": "-", "“": "\"", "”": "\"", "„": "\"",
    "‘": "'", "’": "'", "‚": ",", "′": "'", "″": "\"", "«": "<", "»": ">", "‹": "<", "›": ">",
    "✓": "+", "✔": "+", "✗": "x", "✘": "x", "●": "O", "○": "o", "◆": "*", "◇": "o", "■": "#",
    "□": "o", "▪": "*", "▶": ">", "▸": ">", "▷": ">", "◀": "<", "◂": "<", "▲": "^", "△": "^",
    "▼": "v", "▽": "v", "▾": "v", "▴": "^", "★": "*", "☆": "*", "°": "o", "√": "V", "∑": "S",
    "∏": "P", "∞": "8", "∂": "d", "∇": "V", "∈": "e", "∘": "o", "⊙": "o", "⊕": "+", "⊗": "x",
    "∼": "~", "∝": "~", "∥": "|", "∣": "|", "⌊": "[", "⌋": "]", "⌈": "[", "⌉": "]", "⟨": "<",
    "⟩": ">", "≪": "<", "≫": ">", "½": "h", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4",
    "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁺": "+", "⁻": "-", "⁼": "=", "⁽": "(",
    "ₐ": "a", "ₑ": "e", "ₕ": "h", "ₗ": "l", "ₘ": "m", "ₒ": "o", "ₚ": "p", "ᵣ": "r", "ₛ": "s",
    "ₜ": "t", "ᵤ": "u", "ᵥ": "v", "ₓ": "x", "ᵃ": "a", "ᵇ": "b", "ᶜ": "c", "ᵈ": "d", "ᵉ": "e",
    "ᶠ": "f", "ᵍ": "g", "ʰ": "h", "ʲ": "j", "ᵏ": "k", "ˡ": "l", "ᵐ": "m", "ᵒ": "o", "ᵖ": "p",
    "ʳ": "r", "ˢ": "s", "ᵗ": "t", "ᵘ": "u", "ᵛ": "v", "ʷ": "w", "ˣ": "x", "ʸ": "y", "ᶻ": "z",
    "⁾": ")", "ⁿ": "n", "ⁱ": "i", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5",
    "₆": "6", "₇": "7", "₈": "8", "₉": "9", "₊": "+", "₋": "-", "ₙ": "n", "ₖ": "k", "ᵢ": "i",
    "ⱼ": "j", "ᵀ": "T", "ℓ": "l", "ℝ": "R", "ℕ": "N", "ℤ": "Z", "µ": "u", "§": "S", "©": "c",
    "®": "R", "£": "L", "€": "E", "¿": "?", "¡": "!", "。": ".", "，": ",", "、": ",", "；": ";",
    "「": "\"", "」": "\"", "『": "\"", "』": "\"", "《": "<", "》": ">", "〈": "<", "〉": ">", "【": "[",
    "】": "]", "〔": "[", "〕": "]", "～": "~", "・": "*", "\u{3000}": " ",
  ]

  /// The names of the Greek letters.
  private static let greek: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Α": "Alpha", "Β": "Beta", "Γ": "Gamma", "Δ": "Delta", "Ε": "Epsilon", "Ζ": "Zeta", "Η": "Eta",
    "Θ": "Theta", "Ι": "Iota", "Κ": "Kappa", "Λ": "Lambda", "Μ": "Mu", "Ν": "Nu", "Ξ": "Xi",
    "Ο": "Omicron", "Π": "Pi", "Ρ": "Rho", "Σ": "Sigma", "Τ": "Tau", "Υ": "Upsilon", "Φ": "Phi",
    "Χ": "Chi", "Ψ": "Psi", "Ω": "Omega",
  ]
}
