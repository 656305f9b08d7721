/// A text of the user interface in every language.
package struct Phrase: Sendable, Hashable {
  /// The English text.
  package let english: String
  /// The Simplified Chinese text.
  package let chinese: String

  /// Makes a phrase.
  package init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The text in a language.
  package func callAsFunction(_ language: Language) -> String {
    switch language {
    case .english: english
    case .simplifiedChinese: chinese
    }
  }
}
