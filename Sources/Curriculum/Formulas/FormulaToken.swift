/// A word or a sign of a formula.
struct FormulaToken: Sendable, Hashable {
  /// What a token is.
  enum Kind: Sendable, Hashable {
    /// A number as written, with its value.
    case number(String, Double)
    /// The name of a variable or a function.
    case name(String)
    /// An operator, a parenthesis or a comma.
    case sign(Character)

    /// The token as it is written.
    var source: String {
      switch self {
      case .number(let text, _): text
      case .name(let name): name
      case .sign(let sign): String(sign)
      }
    }

    /// Whether a value ends with this token, so that a sign behind it stands between two values.
    var isOperand: Bool {
      switch self {
      case .number, .name: true
      case .sign(let sign): sign == ")"
      }
    }
  }

  /// What the token is.
  var kind: Kind
  /// Its column, from 1.
  var column: Int

  /// The most characters of a formula.
  static let maximumLength = 500

  /// Splits a text into tokens.
  static func tokens(of text: String) throws(FormulaError) -> [FormulaToken] {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= maximumLength else {
      throw FormulaError(
        message: "the formula is longer than \(maximumLength) characters",
        column: maximumLength + 1)
    }
    var tokens: [FormulaToken] = []
    var position = 0
    while position < scalars.count {
      let scalar = scalars[position]
      let column = position + 1
      switch scalar {
      case " ", "\t":
        position += 1
      case "+", "*", "/", "^", "(", ")", ",", "-":
        tokens.append(FormulaToken(kind: .sign(Character(scalar)), column: column))
        position += 1
      case "×", "·":
        tokens.append(FormulaToken(kind: .sign("*"), column: column))
        position += 1
      case "−":
        tokens.append(FormulaToken(kind: .sign("-"), column: column))
        position += 1
      case "0"..."9", ".":
        let end = endOfNumber(scalars, from: position)
        let word = String(String.UnicodeScalarView(scalars[position..<end]))
        guard let value = decimalNumber(word) else {
          throw FormulaError(message: "“\(word)” is not a number", column: column)
        }
        tokens.append(FormulaToken(kind: .number(word, value), column: column))
        position = end
      case _ where isLetter(scalar):
        let end = scalars[position...].firstIndex { !isLetter($0) && !isDigit($0) } ?? scalars.count
        tokens.append(
          FormulaToken(
            kind: .name(String(String.UnicodeScalarView(scalars[position..<end]))), column: column))
        position = end
      default:
        throw FormulaError(
          message: "the character “\(scalar)” has no meaning in a formula", column: column)
      }
    }
    return tokens
  }

  /// Whether a text can be the name of a variable: ASCII letters, digits and underscores.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first) else { return false }
    return text.unicodeScalars.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// The end of digits, a point, and an exponent if a digit follows its letter.
  private static func endOfNumber(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count, isDigit(scalars[end]) || scalars[end] == "." { end += 1 }
    guard end < scalars.count, scalars[end] == "e" || scalars[end] == "E" else { return end }
    var exponent = end + 1
    if exponent < scalars.count, scalars[exponent] == "-" || scalars[exponent] == "+" {
      exponent += 1
    }
    guard exponent < scalars.count, isDigit(scalars[exponent]) else { return end }
    while exponent < scalars.count, isDigit(scalars[exponent]) { exponent += 1 }
    return exponent
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": true
    default: false
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9": true
    default: false
    }
  }
}
