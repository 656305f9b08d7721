import Curriculum
import Foundation
import Presentation

/// Blocks of a lesson as HTML for a flash card.
///
/// Formulas stay in TeX's notation between `\(` and `\)`, or `\[` and `\]`, which Anki sets by MathJax.
/// The result is one line without tabs, so that it fits into a column of a text file.
enum CardHTML {
  /// Several blocks.
  static func text(_ blocks: [Block]) -> String {
    blocks.map(text).joined()
  }

  /// A piece of running text.
  static func text(_ inlines: [Inline]) -> String {
    inlines.map(text).joined()
  }

  /// A list of items, numbered from 1 or with bullets.
  static func list(_ items: [String], isNumbered: Bool = false) -> String {
    let tag = isNumbered ? "ol" : "ul"
    return "<\(tag)>" + items.map { "<li>\($0)</li>" }.joined() + "</\(tag)>"
  }

  /// Lines of code.
  static func code(_ text: String) -> String {
    "<pre><code>\(escaped(text))</code></pre>"
  }

  /// Plain text with everything that HTML or the columns of the file give a meaning replaced.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "<br>"
      case "\t": result += "    "
      case _ where scalar.properties.generalCategory == .control: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    // Inside <pre> spaces keep their number; elsewhere lessons have no runs of them.
    return result
  }

  private static func text(_ block: Block) -> String {
    switch block {
    case .heading(_, let inlines): "<p><b>\(text(inlines))</b></p>"
    case .paragraph(let inlines): "<p>\(text(inlines))</p>"
    case .list(let start, let items):
      list(items.map(tight), isNumbered: start != nil)
    case .code(_, let text): code(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    case .quote(let inner): "<blockquote>\(text(inner))</blockquote>"
    case .table(_, let header, let rows):
      "<table><tr>" + header.map { "<th>\(text($0))</th>" }.joined() + "</tr>"
        + rows.map { row in
          "<tr>" + row.map { "<td>\(text($0))</td>" }.joined() + "</tr>"
        }.joined() + "</table>"
    case .math(let formula): "<p>\\[\(math(formula))\\]</p>"
    case .claim(let claim):
      "<p><code>"
        + escaped(claim.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
        + "</code>: \(escaped(claim.statement))</p>"
    case .rule: "<hr>"
    }
  }

  /// An item of a list: one paragraph stands without a paragraph's margins.
  private static func tight(_ blocks: [Block]) -> String {
    if blocks.count == 1, case .paragraph(let inlines) = blocks[0] { return text(inlines) }
    return text(blocks)
  }

  private static func text(_ inline: Inline) -> String {
    switch inline {
    case .text(let text): escaped(text)
    case .emphasis(let inner): "<i>\(text(inner))</i>"
    case .strong(let inner): "<b>\(text(inner))</b>"
    case .strikethrough(let inner): "<s>\(text(inner))</s>"
    case .code(let text): "<code>\(escaped(text))</code>"
    // A link inside the lessons leads nowhere on a card.
    case .link(let destination, let inner):
      destination.hasPrefix("https://")
        ? "<a href=\"\(escaped(destination))\">\(text(inner))</a>" : text(inner)
    case .math(let formula): "\\(\(math(formula))\\)"
    case .softBreak: " "
    case .lineBreak: "<br>"
    }
  }

  /// A formula on one line.
  private static func math(_ formula: String) -> String {
    escaped(formula.split(whereSeparator: \.isNewline).joined(separator: " "))
  }
}
