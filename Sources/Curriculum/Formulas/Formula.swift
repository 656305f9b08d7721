/// An arithmetic expression over named variables, such as `n * (1 - s)`.
///
/// Operators are `+ - * / ^` with parentheses; `^` binds tightest and to the right, so that
/// `-2^2` is −4 and `2^3^2` is 512. Functions are those of `FormulaFunction`. Values are `Double`;
/// an expression without a value, such as `1 / 0`, evaluates to an infinity or to NaN.
package struct Formula: Sendable, Hashable {
  /// What the expression is made of.
  let root: FormulaNode
  /// The words and signs of the source in order.
  let tokens: [FormulaToken]

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: The source.
  ///   - variables: The names that may occur besides those of the functions.
  package init(
    parsing text: String, variables: Set<String> = []
  ) throws(FormulaError) {
    tokens = try FormulaToken.tokens(of: text)
    var parser = FormulaParser(tokens: tokens, variables: variables)
    root = try parser.formula()
  }

  /// The value under an assignment; a variable without a value counts as NaN.
  package func value(_ variables: [String: Double] = [:]) -> Double {
    root.value(variables)
  }

  /// Whether the expression is a single number or variable.
  package var isSimple: Bool { tokens.count == 1 }

  /// The variables that occur.
  package var variables: Set<String> {
    Set(
      tokens.compactMap { token in
        guard case .name(let name) = token.kind, FormulaFunction(rawValue: name) == nil else {
          return nil
        }
        return name
      })
  }

  /// The source in a form that does not depend on blanks.
  var canonical: String { tokens.map(\.kind.source).joined(separator: " ") }

  /// The expression for a reader, with values in the place of variables and signs as in print.
  ///
  /// - Parameters:
  ///   - values: The texts that stand for the variables.
  ///   - isGrouped: Whether whole numbers have commas between thousands; not in a formula with
  ///     commas of its own, where they would be taken for one another.
  package func text(with values: [String: String] = [:], isGrouped: Bool = false) -> String {
    let groups = isGrouped && !tokens.contains { $0.kind == .sign(",") }
    func written(_ number: String) -> String { groups ? DigitGroups.grouped(number) : number }
    var result = ""
    for (index, token) in tokens.enumerated() {
      let before = index > 0 ? tokens[index - 1].kind : nil
      switch token.kind {
      case .number(let text, _): result += written(text)
      case .name(let name):
        guard let value = values[name] else {
          result += name
          continue
        }
        let isPower = index + 1 < tokens.count && tokens[index + 1].kind == .sign("^")
        let standsFree = before == nil || before == .sign("(") || before == .sign(",")
        let isNegative = value.hasPrefix("-")
        let shown =
          isNegative ? "−" + written(String(value.dropFirst())) : written(value)
        result += isNegative && (isPower || !standsFree) ? "(\(shown))" : shown
      case .sign(let sign):
        let isUnary = before.map(\.isOperand) != true
        switch sign {
        case "+" where isUnary: break
        case "-" where isUnary: result += "−"
        case "+": result += " + "
        case "-": result += " − "
        case "*": result += " × "
        case "/": result += " / "
        case ",": result += ", "
        default: result.append(sign)
        }
      }
    }
    return result
  }
}

/// A function that formulas may use.
enum FormulaFunction: String, Sendable, Hashable, CaseIterable {
  /// To the nearest whole number; a half goes to the even one, as everywhere in this program.
  case round
  /// Down to a whole number.
  case floor
  /// Up to a whole number.
  case ceil
  /// The square root.
  case sqrt
  /// The logarithm to the base 2.
  case log2
  /// The least of two or more values.
  case min
  /// The greatest of two or more values.
  case max
  /// The magnitude.
  case abs

  /// Whether the function takes a number of arguments.
  func takes(_ count: Int) -> Bool {
    switch self {
    case .min, .max: count >= 2
    case .round, .floor, .ceil, .sqrt, .log2, .abs: count == 1
    }
  }
}

/// Why a text is not a formula.
package struct FormulaError: Error, Sendable, Hashable {
  /// What is wrong, in one line.
  package let message: String
  /// The column in the text, from 1.
  package let column: Int
}
