package import Curriculum
package import Localization
package import TerminalCanvas

/// Sets a lesson's blocks as styled lines of a given width.
///
/// Every screen and the `lesson` command set their text through this type, so that a lesson looks
/// the same wherever it is read.
package struct LessonTypesetter: Sendable {
  /// The widest line, in cells; a comfortable measure even in a wide window.
  package static let comfortableMeasure = 96

  /// The language of fixed words, such as the label of a claim.
  package let language: Language
  /// The glyphs that marks and lines are drawn with.
  package let glyphs: GlyphSet

  /// Makes a typesetter.
  package init(language: Language, glyphs: GlyphSet) {
    self.language = language
    self.glyphs = glyphs
  }

  /// Sets blocks one below the other with an empty line between them.
  package func lines(for blocks: [Block], width: Int) -> [StyledLine] {
    guard width > 0 else { return [] }
    var result: [StyledLine] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 { result.append([]) }
      result += lines(for: block, width: width)
    }
    return result
  }

  /// Sets a piece of running text.
  package func lines(
    for inlines: [Inline], width: Int, style: Style = .text, hangingIndent: Int = 0
  ) -> [StyledLine] {
    guard width > 0 else { return [] }
    return InlineTypesetter(base: style).paragraphs(inlines).flatMap {
      TextWrapping.wrap($0, width: width, hangingIndent: hangingIndent)
    }
  }

  /// A title above a section, with a mark before it.
  package func sectionTitle(_ title: String, width: Int, role: Role = .heading) -> [StyledLine] {
    let text = glyphs == .unicode ? "▌ \(title)" : "# \(title)"
    return [[StyledRun(TextFitting.truncate(text, to: width), .role(role, bold: true))]]
  }

  private func lines(for block: Block, width: Int) -> [StyledLine] {
    switch block {
    case .heading(_, let inlines):
      return lines(for: inlines, width: width, style: .role(.heading, bold: true))
    case .paragraph(let inlines):
      return lines(for: inlines, width: width)
    case .list(let start, let items):
      return list(start: start, items: items, width: width)
    case .code(let codeLanguage, let text):
      return code(text, language: codeLanguage, width: width)
    case .quote(let blocks):
      let bar = StyledRun("▎ ", .role(.border))
      return lines(for: blocks, width: width - 2).map { [bar] + $0 }
    case .table(let alignments, let header, let rows):
      return TableTypesetter(alignments: alignments, header: header, rows: rows)
        .lines(width: width, glyphs: glyphs)
    case .math(let tex):
      return tex.split(separator: "\n", omittingEmptySubsequences: true).flatMap { line in
        TextWrapping.wrap(
          [StyledRun(UnicodeMath.render(String(line)), .role(.code))], width: max(1, width - 4),
          hangingIndent: 2
        ).map { [StyledRun("    ")] + $0 }
      }
    case .claim(let claim):
      return self.claim(claim, width: width)
    case .rule:
      return [
        [StyledRun(String(repeating: "─", count: width), .role(.border))]
      ]
    }
  }

  private func list(start: Int?, items: [[Block]], width: Int) -> [StyledLine] {
    let markers = items.indices.map { index in
      start.map { "\($0 + index). " } ?? "• "
    }
    let indent = markers.map(\.count).max() ?? 2
    // A list whose items are single paragraphs is set tightly.
    let isTight = items.allSatisfy { $0.count <= 1 }
    var result: [StyledLine] = []
    for (index, item) in items.enumerated() {
      if index > 0, !isTight { result.append([]) }
      let padding = String(repeating: " ", count: indent - markers[index].count)
      for (row, line) in tightLines(for: item, width: width - indent).enumerated() {
        let lead =
          row == 0
          ? StyledRun(padding + markers[index], .role(.accent))
          : StyledRun(String(repeating: " ", count: indent))
        result.append([lead] + line)
      }
    }
    return result
  }

  /// Sets an item's blocks; a list directly below a paragraph needs no empty line.
  private func tightLines(for blocks: [Block], width: Int) -> [StyledLine] {
    var result: [StyledLine] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 {
        if case .list = block {} else { result.append([]) }
      }
      result += lines(for: block, width: width)
    }
    return result
  }

  private func code(_ text: String, language codeLanguage: String, width: Int) -> [StyledLine] {
    let bar = StyledRun("│ ", .role(.border))
    return CodeHighlighter.highlight(text, language: codeLanguage).flatMap {
      tokens -> [StyledLine] in
      let line = tokens.map { StyledRun($0.text, .role(Self.role(of: $0.kind))) }
      return TextWrapping.wrap(line, width: max(1, width - 2), hangingIndent: 4).map { [bar] + $0 }
    }
  }

  /// The role that a token of code is shown in.
  package static func role(of kind: CodeToken.Kind) -> Role {
    switch kind {
    case .plain: .text
    case .keyword: .codeKeyword
    case .string: .codeString
    case .comment: .codeComment
    case .number: .codeNumber
    }
  }

  private func claim(_ claim: Claim, width: Int) -> [StyledLine] {
    let mark = "✓ "
    let settings = claim.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let statement = claim.statement
    return TextWrapping.wrap(
      [
        StyledRun(mark, .role(.good, bold: true)),
        StyledRun(Phrase("measured here: ")(language), .role(.muted)),
        StyledRun(statement, .role(.text, bold: true)),
        StyledRun(settings.isEmpty ? "" : "  \(settings)", .role(.code)),
      ], width: width, hangingIndent: 2)
  }
}
