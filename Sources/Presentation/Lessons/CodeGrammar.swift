/// What must be known of a programming language to tell its tokens apart.
struct CodeGrammar: Sendable {
  /// The words of the language.
  var keywords: Set<String>
  /// What begins a comment that ends with the line.
  var lineComments: [[Character]] = []
  /// What begins and ends a comment over several lines.
  var blockComment: (open: [Character], close: [Character])?
  /// The characters that begin and end a text.
  var quotes: Set<Character> = ["\""]
  /// Longer quotes of texts over several lines.
  var longQuotes: [[Character]] = []
  /// Words that belong to the quote that follows directly.
  var stringPrefixes: Set<String> = []
  /// Whether a comment must begin a word, as in a shell.
  var commentsBeginWords = false

  /// Whether a backslash in such a text hides the next character.
  func escapes(in quote: Character) -> Bool {
    !(commentsBeginWords && quote == "'")
  }

  /// The grammar of a language by the name on a fence.
  static func named(_ name: String) -> CodeGrammar? {
    switch name {
    case "python", "py": python
    case "bash", "sh", "console": shell
    case "swift": swift
    case "c", "cpp": c
    case "json": json
    default: nil
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  private static let python = CodeGrammar(
    keywords: words(
      "False None True and as assert async await break class continue def del elif else except "
        + "finally for from global if import in is lambda match nonlocal not or pass raise return "
        + "try while with yield"),
    lineComments: [["#"]], quotes: ["\"", "'"],
    longQuotes: [Array("\"\"\""), Array("'''")],
    stringPrefixes: words("f r b u F R B U fr rf br rb"))

  private static let shell = CodeGrammar(
    keywords: words(
      "case do done elif else esac export fi for function if in local return set shift source "
        + "then unset until while"),
    lineComments: [["#"]], quotes: ["\"", "'"], commentsBeginWords: true)

  private static let swift = CodeGrammar(
    keywords: words(
      "actor any as async await break case catch class continue default defer do else enum "
        + "extension fallthrough false fileprivate final for func guard if import in init inout "
        + "internal is let mutating nil open operator package private protocol public repeat "
        + "rethrows return self Self some static struct subscript super switch throw throws true "
        + "try typealias var weak where while"),
    lineComments: [Array("//")], blockComment: (Array("/*"), Array("*/")),
    longQuotes: [Array("\"\"\"")])

  private static let c = CodeGrammar(
    keywords: words(
      "auto bool break case char const continue default do double else enum extern float for goto "
        + "if inline int int16_t int32_t int64_t int8_t long register restrict return short signed "
        + "size_t sizeof static struct switch typedef uint16_t uint32_t uint64_t uint8_t union "
        + "unsigned void volatile while"),
    lineComments: [Array("//")], blockComment: (Array("/*"), Array("*/")), quotes: ["\"", "'"])

  private static let json = CodeGrammar(keywords: words("true false null"))
}
