/// Numbers in a recipe's text: plain decimal notation only, so that one value has one spelling.
enum RecipeNumber {
  /// The value of digits with at most one point, such as `0.9`; anything else is refused.
  static func decimal(_ text: some StringProtocol) -> Double? {
    guard !text.isEmpty, text.utf8.count <= 20,
      text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 })
    else { return nil }
    return Double(String(text))
  }

  /// The value of such digits if it lies in a range.
  static func decimal(_ text: some StringProtocol, in range: ClosedRange<Double>) -> Double? {
    decimal(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// The value of digits alone, such as `1024`.
  static func integer(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// The shortest text that gives the value back, without a needless `.0`.
  static func text(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int(value)) }
    let shortest = "\(value)"
    let parts = shortest.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]), exponent < 0 else { return shortest }
    // Shares below 1e-4 print with an exponent, which the reader of recipes refuses.
    var digits = parts[0].filter(\.isNumber)
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let zeros = String(repeating: "0", count: -exponent - 1)
    return (value < 0 ? "-0." : "0.") + zeros + digits
  }
}
