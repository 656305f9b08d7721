/// Reads tokens by recursive descent, one function for each level of binding.
struct FormulaParser {
  /// The tokens.
  let tokens: [FormulaToken]
  /// The names that may occur.
  let variables: Set<String>
  private var position = 0
  private var depth = 0

  /// The deepest nesting that is read.
  static let maxDepth = 50

  /// Starts before the first token.
  init(tokens: [FormulaToken], variables: Set<String>) {
    self.tokens = tokens
    self.variables = variables
  }

  /// Reads the whole formula.
  mutating func formula() throws(FormulaError) -> FormulaNode {
    guard !tokens.isEmpty else { throw FormulaError(message: "the formula is empty", column: 1) }
    let result = try sum()
    if let token = current {
      let sign = token.kind.source
      throw FormulaError(
        message: token.kind == .sign(")")
          ? "this “)” has no partner" : "an operator is missing before “\(sign)”",
        column: token.column)
    }
    return result
  }

  private var current: FormulaToken? {
    position < tokens.count ? tokens[position] : nil
  }

  /// The column behind the last token, for what is missing at the end.
  private var endColumn: Int {
    tokens.last.map { $0.column + $0.kind.source.unicodeScalars.count } ?? 1
  }

  /// Takes a sign if it is next.
  private mutating func take(_ sign: Character) -> Bool {
    guard current?.kind == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func deeper(
    _ read: (inout FormulaParser) throws(FormulaError) -> FormulaNode
  ) throws(FormulaError) -> FormulaNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maxDepth else {
      throw FormulaError(
        message: "the formula is nested more than \(Self.maxDepth) deep",
        column: current?.column ?? endColumn)
    }
    return try read(&self)
  }

  private mutating func sum() throws(FormulaError) -> FormulaNode {
    var left = try product()
    while true {
      if take("+") {
        left = .operation(.add, left, try product())
      } else if take("-") {
        left = .operation(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(FormulaError) -> FormulaNode {
    var left = try signed()
    while true {
      if take("*") {
        left = .operation(.multiply, left, try signed())
      } else if take("/") {
        left = .operation(.divide, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(FormulaError) -> FormulaNode {
    if take("-") {
      return .negation(try deeper { parser throws(FormulaError) in try parser.signed() })
    }
    if take("+") { return try deeper { parser throws(FormulaError) in try parser.signed() } }
    let base = try primary()
    guard take("^") else { return base }
    // The exponent may have a sign and a power of its own.
    let exponent = try deeper { parser throws(FormulaError) in try parser.signed() }
    return .operation(.power, base, exponent)
  }

  private mutating func primary() throws(FormulaError) -> FormulaNode {
    guard let token = current else {
      throw FormulaError(message: "a number, a variable or “(” is missing", column: endColumn)
    }
    switch token.kind {
    case .number(_, let value):
      position += 1
      return .number(value)
    case .name(let name):
      position += 1
      return try named(name, at: token.column)
    case .sign("("):
      position += 1
      let inner = try deeper { parser throws(FormulaError) in try parser.sum() }
      try close(token)
      return inner
    case .sign(let sign):
      throw FormulaError(
        message: "a number, a variable or “(” is missing before “\(sign)”", column: token.column)
    }
  }

  private mutating func close(_ opening: FormulaToken) throws(FormulaError) {
    guard !take(")") else { return }
    guard current == nil else {
      throw FormulaError(
        message: "an operator is missing before “\(current?.kind.source ?? "")”",
        column: current?.column ?? endColumn)
    }
    throw FormulaError(message: "this “(” is not closed", column: opening.column)
  }

  private mutating func named(_ name: String, at column: Int) throws(FormulaError) -> FormulaNode {
    guard let function = FormulaFunction(rawValue: name) else {
      guard variables.contains(name) else {
        let known =
          variables.isEmpty
          ? "the formula has no variables"
          : "there are \(variables.sorted().joined(separator: ", "))"
        let functions = FormulaFunction.allCases.map(\.rawValue).joined(separator: ", ")
        throw FormulaError(
          message: current?.kind == .sign("(")
            ? "unknown function “\(name)”; allowed are \(functions)"
            : "unknown variable “\(name)”; \(known)",
          column: column)
      }
      return .variable(name)
    }
    guard let opening = current, take("(") else {
      throw FormulaError(message: "“\(name)” must be followed by “(”", column: column)
    }
    var arguments: [FormulaNode] = []
    repeat {
      arguments.append(try deeper { parser throws(FormulaError) in try parser.sum() })
    } while take(",")
    try close(opening)
    guard function.takes(arguments.count) else {
      let needed = function.takes(1) ? "one argument" : "at least two arguments"
      throw FormulaError(
        message: "“\(name)” takes \(needed), but \(arguments.count) are given", column: column)
    }
    return .function(function, arguments)
  }
}
