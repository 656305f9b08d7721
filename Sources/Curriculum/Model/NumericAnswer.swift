/// The number that a numeric item asks for.
package struct NumericAnswer: Sendable, Hashable {
  /// The right value; that of the first values of the variables while none were drawn.
  package var value: Double
  /// The largest accepted difference from it.
  package var tolerance: Double
  /// The unit shown behind the field; may be empty.
  package var unit: String
  /// How the value is found, step by step; may be empty.
  package var steps: [NumericStep] = []
  /// What is drawn anew for every variant; nil for an item with fixed numbers and for a variant.
  package var variation: NumericVariation?
}

/// A step of the way to a number.
package struct NumericStep: Sendable, Hashable {
  /// What is computed, in words.
  package var text: [Inline]
  /// How it is computed.
  package var formula: Formula
  /// The texts that stand for the variables, in the formula's own notation; empty before a draw.
  package var numbers: [String: String] = [:]
  /// The result.
  package var value: Double

  /// The formula for a reader with the drawn numbers in the place of the variables.
  package var computation: String { formula.text(with: numbers, isGrouped: true) }
}

/// How the variants of a numeric item come about.
package struct NumericVariation: Sendable, Hashable {
  /// The variables with the values they may take.
  package var variables: [NumericVariable]
  /// The right value as a formula over the variables.
  package var answer: Formula
  /// The largest accepted difference, absolute or as a share of the right value.
  package var tolerance: NumericTolerance

  /// The number of variants.
  package var count: Int { variables.reduce(1) { $0 * $1.values.count } }

  /// The values of the variables in a variant, from the first variable to the last.
  ///
  /// Variants are numbered from 0; the last variable changes fastest.
  package func values(ofVariant number: Int) -> [NumericVariable.Value] {
    var rest = number
    var values: [NumericVariable.Value] = []
    for variable in variables.reversed() {
      values.append(variable.values[rest % variable.values.count])
      rest /= variable.values.count
    }
    return values.reversed()
  }

  /// The numbers of a variant by the names of the variables.
  func assignment(ofVariant number: Int) -> [String: Double] {
    Dictionary(
      zip(variables.map(\.name), values(ofVariant: number).map(\.number))
    ) { first, _ in first }
  }
}

/// A variable of a numeric item.
package struct NumericVariable: Sendable, Hashable {
  /// A value that the variable may take.
  package struct Value: Sendable, Hashable {
    /// The number as the lesson writes it.
    package var text: String
    /// The number.
    package var number: Double

    /// The number for running text: whole numbers from 1,000 on have separators.
    var prose: String {
      text.hasPrefix("-")
        ? "−" + DigitGroups.grouped(String(text.dropFirst())) : DigitGroups.grouped(text)
    }
  }

  /// The name, which stands in braces in the text.
  package var name: String
  /// The values it may take.
  package var values: [Value]
}

/// A largest accepted difference.
package enum NumericTolerance: Sendable, Hashable {
  /// A number.
  case absolute(Double)
  /// A share of the right value.
  case relative(Double)

  /// The difference as a number for a right value.
  package func amount(for value: Double) -> Double {
    switch self {
    case .absolute(let amount): amount
    case .relative(let share): abs(value) * share
    }
  }
}
