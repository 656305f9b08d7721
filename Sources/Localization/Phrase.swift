/// A text of the interface in every language.
///
/// Most phrases are written once, in English: `Phrase("off by \(points) points")`. Their
/// translations stand in one file for each language, `Content/zh-Hans/interface.po`, under the
/// English text with a hole `{}` for each interpolation. A text that belongs to a row of a
/// declaration may have its translation beside it instead: `Phrase("off", "关")`.
package struct Phrase: Sendable, Hashable {
  private enum Source: Sendable, Hashable {
    case translated(english: String, chinese: String)
    case row(PhraseKey, arguments: [PhraseArgument])
  }

  private let source: Source

  /// Makes a phrase with its translation beside it.
  package init(_ english: String, _ chinese: String) {
    source = .translated(english: english, chinese: chinese)
  }

  /// Makes a phrase whose translations stand in the table of each language.
  ///
  /// - Parameters:
  ///   - english: The English text.
  ///   - context: What tells it from a phrase of the same English text with another translation.
  package init(_ english: PhraseText, context: String? = nil) {
    source = .row(
      PhraseKey(context: context, english: english.pattern), arguments: english.arguments)
  }

  /// The text in a language; in English where the language's table lacks it.
  package func callAsFunction(_ language: Language) -> String {
    switch source {
    case .translated(let english, let chinese):
      switch language {
      case .english: return english
      case .simplifiedChinese: return chinese
      }
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
