/// A text of the interface in every language.
///
/// A phrase is written once, in English: `Phrase("off by \(points) points")`. Its translations stand
/// in one file for each language, `Content/zh-Hans/interface.po`, under the English text with a hole
/// `{}` for each interpolation.
package struct Phrase: Sendable, Hashable {
  private enum Source: Sendable, Hashable {
    /// The same in every language.
    case verbatim(String)
    /// A row of the tables.
    case row(PhraseKey, arguments: [PhraseArgument])
    /// Phrases with another between each two.
    indirect case joined([Phrase], separator: Phrase)
  }

  private let source: Source

  /// Makes a phrase whose translations stand in the table of each language.
  ///
  /// - Parameters:
  ///   - english: The English text.
  ///   - context: What tells it from a phrase of the same English text with another translation.
  package init(_ english: PhraseText, context: String? = nil) {
    source = .row(
      PhraseKey(context: context, english: english.pattern), arguments: english.arguments)
  }

  /// Makes a phrase of a name or number that reads the same in every language.
  package init(verbatim text: String) {
    source = .verbatim(text)
  }

  private init(_ source: Source) {
    self.source = source
  }

  /// Phrases one after the other; without a separator they are sentences that bring their spaces.
  package static func joined(
    _ phrases: [Phrase], separator: Phrase = Phrase(verbatim: "")
  ) -> Phrase {
    Phrase(.joined(phrases, separator: separator))
  }

  /// Names that read the same in every language, as an enumeration.
  package static func list(_ names: [String]) -> Phrase {
    joined(names.map(Phrase.init(verbatim:)), separator: Phrase(", "))
  }

  /// The text in a language; in English where the language's table lacks it.
  package func callAsFunction(_ language: Language) -> String {
    switch source {
    case .verbatim(let text): return text
    case .joined(let phrases, let separator):
      return phrases.map { $0(language) }.joined(separator: separator(language))
    case .row(let key, let arguments):
      let pattern =
        language == .english
        ? key.english : PhraseTable.bundled(language)[key] ?? key.english
      return arguments.isEmpty
        ? pattern : PhraseText.filled(pattern, with: arguments.map { $0.text(in: language) })
    }
  }
}

/// What a phrase is found by in a table.
package struct PhraseKey: Sendable, Hashable {
  /// What tells it from others of the same English text, if there are any.
  package let context: String?
  /// The English text with `{}` for each interpolation.
  package let english: String

  /// Makes a key.
  package init(context: String? = nil, english: String) {
    self.context = context
    self.english = english
  }
}

/// Something inside a phrase that is the same in every language, or a phrase itself.
enum PhraseArgument: Sendable, Hashable {
  case plain(String)
  case phrase(Phrase)

  func text(in language: Language) -> String {
    switch self {
    case .plain(let text): text
    case .phrase(let phrase): phrase(language)
    }
  }
}
