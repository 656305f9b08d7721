import Localization

extension LessonBuilder {
  /// The fences that mean something to the program.
  enum SpecialFence: String {
    /// The settings of an experiment.
    case experiment
    /// The budgets of a challenge.
    case challenge
    /// The answer of a numeric item.
    case numeric
    /// The lines of an order item.
    case order
    /// The wrong line of a spot item.
    case spot
    /// The pairs of a match item.
    case match
    /// The text of a cloze item.
    case cloze
    /// What a measured item asks for.
    case measured
    /// A statement about the built-in network.
    case claim
    /// A formula.
    case math
  }

  /// The languages a listing may name on its fence.
  static let listingLanguages: Set<String> = [
    "", "bash", "c", "console", "cpp", "diff", "json", "python", "sh", "swift", "text", "toml",
    "yaml",
  ]

  /// The special fence that a node is.
  func specialFence(_ node: MarkdownNode) -> SpecialFence? {
    guard case .code(let info, _, _) = node.kind else { return nil }
    return SpecialFence(rawValue: info.trimmed)
  }

  /// Converts nodes to blocks.
  ///
  /// - Parameters:
  ///   - nodes: The nodes.
  ///   - allowsClaims: Whether claims may stand here.
  mutating func blocks(_ nodes: some Sequence<MarkdownNode>, allowsClaims: Bool = false) -> [Block]
  {
    var result: [Block] = []
    for node in nodes {
      if let block = block(node, allowsClaims: allowsClaims) {
        result.append(block)
      }
    }
    return result
  }

  private mutating func block(_ node: MarkdownNode, allowsClaims: Bool) -> Block? {
    switch node.kind {
    case .paragraph:
      let text = inlines(of: node)
      return text.isEmpty ? nil : .paragraph(text)
    case .heading(let level):
      if level < 5 {
        report(
          "a heading of level \(level) cannot stand here; inside a text use level 5 or 6",
          on: node)
      }
      return .heading(level: level, inlines(of: node))
    case .list(let start):
      var items: [[Block]] = []
      for item in node.children {
        if case .item(checked: .some) = item.kind {
          report("a task list may stand only in a quiz item", on: item)
        }
        items.append(blocks(item.children, allowsClaims: allowsClaims))
      }
      return .list(start: start, items: items)
    case .quote: return .quote(blocks(node.children, allowsClaims: allowsClaims))
    case .rule: return .rule
    case .table(let alignments): return table(node, alignments: alignments)
    case .code: return code(node, allowsClaims: allowsClaims)
    case .html(let text):
      if text.trimmed.hasPrefix("<!--") {
        report("a comment may stand only directly under its heading", on: node)
      } else {
        report("raw HTML is not allowed", on: node)
      }
      return nil
    default: return nil
    }
  }

  private mutating func table(_ node: MarkdownNode, alignments: [ColumnAlignment]) -> Block? {
    var rows: [[[Inline]]] = []
    for row in node.children {
      var cells: [[Inline]] = []
      for cell in row.children {
        var placed = cell
        placed.line = row.line
        placed.endLine = row.line
        cells.append(inlines(of: placed))
      }
      while cells.count < alignments.count { cells.append([]) }
      rows.append(Array(cells.prefix(alignments.count)))
    }
    guard let header = rows.first else { return nil }
    return .table(alignments: alignments, header: header, rows: Array(rows.dropFirst()))
  }

  private mutating func code(_ node: MarkdownNode, allowsClaims: Bool) -> Block? {
    guard case .code(let info, let text, _) = node.kind else { return nil }
    checkClosed(node)
    switch specialFence(node) {
    case .math:
      if text.trimmed.isEmpty {
        report("the formula is empty", on: node)
        return nil
      }
      return .math(text.trimmed)
    case .claim:
      guard allowsClaims else {
        report("a claim may stand only in an explanation", on: node)
        return nil
      }
      return claim(node).map(Block.claim)
    case .some(let fence):
      report("the block “\(fence.rawValue)” has no meaning here", on: node)
      return nil
    case nil:
      return listing(info: info, text: text, at: location(of: node))
    }
  }

  /// Reports a fence without an end.
  mutating func checkClosed(_ node: MarkdownNode) {
    if case .code(_, _, false) = node.kind {
      report("the code fence is not closed", on: node)
    }
  }

  private mutating func listing(info: String, text: String, at place: SourceLocation) -> Block {
    let language = info.split(separator: " ").first.map(String.init) ?? ""
    if !Self.listingLanguages.contains(language) {
      let known = Self.listingLanguages.subtracting([""]).sorted().joined(separator: ", ")
      report("unknown language “\(language)” of a listing; allowed are \(known)", at: place)
    }
    return .code(language: language, text: Self.withoutLastLineEnd(text))
  }

  /// A listing's text without the line feed before its closing fence.
  static func withoutLastLineEnd(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// Reads a list of points: one bullet list whose items are one paragraph each.
  mutating func points(
    _ nodes: some Collection<MarkdownNode>, of name: String, at place: SourceLocation
  ) -> [[Inline]] {
    let lists = nodes.filter { if case .list(start: nil) = $0.kind { true } else { false } }
    for node in nodes where !lists.contains(where: { $0.line == node.line }) {
      report("“\(name)” holds one list of bullets and nothing else", on: node)
    }
    guard let list = lists.first else {
      if nodes.isEmpty { report("“\(name)” is empty", at: place) }
      return []
    }
    for other in lists.dropFirst() {
      report("“\(name)” holds one list of bullets and nothing else", on: other)
    }
    var points: [[Inline]] = []
    for item in list.children {
      guard item.children.count == 1, let paragraph = item.children.first,
        paragraph.kind == .paragraph
      else {
        report("each point of “\(name)” is one paragraph", on: item)
        continue
      }
      points.append(inlines(of: paragraph))
    }
    return points
  }
}
