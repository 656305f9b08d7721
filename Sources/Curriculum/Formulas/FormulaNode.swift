import Foundation

/// A part of a formula with a value of its own.
indirect enum FormulaNode: Sendable, Hashable {
  /// An operation on two values.
  enum Operator: Sendable, Hashable {
    case add, subtract, multiply, divide, power
  }

  /// A number.
  case number(Double)
  /// A variable.
  case variable(String)
  /// The negative of a value.
  case negation(FormulaNode)
  /// An operation on two values.
  case operation(Operator, FormulaNode, FormulaNode)
  /// A function of one or more values.
  case function(FormulaFunction, [FormulaNode])

  /// The value under an assignment; a variable without a value counts as NaN.
  func value(_ variables: [String: Double]) -> Double {
    switch self {
    case .number(let value): return value
    case .variable(let name): return variables[name] ?? .nan
    case .negation(let node): return -node.value(variables)
    case .operation(let sign, let left, let right):
      let a = left.value(variables)
      let b = right.value(variables)
      switch sign {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .divide: return a / b
      case .power: return pow(a, b)
      }
    case .function(let function, let nodes):
      return Self.apply(function, nodes.map { $0.value(variables) })
    }
  }

  private static func apply(_ function: FormulaFunction, _ values: [Double]) -> Double {
    let first = values.first ?? .nan
    switch function {
    case .round: return first.rounded(.toNearestOrEven)
    case .floor: return first.rounded(.down)
    case .ceil: return first.rounded(.up)
    case .sqrt: return first.squareRoot()
    case .log2: return Foundation.log2(first)
    case .abs: return Swift.abs(first)
    // A missing value must not be hidden by one that is there.
    case .min: return values.contains(where: \.isNaN) ? .nan : values.min() ?? .nan
    case .max: return values.contains(where: \.isNaN) ? .nan : values.max() ?? .nan
    }
  }
}
