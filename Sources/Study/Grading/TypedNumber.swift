/// Numbers as learners type them.
package enum TypedNumber {
  /// A number: thousands may be separated by commas, and `x/y` is a quotient.
  package static func value(of text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace && $0 != "," && $0 != "%" }
    let parts = plain.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first.flatMap({ Double($0) }), first.isFinite else { return nil }
    if parts.count == 1 { return first }
    guard parts.count == 2, let second = Double(parts[1]), second.isFinite, second != 0 else {
      return nil
    }
    return first / second
  }
}
