/// Commas between the thousands of whole numbers.
enum DigitGroups {
  /// A text of four or more digits with commas; any other text as it is.
  static func grouped(_ text: String) -> String {
    guard text.utf8.count > 3, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return text }
    var rest = text[...]
    var groups: [Substring] = []
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + groups).joined(separator: ",")
  }
}
