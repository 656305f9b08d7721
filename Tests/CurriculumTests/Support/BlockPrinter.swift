import Curriculum
import Localization

/// Prints blocks as text, one line for each leaf, for snapshots.
enum BlockPrinter {
  /// The blocks as indented lines.
  static func print(_ blocks: [Block], indent: String = "") -> String {
    blocks.map { line($0, indent: indent) }.joined(separator: "\n")
  }

  private static func line(_ block: Block, indent: String) -> String {
    let deeper = indent + "  "
    return switch block {
    case .heading(let level, let text): "\(indent)heading \(level): \(print(text))"
    case .paragraph(let text): "\(indent)paragraph: \(print(text))"
    case .list(let start, let items):
      "\(indent)list\(start.map { " from \($0)" } ?? ""):\n"
        + items.map { "\(indent)- item:\n" + print($0, indent: deeper) }.joined(separator: "\n")
    case .code(let language, let text):
      "\(indent)code [\(language)]: \(text.replacing("\n", with: "⏎"))"
    case .quote(let inner): "\(indent)quote:\n" + print(inner, indent: deeper)
    case .table(let alignments, let header, let rows):
      "\(indent)table \(alignments):\n"
        + ([header] + rows).map { row in
          deeper + row.map { print($0) }.joined(separator: " | ")
        }.joined(separator: "\n")
    case .math(let formula): "\(indent)math: \(formula.replacing("\n", with: "⏎"))"
    case .claim(let claim): "\(indent)claim: \(claim.quantity) \(claim.bound)"
    case .rule: "\(indent)rule"
    }
  }

  /// The inlines with their kinds in brackets.
  static func print(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text
      case .emphasis(let inner): "{em \(print(inner))}"
      case .strong(let inner): "{strong \(print(inner))}"
      case .strikethrough(let inner): "{del \(print(inner))}"
      case .code(let text): "{code \(text)}"
      case .link(let destination, let inner): "{link \(destination) \(print(inner))}"
      case .math(let formula): "{math \(formula)}"
      case .softBreak: "{soft}"
      case .lineBreak: "{break}"
      }
    }.joined()
  }
}
