package import Curriculum
package import TerminalCanvas

/// Turns inline Markdown into styled runs.
package struct InlineTypesetter {
  /// The style of plain text.
  package let base: Style

  /// Makes a typesetter.
  package init(base: Style = .text) {
    self.base = base
  }

  /// The runs of a text, split where it asks for a new line.
  package func paragraphs(_ inlines: [Inline]) -> [StyledLine] {
    var lines: [StyledLine] = [[]]
    append(inlines, style: base, to: &lines)
    return lines
  }

  /// The runs of a text on one line.
  package func runs(_ inlines: [Inline]) -> StyledLine {
    Array(paragraphs(inlines).joined(separator: [StyledRun(" ", base)]))
  }

  private func append(_ inlines: [Inline], style: Style, to lines: inout [StyledLine]) {
    for inline in inlines {
      switch inline {
      case .text(let text):
        lines[lines.count - 1].append(StyledRun(text, style))
      case .emphasis(let children):
        var emphasised = style
        emphasised.italic = true
        append(children, style: emphasised, to: &lines)
      case .strong(let children):
        var strong = style
        strong.bold = true
        append(children, style: strong, to: &lines)
      case .strikethrough(let children):
        append(children, style: .role(.muted), to: &lines)
      case .code(let text):
        var code = style
        code.foreground = .role(.code)
        lines[lines.count - 1].append(StyledRun(text, code))
      case .math(let tex):
        var math = style
        math.foreground = .role(.code)
        lines[lines.count - 1].append(StyledRun(UnicodeMath.render(tex), math))
      case .link(let destination, let children):
        var link = style
        link.foreground = .role(.link)
        link.underline = true
        append(children, style: link, to: &lines)
        if destination.hasPrefix("http") {
          lines[lines.count - 1].append(StyledRun(" <\(destination)>", .role(.muted)))
        }
      case .softBreak:
        lines[lines.count - 1].append(StyledRun(" ", style))
      case .lineBreak:
        lines.append([])
      }
    }
  }
}
