/// A piece of a line of source code with what it is.
package struct CodeToken: Sendable, Hashable {
  /// The text.
  package var text: String
  /// What it is.
  package var kind: Kind

  /// The sorts of tokens that are shown differently.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// A word of the language itself.
    case keyword
    /// A text in quotes.
    case string
    /// A comment.
    case comment
    /// A number.
    case number
    /// Everything else.
    case plain
  }

  /// Makes a token.
  package init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }
}
