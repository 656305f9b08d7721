/// A node of a parsed Markdown document, with the line it starts on.
struct MarkdownNode: Sendable {
  /// What the node is.
  var kind: Kind
  /// The line the node starts on, from 1; inline nodes carry the line of their block.
  var line: Int
  /// The last line of the node.
  var endLine: Int
  /// The column of the node's first byte, from 1, in bytes; 1 for inline nodes.
  var byteColumn: Int
  /// The nodes inside.
  var children: [MarkdownNode] = []

  /// The sorts of nodes.
  enum Kind: Sendable, Hashable {
    /// The root.
    case document
    /// A heading with its level.
    case heading(Int)
    /// A paragraph.
    case paragraph
    /// A list; `start` is nil for bullets.
    case list(start: Int?)
    /// An item of a list; `checked` is nil unless it is an item of a task list.
    case item(checked: Bool?)
    /// A code block with the whole text after its fence, and whether its closing fence is there.
    case code(info: String, text: String, isClosed: Bool)
    /// A block of raw HTML.
    case html(String)
    /// A quotation.
    case quote
    /// A table with the alignments of its columns.
    case table([ColumnAlignment])
    /// A row of a table.
    case row
    /// A cell of a row.
    case cell
    /// A horizontal line.
    case rule
    /// Plain text.
    case text(String)
    /// A line end in the source.
    case softBreak
    /// A line end to be shown.
    case lineBreak
    /// A code span.
    case codeSpan(String)
    /// Raw HTML inside a line.
    case htmlSpan(String)
    /// Emphasis.
    case emphasis
    /// Strong emphasis.
    case strong
    /// Deleted text.
    case strikethrough
    /// A link with its target.
    case link(String)
    /// An image with its address.
    case image(String)
  }
}

/// The lines whose text Markdown reads as running text, found before formulas are masked.
struct TextRun: Sendable, Hashable {
  /// The first line, from 1.
  var firstLine: Int
  /// The last line.
  var lastLine: Int
}
