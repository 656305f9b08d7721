import Localization

/// A knob's value as what it is.
package enum KnobValue: Sendable, Hashable {
  /// A whole number.
  case integer(Int)
  /// Any number.
  case number(Double)
  /// A name, which may contain a number.
  case name(String)

  /// The value as the command line and lesson files write it.
  package var text: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): RecipeNumber.text(value)
    case .name(let name): name
    }
  }
}

/// The values of a knob: which are allowed, which a slider offers, how they are read and written.
package struct KnobValues: Sendable {
  /// What kind of values a knob has.
  package enum Kind: Sendable, Hashable {
    /// Whole numbers.
    case integer
    /// Any share of a range.
    case fraction(ClosedRange<Double>)
    /// Any number of a range, where only some have a place on a slider.
    case number
    /// Names, some of which contain a number.
    case name
  }

  /// What kind of values these are.
  let kind: Kind
  /// The allowed values as a phrase that follows "must be".
  let allowed: Phrase
  /// The values that a slider offers, in order; empty for a fraction.
  let positions: [String]
  /// The value in a recipe.
  let read: @Sendable (Recipe) -> KnobValue
  /// Sets the value in a recipe from text; false, and no change, if the text is not allowed.
  let write: @Sendable (inout Recipe, String) -> Bool
  /// Puts the default in the place of a recipe's value.
  let reset: @Sendable (inout Recipe) -> Void

  private init<Value: SendableMetatype>(
    _ path: any WritableKeyPath<Recipe, Value> & Sendable, _ kind: Kind, allowed: Phrase,
    positions: [String], read: @escaping @Sendable (Value) -> KnobValue,
    parse: @escaping @Sendable (String) -> Value?
  ) {
    self.kind = kind
    self.allowed = allowed
    self.positions = positions
    self.read = { read($0[keyPath: path]) }
    write = { recipe, text in
      guard let value = parse(text) else { return false }
      recipe[keyPath: path] = value
      return true
    }
    reset = { $0[keyPath: path] = Recipe()[keyPath: path] }
  }
}

extension KnobValues {
  /// Some whole numbers.
  static func steps(
    _ path: any WritableKeyPath<Recipe, Int> & Sendable, _ values: [Int], allowed: Phrase
  ) -> KnobValues {
    KnobValues(
      path, .integer, allowed: allowed, positions: values.map(String.init),
      read: { .integer($0) },
      parse: { RecipeNumber.integer($0).flatMap { values.contains($0) ? $0 : nil } })
  }

  /// Any whole number of a range.
  static func count(
    _ path: any WritableKeyPath<Recipe, Int> & Sendable, _ range: ClosedRange<Int>,
    positions: [Int]
  ) -> KnobValues {
    KnobValues(
      path, .integer, allowed: allowedIntegers(range), positions: positions.map(String.init),
      read: { .integer($0) },
      parse: { RecipeNumber.integer($0).flatMap { range.contains($0) ? $0 : nil } })
  }

  /// Any share of a range.
  static func fraction(
    _ path: any WritableKeyPath<Recipe, Double> & Sendable, _ range: ClosedRange<Double>
  ) -> KnobValues {
    KnobValues(
      path, .fraction(range), allowed: allowedNumbers(range), positions: [],
      read: { .number($0) }, parse: { RecipeNumber.decimal($0, in: range) })
  }

  /// Any number of a range, with a slider that knows some of them.
  static func number(
    _ path: any WritableKeyPath<Recipe, Double> & Sendable, _ range: ClosedRange<Double>,
    positions: [Double]
  ) -> KnobValues {
    KnobValues(
      path, .number, allowed: allowedNumbers(range), positions: positions.map(RecipeNumber.text),
      read: { .number($0) }, parse: { RecipeNumber.decimal($0, in: range) })
  }

  /// `off` or any whole number of a range.
  static func offOrCount(
    _ path: any WritableKeyPath<Recipe, Int?> & Sendable, _ range: ClosedRange<Int>,
    positions: [Int]
  ) -> KnobValues {
    KnobValues(
      path, .name, allowed: offOr(allowedIntegers(range)),
      positions: ["off"] + positions.map(String.init),
      read: { .name($0.map(String.init) ?? "off") },
      parse: { text in
        if text == "off" { return .some(nil) }
        return RecipeNumber.integer(text).flatMap { range.contains($0) ? .some($0) : nil }
      })
  }

  /// `off` or any number of a range.
  static func offOrNumber(
    _ path: any WritableKeyPath<Recipe, Double?> & Sendable, _ range: ClosedRange<Double>,
    positions: [Double]
  ) -> KnobValues {
    KnobValues(
      path, .name, allowed: offOr(allowedNumbers(range)),
      positions: ["off"] + positions.map(RecipeNumber.text),
      read: { .name($0.map(RecipeNumber.text) ?? "off") },
      parse: { text in
        text == "off" ? .some(nil) : RecipeNumber.decimal(text, in: range).map { .some($0) }
      })
  }

  /// Names; those that a slider offers are all, unless `allowed` says more.
  static func names<Value: RawRepresentable<String> & SendableMetatype>(
    _ path: any WritableKeyPath<Recipe, Value> & Sendable, _ positions: [String],
    allowed: Phrase? = nil
  ) -> KnobValues {
    KnobValues(
      path, .name, allowed: allowed ?? .oneOf(positions), positions: positions,
      read: { .name($0.rawValue) }, parse: { Value(rawValue: $0) })
  }

  /// The names of an enumeration.
  static func names<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ path: any WritableKeyPath<Recipe, Value> & Sendable
  ) -> KnobValues {
    names(path, Value.allCases.map(\.rawValue))
  }

  private static func allowedIntegers(_ range: ClosedRange<Int>) -> Phrase {
    Phrase("a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  private static func allowedNumbers(_ range: ClosedRange<Double>) -> Phrase {
    let (lower, upper) = (RecipeNumber.text(range.lowerBound), RecipeNumber.text(range.upperBound))
    return Phrase("a number from \(lower) to \(upper)")
  }

  private static func offOr(_ allowed: Phrase) -> Phrase {
    Phrase("off, or \(allowed)")
  }
}

extension Phrase {
  /// Some names to choose from, as a phrase that follows "must be".
  static func oneOf(_ names: [String]) -> Phrase {
    Phrase("one of \(Phrase.list(names))")
  }
}
