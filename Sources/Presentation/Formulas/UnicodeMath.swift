/// Shows simple TeX formulas as one line of Unicode.
///
/// The aim is a line that reads well in a terminal: `\frac{w}{s}` becomes `w/s` with parentheses
/// where they are needed, `x_i^2` becomes `xᵢ²`, and what Unicode cannot raise or lower becomes
/// `^(…)` and `_(…)`, without parentheses around a single character. Commands that are not known
/// are kept as their name. Any text gives a result; nothing is refused.
package enum UnicodeMath {
  /// Renders a formula.
  package static func render(_ tex: String) -> String {
    var reader = MathReader(tex)
    return MathPiece.joined(reader.pieces(isNested: false, depth: 0))
  }
}

/// A rendered part of a formula with the role that decides the spaces around it.
struct MathPiece {
  /// What a part is to its neighbours.
  enum Role {
    /// A letter, number or finished group.
    case ordinary
    /// A sign between two parts.
    case infix
    /// A sum or the like, with its limits.
    case large
    /// A function's name.
    case function
    /// An opening bracket.
    case opening
    /// A closing bracket.
    case closing
    /// A comma or semicolon.
    case punctuation
    /// A fraction on one line.
    case fraction
    /// An explicit space.
    case space
  }

  /// The text.
  var text: String
  /// The role.
  var role: Role

  /// Puts pieces on one line with spaces where a reader needs them.
  ///
  /// - Parameters:
  ///   - pieces: The pieces in order.
  ///   - isTight: Whether spaces around signs are left out, as in scripts.
  static func joined(_ pieces: [MathPiece], isTight: Bool = false) -> String {
    var result = ""
    for (index, piece) in pieces.enumerated() {
      let previous = index > 0 ? pieces[index - 1] : nil
      let next = index + 1 < pieces.count ? pieces[index + 1] : nil
      switch piece.role {
      case .space:
        appendSpace(to: &result)
      case .infix:
        let isUnary =
          previous == nil || previous?.role == .infix || previous?.role == .opening
          || previous?.role == .punctuation
        if isTight || (isUnary && ["−", "+", "±", "∓"].contains(piece.text)) {
          result += piece.text
        } else {
          appendSpace(to: &result)
          result += piece.text
          if next != nil { result += " " }
        }
      case .punctuation:
        while result.last == " " { result.removeLast() }
        result += piece.text
        if !isTight, next != nil { result += " " }
      case .closing:
        while result.last == " " { result.removeLast() }
        result += piece.text
      case .fraction:
        let touchesBefore =
          previous?.role == .ordinary || previous?.role == .closing || previous?.role == .function
        let touchesAfter =
          next?.role == .ordinary || next?.role == .opening || next?.role == .function
        let text = touchesBefore || touchesAfter ? "(\(piece.text))" : piece.text
        separate(&result, before: text, previous: previous)
        result += text
      case .large, .function:
        if previous?.role == .ordinary || previous?.role == .closing || previous?.role == .fraction
        {
          appendSpace(to: &result)
        }
        separate(&result, before: piece.text, previous: previous)
        result += piece.text
      case .ordinary, .opening:
        separate(&result, before: piece.text, previous: previous)
        result += piece.text
      }
    }
    while result.last == " " { result.removeLast() }
    return result
  }

  private static func appendSpace(to result: inout String) {
    if let last = result.last, last != " ", !"([{⌊⌈⟨".contains(last) { result += " " }
  }

  /// Puts a space where two pieces would otherwise run into one word.
  private static func separate(
    _ result: inout String, before text: String, previous: MathPiece?
  ) {
    guard let previous, let first = text.first, result.last != " " else { return }
    switch previous.role {
    case .large: appendSpace(to: &result)
    case .function where first.isLetter || first.isNumber || "∑∏√∞".contains(first):
      appendSpace(to: &result)
    case .ordinary where previous.text.count > 1 && previous.text.contains("_"):
      // A plain script must not run on: `s_w x` is not `s_wx`.
      if first.isLetter || first.isNumber { appendSpace(to: &result) }
    default: break
    }
  }

  /// A text in parentheses when it has a loose sign at its top level.
  static func grouped(_ text: String, signs: String) -> String {
    var depth = 0
    var isInsideBars = false
    for character in text {
      switch character {
      case "(", "[", "{", "⌊", "⌈", "⟨": depth += 1
      case ")", "]", "}", "⌋", "⌉", "⟩": depth -= 1
      case "|", "‖": isInsideBars.toggle()
      default:
        if depth <= 0, !isInsideBars, signs.contains(character) { return "(\(text))" }
      }
    }
    return text
  }
}
