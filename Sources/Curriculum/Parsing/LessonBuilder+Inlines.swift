extension LessonBuilder {
  /// The running text of a paragraph, heading or table cell.
  mutating func inlines(of block: MarkdownNode) -> [Inline] {
    var cursor = source.lines.range(ofLine: block.line).lowerBound
    var marks = EmphasisMarks()
    let result = convert(block.children, in: block, cursor: &cursor, marks: &marks)
    if let index = marks.firstLiteral, let place = location(ofMark: index, marks.count, in: block) {
      report(
        "the marks ** do not make this text strong; put the punctuation outside of them", at: place)
    }
    return CJKLineBreaks.joined(result)
  }

  /// The text of inlines without any marks.
  static func plainText(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text), .math(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, let inner):
        plainText(inner)
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }

  private mutating func convert(
    _ nodes: [MarkdownNode], in block: MarkdownNode, cursor: inout Int,
    marks: inout EmphasisMarks
  ) -> [Inline] {
    var result: [Inline] = []
    for node in nodes {
      switch node.kind {
      case .text(let text):
        marks.note(literal: text)
        checkEntities(in: text, block: block, cursor: &cursor)
        for inline in source.inlines(of: text) { append(inline, to: &result) }
      case .softBreak: result.append(.softBreak)
      case .lineBreak: result.append(.lineBreak)
      case .codeSpan(let text): result.append(.code(source.restored(text)))
      case .emphasis:
        result.append(.emphasis(convert(node.children, in: block, cursor: &cursor, marks: &marks)))
      case .strong:
        marks.count += 1
        let inner = convert(node.children, in: block, cursor: &cursor, marks: &marks)
        marks.count += 1
        result.append(.strong(inner))
      case .strikethrough:
        result.append(
          .strikethrough(convert(node.children, in: block, cursor: &cursor, marks: &marks)))
      case .link(let address):
        let inner = convert(node.children, in: block, cursor: &cursor, marks: &marks)
        if !Self.isAllowed(address: address) {
          reportInline(
            "a link leads to https, http or a place in the course", text: address, in: block,
            cursor: &cursor)
        }
        result.append(.link(destination: source.restored(address), inner))
      case .image:
        reportInline("images cannot be shown", text: "![", in: block, cursor: &cursor)
        result += convert(node.children, in: block, cursor: &cursor, marks: &marks)
      case .htmlSpan(let text):
        reportInline(
          "raw HTML is not allowed", text: source.restored(text), in: block, cursor: &cursor)
      default:
        result += convert(node.children, in: block, cursor: &cursor, marks: &marks)
      }
    }
    return result
  }

  /// Appends an inline and merges neighbouring texts, which the parser splits at special signs.
  private func append(_ inline: Inline, to result: inout [Inline]) {
    if case .text(let new) = inline, case .text(let old)? = result.last {
      result[result.count - 1] = .text(old + new)
    } else {
      result.append(inline)
    }
  }

  /// Reports characters that are not allowed and came in as entities such as `&#x202E;`.
  ///
  /// Those that stand in the source as themselves are found by the linter.
  private mutating func checkEntities(
    in text: String, block: MarkdownNode, cursor: inout Int
  ) {
    guard text.utf8.contains(where: { $0 < 32 || $0 > 126 }) else { return }
    let start = source.lines.range(ofLine: block.line).lowerBound
    let end = source.lines.range(ofLine: max(block.line, block.endLine)).upperBound
    guard source.lines.bytes[start..<end].contains(UInt8(ascii: "&")) else { return }
    for scalar in text.unicodeScalars
    where source.inlines(of: String(scalar)) == [.text(String(scalar))] {
      guard let complaint = CharacterRules.complaint(about: scalar),
        source.find(String(scalar), in: start..<end) == nil
      else { continue }
      let code = scalar.value
      let spellings = [
        "&#\(code);", "&#x\(String(code, radix: 16));",
        "&#x\(String(code, radix: 16, uppercase: true));",
      ]
      reportInline(
        "the character of this entity is not allowed: \(complaint)",
        text: spellings.first { source.find($0, in: start..<end) != nil } ?? "&", in: block,
        cursor: &cursor)
    }
  }

  /// Whether a link's address has no scheme or one that leads to a page.
  private static func isAllowed(address: String) -> Bool {
    let head = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return !head.contains(":") || ["https:", "http:"].contains(head.lowercased())
  }

  /// Reports something inside a block at the place where its source text is found next.
  private mutating func reportInline(
    _ message: String, text: String, in block: MarkdownNode, cursor: inout Int
  ) {
    let end = source.lines.range(ofLine: max(block.line, block.endLine)).upperBound
    if cursor <= end, let found = source.find(text, in: cursor..<end) {
      cursor = found + text.utf8.count
      report(message, atByte: found)
    } else {
      report(message, on: block)
    }
  }

  /// The place of the n-th `**` in a block; nil when some of the marks shown were escaped.
  private func location(
    ofMark index: Int, _ count: Int, in block: MarkdownNode
  ) -> SourceLocation? {
    let start = source.lines.range(ofLine: block.line).lowerBound
    let end = source.lines.range(ofLine: max(block.line, block.endLine)).upperBound
    let bytes = source.lines.bytes
    let star = UInt8(ascii: "*")
    var found: [Int] = []
    var offset = start
    while offset + 1 < end {
      if source.regions[offset] == .text, bytes[offset] == UInt8(ascii: "\\") {
        offset += 2
      } else if source.regions[offset] == .text, bytes[offset] == star, bytes[offset + 1] == star {
        found.append(offset)
        offset += 2
      } else {
        offset += 1
      }
    }
    guard found.count >= count else { return nil }
    return source.location(ofByte: found[index])
  }
}

/// Counts the marks `**` of a block in reading order and notes the first that stayed text.
private struct EmphasisMarks {
  /// The number of marks so far.
  var count = 0
  /// The position among them of the first that is shown as it stands.
  private(set) var firstLiteral: Int?

  /// Notes the marks inside a plain text.
  mutating func note(literal text: String) {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return }
    var stars = 0
    for byte in text.utf8 {
      stars = byte == UInt8(ascii: "*") ? stars + 1 : 0
      if stars == 2 {
        if firstLiteral == nil { firstLiteral = count }
        count += 1
        stars = 0
      }
    }
  }
}
