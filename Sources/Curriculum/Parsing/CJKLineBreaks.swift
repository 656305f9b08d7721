/// Joins Chinese lines without a space.
///
/// A line end inside a paragraph stands for a space, which Chinese does not put between characters.
/// The break vanishes when both neighbours are Chinese characters or full-width marks, or when one
/// is a full-width mark, which brings its own space.
enum CJKLineBreaks {
  /// The inlines without the breaks that would show as a wrong space.
  static func joined(_ inlines: [Inline]) -> [Inline] {
    guard inlines.contains(where: isBreakOrNested) else { return inlines }
    var result: [Inline] = []
    for (index, inline) in inlines.enumerated() {
      switch inline {
      case .softBreak:
        let next = index + 1 < inlines.count ? edge(of: inlines[index + 1], atEnd: false) : nil
        let previous = index > 0 ? edge(of: inlines[index - 1], atEnd: true) : nil
        if !vanishes(between: previous, and: next) { result.append(.softBreak) }
      case .emphasis(let inner): result.append(.emphasis(joined(inner)))
      case .strong(let inner): result.append(.strong(joined(inner)))
      case .strikethrough(let inner): result.append(.strikethrough(joined(inner)))
      case .link(let destination, let inner):
        result.append(.link(destination: destination, joined(inner)))
      case .text(let text):
        if case .text(let before)? = result.last {
          result[result.count - 1] = .text(before + text)
        } else {
          result.append(inline)
        }
      default: result.append(inline)
      }
    }
    return result
  }

  private static func isBreakOrNested(_ inline: Inline) -> Bool {
    switch inline {
    case .softBreak, .emphasis, .strong, .strikethrough, .link: true
    default: false
    }
  }

  /// Whether a line end between two characters stands for nothing.
  static func vanishes(
    between previous: Unicode.Scalar?, and next: Unicode.Scalar?
  ) -> Bool {
    guard let previous, let next else { return false }
    if isFullWidthMark(previous) || isFullWidthMark(next) { return true }
    return (isIdeograph(previous) && isChinese(next)) || (isChinese(previous) && isIdeograph(next))
  }

  private static func edge(of inline: Inline, atEnd: Bool) -> Unicode.Scalar? {
    switch inline {
    case .text(let text): atEnd ? text.unicodeScalars.last : text.unicodeScalars.first
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(_, let inner):
      (atEnd ? inner.last : inner.first).flatMap { edge(of: $0, atEnd: atEnd) }
    case .code, .math, .softBreak, .lineBreak: nil
    }
  }

  /// Whether a character is a Chinese character or a kana, written without spaces.
  static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2FDF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Whether a character is Chinese or a mark that Chinese shares with Latin text.
  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    isIdeograph(scalar) || "“”‘’—…·".unicodeScalars.contains(scalar)
  }

  /// Whether a character is a full-width mark or form.
  static func isFullWidthMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3000...0x303F, 0xFF01...0xFF60: true
    default: false
    }
  }
}
