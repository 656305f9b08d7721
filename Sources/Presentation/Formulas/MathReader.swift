/// Reads TeX and renders it piece by piece.
struct MathReader {
  private let characters: [Character]
  private var position = 0

  /// The deepest nesting that is understood; what is deeper is left out.
  private static let maxDepth = 32

  /// Prepares to read a formula.
  init(_ tex: String) {
    // Line ends and tabs mean no more than a blank, inside of text, too.
    characters = tex.map { $0.isWhitespace ? " " : $0 }
  }

  /// Reads up to the end or, when nested, up to the closing brace, which is consumed.
  mutating func pieces(isNested: Bool, depth: Int) -> [MathPiece] {
    var pieces: [MathPiece] = []
    while position < characters.count {
      let character = characters[position]
      if character == "}" {
        position += 1
        if isNested { return pieces }
        continue
      }
      if character == "^" || character == "_" {
        position += 1
        attachScript(isSuperscript: character == "^", to: &pieces, depth: depth)
      } else if let piece = piece(depth: depth, isScript: false) {
        pieces.append(piece)
      }
    }
    return pieces
  }

  /// Reads the next piece; nil for what shows nothing.
  private mutating func piece(depth: Int, isScript: Bool) -> MathPiece? {
    guard position < characters.count else { return nil }
    let character = characters[position]
    position += 1
    switch character {
    case "{":
      let text = MathPiece.joined(group(depth: depth + 1), isTight: isScript)
      return text.isEmpty ? nil : MathPiece(text: text, role: .ordinary)
    case "\\": return command(depth: depth)
    case "(", "[": return MathPiece(text: String(character), role: .opening)
    case ")", "]": return MathPiece(text: String(character), role: .closing)
    case ",", ";": return MathPiece(text: String(character), role: .punctuation)
    case "-": return MathPiece(text: "−", role: .infix)
    case "+", "=", "<", ">", "≤", "≥", "≈", "×", "·", "±", "→", "∈", "≠":
      return MathPiece(text: String(character), role: .infix)
    case "'": return MathPiece(text: "′", role: .ordinary)
    case "~": return MathPiece(text: " ", role: .space)
    case "&", "}": return nil
    default:
      if character.isWhitespace { return nil }
      if character.isNumber { return number(startingWith: character) }
      return MathPiece(text: String(character), role: .ordinary)
    }
  }

  private mutating func number(startingWith first: Character) -> MathPiece {
    var text = String(first)
    while position < characters.count {
      let next = characters[position]
      let isPoint =
        next == "." && position + 1 < characters.count && characters[position + 1].isNumber
      guard next.isNumber || isPoint else { break }
      text.append(next)
      position += 1
    }
    return MathPiece(text: text, role: .ordinary)
  }

  /// Reads a group whose opening brace was consumed.
  private mutating func group(depth: Int) -> [MathPiece] {
    guard depth <= Self.maxDepth else {
      skipGroup()
      return [MathPiece(text: "…", role: .ordinary)]
    }
    return pieces(isNested: true, depth: depth)
  }

  private mutating func skipGroup() {
    var open = 1
    while position < characters.count, open > 0 {
      if characters[position] == "{" { open += 1 }
      if characters[position] == "}" { open -= 1 }
      position += characters[position] == "\\" ? 2 : 1
    }
    position = min(position, characters.count)
  }

  private mutating func skipBlanks() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  /// Reads an argument: a group, a command or a single character.
  private mutating func argument(depth: Int, isTight: Bool = false) -> String {
    skipBlanks()
    guard position < characters.count, !"}^_".contains(characters[position]) else { return "" }
    guard depth < Self.maxDepth else {
      position += 1
      return "…"
    }
    if characters[position] == "{" {
      position += 1
      return MathPiece.joined(group(depth: depth + 1), isTight: isTight)
    }
    if characters[position].isNumber {
      position += 1
      return String(characters[position - 1])
    }
    return piece(depth: depth + 1, isScript: isTight)?.text ?? ""
  }

  /// Reads an argument as it stands, for text.
  private mutating func literalArgument() -> String {
    skipBlanks()
    guard position < characters.count else { return "" }
    guard characters[position] == "{" else {
      position += 1
      return String(characters[position - 1])
    }
    position += 1
    let start = position
    skipGroup()
    let end = position > start && characters[position - 1] == "}" ? position - 1 : position
    var text = ""
    var index = start
    while index < end {
      if characters[index] == "\\", index + 1 < end { index += 1 }
      if characters[index] != "{", characters[index] != "}" { text.append(characters[index]) }
      index += 1
    }
    return text
  }

  private mutating func commandName() -> String {
    guard position < characters.count else { return "" }
    var name = String(characters[position])
    position += 1
    guard name.first?.isLetter == true else { return name }
    while position < characters.count, characters[position].isLetter, characters[position].isASCII {
      name.append(characters[position])
      position += 1
    }
    return name
  }

