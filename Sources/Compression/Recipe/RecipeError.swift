/// Why a recipe cannot be made from text.
package enum RecipeError: Error, Hashable, Sendable {
  /// No key has this name.
  case unknownKey(String)
  /// The key exists, but not with this value.
  case notAllowed(key: String, value: String)
  /// A word that is not of the form `key=value`.
  case notASetting(String)
  /// Values that are each allowed but that contradict one another.
  case contradiction(String)
}

extension RecipeError: CustomStringConvertible {
  /// One line that says what is wrong and what is allowed.
  package var description: String {
    switch self {
    case .unknownKey(let name):
      let names = Knob.all.map(\.name)
      let hint =
        RecipeError.nearest(to: name, among: names).map { "; did you mean \($0)? The" } ?? "; the"
      return "there is no recipe key \(RecipeError.quoted(name))\(hint) keys are "
        + names.joined(separator: ", ")
    case .notAllowed(let key, let value):
      let allowed = Knob.named(key)?.allowed ?? "something else"
      return "\(key) must be \(allowed), not \(RecipeError.quoted(value))"
    case .notASetting(let word):
      return
        "a setting has the form key=value, as in weights.bits=4, not \(RecipeError.quoted(word))"
    case .contradiction(let sentence):
      return sentence
    }
  }

  /// Text of unknown origin, cut to a length that fits a line and free of control characters.
  static func quoted(_ text: String) -> String {
    let visible = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(40).map { scalar in
          let category = scalar.properties.generalCategory
          let isHidden =
            category == .control || category == .format || category == .lineSeparator
            || category == .paragraphSeparator
          return isHidden ? "\u{FFFD}" : scalar
        }))
    return visible.isEmpty ? "an empty text" : visible
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
