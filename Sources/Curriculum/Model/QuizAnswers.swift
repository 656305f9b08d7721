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
}

/// A quantity of the built-in network that an item asks for.
package struct MeasuredQuantity: Sendable, Hashable {
  /// The recipe under which it is measured.
  package var settings: [Setting]
  /// The quantity, as in a claim.
  package var quantity: String
  /// The largest accepted difference, in the quantity's own unit.
  package var tolerance: Double
}
