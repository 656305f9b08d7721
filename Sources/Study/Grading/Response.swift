/// What a learner entered for a quiz item.
package enum Response: Sendable, Hashable, Codable {
  /// The positions of the taken choices.
  case choices(Set<Int>)
  /// The number typed.
  case number(Double)
  /// The positions of the lines, in the order given by the learner.
  case order([Int])
  /// The line pointed at, from 1.
  case line(Int)
  /// For each left side of a pair, the position of the pair whose right side was put beside it.
  case match([Int])
  /// The words typed into the blanks, in order.
  case words([String])
  /// A number typed, with what was measured, both in the quantity's own unit.
  case estimate(Double, truth: Double)

  /// The response as the log keeps it; positions count from 1 there.
  package var text: String {
    switch self {
    case .choices(let taken): taken.sorted().map { String($0 + 1) }.joined(separator: ",")
    case .number(let value), .estimate(let value, _): String(value)
    case .order(let order), .match(let order):
      order.map { String($0 + 1) }.joined(separator: ",")
    case .line(let line): String(line)
    case .words(let words): words.joined(separator: "; ")
    }
  }
}
