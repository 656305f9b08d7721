import Localization

/// A block of a lesson's text.
package indirect enum Block: Sendable, Hashable {
  /// A heading of level 1 to 6.
  case heading(level: Int, [Inline])
  /// A paragraph.
  case paragraph([Inline])
  /// A list; `start` is the first number of an ordered one and nil for bullets.
  case list(start: Int?, items: [[Block]])
  /// A code block with the language named on its fence, or an empty string.
  case code(language: String, text: String)
  /// A quotation.
  case quote([Block])
  /// A table; every row has as many cells as the header.
  case table(alignments: [ColumnAlignment], header: [[Inline]], rows: [[[Inline]]])
  /// A formula on lines of its own, in TeX's notation.
  case math(String)
  /// A statement about the built-in network that the program checks by running it.
  case claim(Claim)
  /// A horizontal line.
  case rule
}

/// A piece of text inside a block.
package indirect enum Inline: Sendable, Hashable {
  /// Plain text.
  case text(String)
  /// Emphasised text.
  case emphasis([Inline])
  /// Strongly emphasised text.
  case strong([Inline])
  /// Deleted text.
  case strikethrough([Inline])
  /// Source code or a recipe's key.
  case code(String)
  /// A link with its target.
  case link(destination: String, [Inline])
  /// A formula inside a line, in TeX's notation.
  case math(String)
  /// A line end in the source that the reader need not see.
  case softBreak
  /// A line end that the reader shall see.
  case lineBreak
}

/// How the cells of a table's column are set.
package enum ColumnAlignment: Sendable, Hashable {
  /// Not given.
  case none
  /// To the left.
  case left
  /// In the middle.
  case center
  /// To the right.
  case right
}
