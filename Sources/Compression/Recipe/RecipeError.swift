package import Localization

/// Why a recipe cannot be made from text.
package enum RecipeError: Error, Hashable, Sendable {
  /// No knob has this name.
  case unknownKey(String)
  /// The knob exists, but not with this value.
  case notAllowed(key: String, value: String)
  /// A word that is not of the form `key=value`.
  case notASetting(String)
  /// Values that are each allowed but that contradict one another.
  case contradiction(Phrase)

  /// A setting such as `finetune.mode=qat` that needs something else of the recipe.
  ///
  /// - Parameter need: What has to hold, as a phrase that follows "needs".
  static func needs(_ setting: String, _ need: Phrase) -> RecipeError {
    needs(Phrase(verbatim: setting), need)
  }

  /// Something that needs something of the recipe.
  static func needs(_ subject: Phrase, _ need: Phrase) -> RecipeError {
    .contradiction(
      Phrase("\(subject) needs \(need)"))
  }
}

extension Phrase {
  /// A setting such as `order=prune-first` as a phrase that follows "needs", perhaps in place of
  /// another value.
  static func setting(_ setting: String, not actual: String? = nil) -> Phrase {
    Phrase(verbatim: setting).butNot(actual)
  }

  /// One of some values of a knob as such a phrase.
  static func oneOf(_ key: String, _ values: [String], not actual: String? = nil) -> Phrase {
    let names = oneOf(values)
    return Phrase("\(key) to be \(names)")
      .butNot(actual)
  }

  private func butNot(_ actual: String?) -> Phrase {
    actual.map { Phrase("\(self), not \($0)") }
      ?? self
  }
}

extension RecipeError: UserFacingError {
  /// One line that says what is wrong and what is allowed.
  package var text: Phrase {
    switch self {
    case .unknownKey(let name):
      let names = Knob.all.map(\.name)
      let nearest = RecipeError.nearest(to: name, among: names)
      let (quoted, keys) = (RecipeError.quoted(name), Phrase.list(names))
      guard let nearest else {
        return Phrase("there is no recipe key \(quoted); the keys are \(keys)")
      }
      return Phrase(
        "there is no recipe key \(quoted); did you mean \(nearest)? The keys are \(keys)")
    case .notAllowed(let key, let value):
      let quoted = RecipeError.quoted(value)
      guard let allowed = Knob.named(key)?.allowed else {
        preconditionFailure("A value is refused only for a knob that exists.")
      }
      return Phrase("\(key) must be \(allowed), not \(quoted)")
    case .notASetting(let word):
      let quoted = RecipeError.quoted(word)
      return Phrase("a setting has the form key=value, as in weights.bits=4, not \(quoted)")
    case .contradiction(let sentence):
      return sentence
    }
  }

  /// Text of unknown origin, cut to a length that fits a line and free of control characters.
  static func quoted(_ text: String) -> Phrase {
    let visible = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(40).map { scalar in
          let category = scalar.properties.generalCategory
          let isHidden =
            category == .control || category == .format || category == .lineSeparator
            || category == .paragraphSeparator
          return isHidden ? "\u{FFFD}" : scalar
        }))
    return visible.isEmpty ? Phrase("an empty text") : Phrase(verbatim: visible)
  }

  /// The name that needs the fewest single-letter edits, if that is at most half its length.
  private static func nearest(to name: String, among names: [String]) -> String? {
    let typed = Array(name.unicodeScalars.prefix(64))
    let ranked = names.map { (name: $0, edits: edits(typed, Array($0.unicodeScalars))) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits * 2 <= best.name.count
    else { return nil }
    return best.name
  }

  /// The Levenshtein distance of two texts.
  private static func edits(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var previous = Array(0...second.count)
    for (row, scalar) in first.enumerated() {
      var current = [row + 1]
      for (column, other) in second.enumerated() {
        current.append(
          min(
            previous[column] + (scalar == other ? 0 : 1), previous[column + 1] + 1,
            current[column] + 1))
      }
      previous = current
    }
    return previous[second.count]
  }
}
