/// Numbers for combinations of foreground and background, handed out in the order of first use.
///
/// Number 0 is the terminal's own combination, which always exists.
nonisolated struct ColorPairs {
  private struct Combination: Hashable {
    var foreground: Int
    var background: Int
  }

  private var numbers: [Combination: Int] = [:]
  private let limit: Int

  /// Makes an empty table for a terminal that has `limit` pairs, number 0 included.
  init(limit: Int) {
    self.limit = limit
  }

  /// The number of a combination, and whether it has to be defined first.
  ///
  /// When the terminal has no pair left, the foreground alone is tried, since text that can be
  /// read matters more than what is behind it, and then number 0.
  mutating func number(foreground: Int, background: Int) -> (number: Int, isNew: Bool) {
    if foreground < 0 && background < 0 { return (0, false) }
    let combination = Combination(foreground: foreground, background: background)
    if let number = numbers[combination] { return (number, false) }
    if numbers.count + 1 < limit {
      let number = numbers.count + 1
      numbers[combination] = number
      return (number, true)
    }
    let plain = Combination(foreground: foreground, background: -1)
    return (numbers[plain] ?? 0, false)
  }
}
