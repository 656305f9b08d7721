/// A part of a lesson as running text, with the lines it stands on.
///
/// Passages of the same owner and part in two languages say the same thing.
struct LessonPassage: Sendable, Hashable {
  /// The parts of a chapter and of its elements.
  enum Part: String, Sendable, Hashable {
    case introduction, goals, workedExample
    case title, answer, explanation, keyPoints, commonMistake, followUp, prompt
  }

  /// The id of the chapter, question, experiment or quiz item.
  var owner: String
  /// Which part of it.
  var part: Part
  /// The text without code, formulas and claims.
  var text: String
  /// The lines it stands on.
  var lines: ClosedRange<Int>
  /// Where the part begins.
  var location: SourceLocation
}

extension LessonBuilder {
  /// Notes a part of the chapter or of one of its elements.
  ///
  /// - Parameters:
  ///   - part: Which part.
  ///   - owner: The element's id; the chapter's own when nil.
  ///   - nodes: The nodes that the text was made of.
  ///   - text: The blocks.
  ///   - place: Where the part's heading stands.
  mutating func note(
    _ part: LessonPassage.Part, of owner: String? = nil, nodes: ArraySlice<MarkdownNode>,
    text: [Block], at place: SourceLocation
  ) {
    guard let first = nodes.first, let last = nodes.last else { return }
    passages.append(
      LessonPassage(
        owner: owner ?? chapterID, part: part, text: Self.prose(text),
        lines: first.line...max(first.line, last.endLine), location: place))
  }

  /// The words of blocks, a blank between any two of them.
  static func prose(_ blocks: [Block]) -> String {
    blocks.map { block in
      switch block {
      case .heading(_, let text), .paragraph(let text): words(text)
      case .list(_, let items): items.map(prose).joined(separator: " ")
      case .quote(let inner): prose(inner)
      case .table(_, let header, let rows):
        ([header] + rows).joined().map(words).joined(separator: " ")
      case .code, .math, .claim, .rule: ""
      }
    }.joined(separator: " ")
  }

  private static func words(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, let inner):
        words(inner)
      // Something stands there, so that the words around it do not run into one.
      case .code, .math: "\u{FFFC}"
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }
}
