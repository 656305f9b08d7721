/// Two things that belong together.
package struct QuizPair: Sendable, Hashable {
  /// What stands fixed.
  package var left: [Inline]
  /// What is brought beside it.
  package var right: [Inline]
}

/// A text with blanks.
package struct ClozeText: Sendable, Hashable {
  /// A stretch of the text.
  package enum Piece: Sendable, Hashable {
    /// Running text.
    case text([Inline])
    /// A blank.
    case blank(ClozeBlank)
  }

  /// The paragraphs of the text, each as its pieces in order.
  package var paragraphs: [[Piece]]

  /// The blanks in order.
  package var blanks: [ClozeBlank] {
    paragraphs.joined().compactMap { if case .blank(let blank) = $0 { blank } else { nil } }
  }
}

/// A blank of a text, with what may stand in it.
package struct ClozeBlank: Sendable, Hashable {
  /// The accepted words, the model answer first; never empty.
  package var words: [String]

  /// Whether a typed text is one of the words.
  ///
  /// Case, blanks at the ends, the number of blanks inside and the width of Latin letters, as
  /// Chinese input methods have it, make no difference.
  package func accepts(_ text: String) -> Bool {
    let given = Self.folded(text)
    return words.contains { Self.folded($0) == given }
  }

  private static func folded(_ text: String) -> String {
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3000: narrow.append(" ")
      case 0xFF01...0xFF5E:
        narrow.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: narrow.append(scalar)
      }
    }
    return String(narrow).lowercased().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}

/// A quantity of the built-in network that an item asks for.
package struct MeasuredQuantity: Sendable, Hashable {
  /// The recipe under which it is measured.
  package var settings: [Setting]
  /// The quantity, as in a claim.
  package var quantity: String
  /// The largest accepted difference, in the quantity's own unit.
  package var tolerance: Double

  /// Whether a number is near enough to what was measured.
  package func accepts(_ value: Double, truth: Double) -> Bool {
    // Decimal texts are not exact in binary; a hair more than the tolerance is let pass.
    abs(value - truth) <= tolerance + 1e-9
  }
}
