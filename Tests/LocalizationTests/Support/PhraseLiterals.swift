import Foundation
import Localization

/// The phrases that a Swift source writes in English alone.
///
/// A literal is read as the compiler reads it: pieces joined by `+`, literals of several lines, and
/// interpolations, each of which is a hole. Calls with anything but a literal have no row in a table
/// and are passed over.
struct PhraseLiterals {
  private var rest: Substring

  /// The keys of all phrases in a source text, in order.
  static func keys(in source: String) -> [PhraseKey] {
    var keys: [PhraseKey] = []
    // An example in a comment is no phrase of the interface.
    let code = source.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
    var remaining = code[...]
    while let call = remaining.range(of: "Phrase(") {
      let before = remaining[..<call.lowerBound].last
      remaining = remaining[call.upperBound...]
      guard before.map({ !$0.isLetter && $0 != "_" }) ?? true else { continue }
      var reader = PhraseLiterals(rest: remaining)
      if let key = reader.key() { keys.append(key) }
    }
    return keys
  }

  private mutating func key() -> PhraseKey? {
    guard let english = joinedLiterals() else { return nil }
    var context: String?
    if take(",") {
      guard take("context:"), let named = joinedLiterals() else { return nil }
      context = named
    }
    return take(")") ? PhraseKey(context: context, english: english) : nil
  }

  private mutating func joinedLiterals() -> String? {
    guard var text = literal() else { return nil }
    while take("+") {
      guard let more = literal() else { return nil }
      text += more
    }
    return text
  }

  private mutating func take(_ token: String) -> Bool {
    rest = rest.drop { $0.isWhitespace }
    guard rest.hasPrefix(token) else { return false }
    rest = rest.dropFirst(token.count)
    return true
  }

  private mutating func literal() -> String? {
    if take("\"\"\"") { return severalLines() }
    guard take("\"") else { return nil }
    return text(upTo: "\"")
  }

  /// A literal's text up to its closing quotation mark, which is taken too.
  private mutating func text(upTo end: Character) -> String? {
    var result = ""
    while let character = rest.popFirst() {
      if character == end { return result }
      guard character == "\\" else {
        result.append(character)
        continue
      }
      switch rest.popFirst() {
      case "(":
        skipInterpolation()
        result += "{}"
      case "n": result += "\n"
      case "t": result += "\t"
      case "u":
        guard rest.popFirst() == "{", let close = rest.firstIndex(of: "}"),
          let scalar = UInt32(rest[..<close], radix: 16).flatMap(Unicode.Scalar.init)
        else { return nil }
        result.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: close)...]
      case let escaped?: result.append(escaped)
      case nil: return nil
      }
    }
    return nil
  }

  /// Passes over an interpolation whose opening parenthesis was taken.
  private mutating func skipInterpolation() {
    var depth = 1
    while depth > 0, let character = rest.popFirst() {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "\"": _ = text(upTo: "\"")
      default: break
      }
    }
  }

  private mutating func severalLines() -> String? {
    guard let end = rest.range(of: "\"\"\"") else { return nil }
    var lines = rest[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst()
    rest = rest[end.upperBound...]
    guard let indent = lines.popLast()?.count else { return nil }
    var joined = ""
    for (number, line) in lines.enumerated() {
      let text = line.dropFirst(indent)
      if text.hasSuffix("\\") {
        joined += text.dropLast()
      } else {
        joined += text + (number == lines.count - 1 ? "" : "\\n")
      }
    }
    // What is left is read as one line, in which a quotation mark needs no backslash.
    var reader = PhraseLiterals(rest: (joined + "\u{0}")[...])
    return reader.text(upTo: "\u{0}")
  }
}
