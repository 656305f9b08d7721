/// A `key: value` pair of a metadata comment or of a fence, with its places.
struct Field: Sendable, Hashable {
  /// The key.
  var key: String
  /// The value without blanks at its ends.
  var value: String
  /// Where the key stands.
  var keyLocation: SourceLocation
  /// Where the value stands.
  var valueLocation: SourceLocation
}

/// Pairs in the order they are written.
struct Fields: Sendable, Hashable {
  /// Where the comment or fence begins.
  var location: SourceLocation
  /// The pairs.
  var all: [Field] = []

  /// The first pair of a key.
  subscript(key: String) -> Field? {
    all.first { $0.key == key }
  }

  /// All pairs of a key that may be repeated.
  func all(_ key: String) -> [Field] {
    all.filter { $0.key == key }
  }
}

extension String {
  /// The text without blanks and line ends at its beginning and end.
  var trimmed: String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0.value <= 32 || $0.value == 0xA0 }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether the text is an id's part: small letters, digits and hyphens.
  var isIdentifierPart: Bool {
    !isEmpty
      && utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}

/// A number as lessons write it: decimal digits, a point, an exponent, no separators.
func decimalNumber(_ text: String) -> Double? {
  let isPlain = text.utf8.allSatisfy {
    (48...57).contains($0) || ".eE+-".utf8.contains($0)
  }
  guard isPlain, let value = Double(text), value.isFinite else { return nil }
  return value
}
