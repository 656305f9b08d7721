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

  /// An accuracy such as `85`, `85.5 %` or `0.85`, as a share.
  package static func accuracy(of text: String) -> Double? {
    let trimmed = String(
      text.filter { !$0.isWhitespace && $0 != "%" }.map { $0 == "," ? "." : $0 })
    guard let number = Double(trimmed), number.isFinite, (0...100).contains(number) else {
      return nil
    }
    // "0.85" and "85" mean the same; an accuracy of 1 % or less is nobody's guess for ten classes.
    return number <= 1 ? number : number / 100
  }

  /// An estimate in its own unit.
  package static func estimate(_ text: String, in unit: AnswerKey.EstimateUnit) -> Double? {
    switch unit {
    case .plain: value(of: text)
    case .percent: value(of: text).map { $0 / 100 }
    case .accuracy: accuracy(of: text)
    }
  }
}
