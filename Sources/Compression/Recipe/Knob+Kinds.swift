extension Knob {
  /// The ways to choose a range that every grid has.
  static let rangePositions = [
    "minmax", "percentile:99.99", "percentile:99.9", "percentile:99", "percentile:95",
    "percentile:90", "percentile:80", "percentile:70", "mse",
  ]

  /// The same as a phrase that follows "must be".
  static let rangeAllowed = "one of minmax, percentile:P with P from 50 to 100, mse"

  /// A key whose value is one of some integers.
  static func steps(
    _ name: String, _ title: String, _ path: any WritableKeyPath<Recipe, Int> & Sendable,
    _ values: [Int], allowed: String, help: String
  ) -> Knob {
    Knob(
      name: name, title: title, help: help, kind: .steps(values), allowed: allowed,
      positions: values.map(String.init),
      read: { String($0[keyPath: path]) },
      write: { recipe, text in
        guard let value = RecipeNumber.integer(text), values.contains(value) else { return false }
        recipe[keyPath: path] = value
        return true
      })
  }

  /// A key whose value is any integer of a range.
  static func count(
    _ name: String, _ title: String, _ path: any WritableKeyPath<Recipe, Int> & Sendable,
    _ range: ClosedRange<Int>, positions: [Int], help: String
  ) -> Knob {
    Knob(
      name: name, title: title, help: help, kind: .count(range),
      allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      positions: positions.map(String.init),
      read: { String($0[keyPath: path]) },
      write: { recipe, text in
        guard let value = RecipeNumber.integer(text), range.contains(value) else { return false }
        recipe[keyPath: path] = value
        return true
      })
  }

  /// A key whose value is any share of a range.
  static func fraction(
    _ name: String, _ title: String, _ path: any WritableKeyPath<Recipe, Double> & Sendable,
    range: ClosedRange<Double>, help: String
  ) -> Knob {
    let lower = RecipeNumber.text(range.lowerBound)
    let upper = RecipeNumber.text(range.upperBound)
    return Knob(
      name: name, title: title, help: help, kind: .fraction(range),
      allowed: "a number from \(lower) to \(upper)", positions: [],
      read: { RecipeNumber.text($0[keyPath: path]) },
      write: { recipe, text in
        guard let value = RecipeNumber.decimal(text), range.contains(value) else { return false }
        recipe[keyPath: path] = value
        return true
      })
  }

  /// A key whose value is any number of a range, with a slider that knows some of them.
  static func number(
    _ name: String, _ title: String, _ path: any WritableKeyPath<Recipe, Double> & Sendable,
    range: ClosedRange<Double>, positions: [Double], help: String
  ) -> Knob {
    let key = fraction(name, title, path, range: range, help: help)
    return Knob(
      name: name, title: title, help: help, kind: .number(range), allowed: key.allowed,
      positions: positions.map(RecipeNumber.text), read: key.read, write: key.write)
  }

  /// A key whose value is written as a name.
  static func names<Value: RawRepresentable<String> & SendableMetatype>(
    _ name: String, _ title: String, _ path: any WritableKeyPath<Recipe, Value> & Sendable,
    positions: [String], allowed: String? = nil, help: String
  ) -> Knob {
    Knob(
      name: name, title: title, help: help, kind: .name,
      allowed: allowed ?? "one of \(positions.joined(separator: ", "))", positions: positions,
      read: { $0[keyPath: path].rawValue },
      write: { recipe, text in
        guard let value = Value(rawValue: text) else { return false }
        recipe[keyPath: path] = value
        return true
      })
  }
}
