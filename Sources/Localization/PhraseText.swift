/// The English text of a phrase as it is written in the source, its interpolations kept apart.
package struct PhraseText: ExpressibleByStringInterpolation, Sendable {
  /// The text with `{}` for each interpolation.
  let pattern: String
  /// What stands in the holes, from the first on.
  let arguments: [PhraseArgument]

  /// Makes a text without interpolations.
  package init(stringLiteral text: String) {
    pattern = text
    arguments = []
  }

  /// Makes a text of its interpolations.
  package init(stringInterpolation parts: StringInterpolation) {
    pattern = parts.pattern
    arguments = parts.arguments
  }

  private init(pattern: String, arguments: [PhraseArgument]) {
    self.pattern = pattern
    self.arguments = arguments
  }

  /// A text that stands on several lines of the source.
  package static func + (start: PhraseText, end: PhraseText) -> PhraseText {
    PhraseText(pattern: start.pattern + end.pattern, arguments: start.arguments + end.arguments)
  }

  /// Collects the pieces of a literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    var pattern = ""
    var arguments: [PhraseArgument] = []

    /// Prepares for a literal.
    package init(literalCapacity: Int, interpolationCount: Int) {
      pattern.reserveCapacity(literalCapacity + 2 * interpolationCount)
      arguments.reserveCapacity(interpolationCount)
    }

    /// Appends text that is to be translated.
    package mutating func appendLiteral(_ literal: String) { pattern += literal }

    /// Appends a hole for a value that reads the same in every language.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible & Sendable) {
      pattern += "{}"
      arguments.append(.plain(value.description))
    }

    /// Appends a hole for another phrase, which is shown in the same language.
    package mutating func appendInterpolation(_ phrase: Phrase) {
      pattern += "{}"
      arguments.append(.phrase(phrase))
    }
  }

  /// A pattern with its holes filled: `{}` takes the next text, `{2}` the second one.
  static func filled(_ pattern: String, with texts: [String]) -> String {
    var result = ""
    var next = 0
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      let index = name.isEmpty ? next : (Int(name) ?? 0) - 1
      next += name.isEmpty ? 1 : 0
      result += texts.indices.contains(index) ? texts[index] : String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

extension DefaultStringInterpolation {
  /// A phrase has no text before a language is chosen.
  @available(*, unavailable, message: "Call the phrase with a language.")
  package mutating func appendInterpolation(_ phrase: Phrase) {}
}