  /// Reads a command whose backslash was consumed.
  private mutating func command(depth: Int) -> MathPiece? {
    let name = commandName()
    if name.isEmpty || MathSymbols.silent.contains(name) { return nil }
    if name == "\\" { return MathPiece(text: ";", role: .punctuation) }
    if MathSymbols.spaces.contains(name) { return MathPiece(text: " ", role: .space) }
    if let sign = MathSymbols.letters[name] { return MathPiece(text: sign, role: .ordinary) }
    if let sign = MathSymbols.operators[name] { return MathPiece(text: sign, role: .infix) }
    if let sign = MathSymbols.largeOperators[name] { return MathPiece(text: sign, role: .large) }
    if let sign = MathSymbols.opening[name] { return MathPiece(text: sign, role: .opening) }
    if let sign = MathSymbols.closing[name] { return MathPiece(text: sign, role: .closing) }
    if let sign = MathSymbols.bars[name] { return MathPiece(text: sign, role: .ordinary) }
    if MathSymbols.functions.contains(name) { return MathPiece(text: name, role: .function) }
    if let accent = MathSymbols.accents[name] { return accented(name, accent, depth: depth) }
    if MathSymbols.texts.contains(name) {
      return MathPiece(text: literalArgument(), role: .ordinary)
    }
    if MathSymbols.fonts.contains(name) {
      let text = argument(depth: depth)
      return text.isEmpty ? nil : MathPiece(text: text, role: .ordinary)
    }
    return structure(name, depth: depth)
  }

  private mutating func structure(_ name: String, depth: Int) -> MathPiece? {
    switch name {
    case "frac", "dfrac", "tfrac":
      let above = MathPiece.grouped(argument(depth: depth), signs: "+−±∓=<>≤≥≈→∈ ")
      let below = MathPiece.grouped(argument(depth: depth), signs: "+−±∓=<>≤≥≈→∈·×/ ")
      return MathPiece(text: "\(above)/\(below)", role: .fraction)
    case "binom":
      return MathPiece(
        text: "C(\(argument(depth: depth)), \(argument(depth: depth)))", role: .ordinary)
    case "sqrt": return root(depth: depth)
    case "operatorname": return MathPiece(text: argument(depth: depth), role: .function)
    case "mathbb":
      let text = argument(depth: depth)
      return MathPiece(
        text: String(text.map { MathSymbols.doubleStruck[$0] ?? $0 }), role: .ordinary)
    case "left", "right": return delimiter(isOpening: name == "left", depth: depth)
    case "begin", "end":
      _ = literalArgument()
      return nil
    default: return MathPiece(text: name, role: .function)
    }
  }

  private mutating func root(depth: Int) -> MathPiece {
    skipBlanks()
    var degree = ""
    if position < characters.count, characters[position] == "[",
      let end = characters[position...].firstIndex(of: "]")
    {
      degree = String(characters[(position + 1)..<end])
      position = end + 1
    }
    let inner = argument(depth: depth)
    let isSimple = inner.count <= 1 || inner.allSatisfy { $0.isNumber || $0 == "." }
    let raised = degree.isEmpty || degree == "2" ? "" : Self.script(degree, isSuperscript: true)
    return MathPiece(text: raised + "√" + (isSimple ? inner : "(\(inner))"), role: .ordinary)
  }

  /// Reads what follows `\left` or `\right`; a point stands for no bracket at all.
  private mutating func delimiter(isOpening: Bool, depth: Int) -> MathPiece? {
    skipBlanks()
    guard position < characters.count, !"{}^_".contains(characters[position]),
      var piece = piece(depth: depth, isScript: false), piece.text != "."
    else { return nil }
    if piece.text != "|", piece.text != "‖" {
      piece.role = isOpening ? .opening : .closing
    }
    return piece
  }

  private mutating func accented(
    _ name: String, _ accent: Unicode.Scalar, depth: Int
  ) -> MathPiece {
    let text = argument(depth: depth)
    if text.count == 1 || name == "overline" {
      var result = ""
      for character in text {
        result.append(character)
        result.unicodeScalars.append(accent)
      }
      return MathPiece(text: result, role: .ordinary)
    }
    return MathPiece(text: "\(name)(\(text))", role: .ordinary)
  }

  /// Reads a script and hangs it on the last piece.
  private mutating func attachScript(
    isSuperscript: Bool, to pieces: inout [MathPiece], depth: Int
  ) {
    let text = argument(depth: depth, isTight: true)
    guard !text.isEmpty else { return }
    let script = Self.script(text, isSuperscript: isSuperscript)
    guard var last = pieces.popLast(), last.role != .space else {
      pieces.append(MathPiece(text: script, role: .ordinary))
      return
    }
    if last.role == .fraction {
      last = MathPiece(text: "(\(last.text))", role: .ordinary)
    }
    last.text += script
    pieces.append(last)
  }

  private static func script(_ text: String, isSuperscript: Bool) -> String {
    if isSuperscript, text == "⊤" { return "ᵀ" }
    let table = isSuperscript ? MathSymbols.superscripts : MathSymbols.subscripts
    let mapped = text.compactMap { table[$0] }
    if mapped.count == text.count { return String(mapped) }
    let mark = isSuperscript ? "^" : "_"
    return text.count == 1 ? mark + text : "\(mark)(\(text))"
  }
}
