package import Localization

/// What is right for a quiz item, made from the lesson's item by whoever knows lessons.
package enum AnswerKey: Sendable, Hashable {
  /// Choices by position: the right ones among so many, of which several may be taken or only one.
  case choices(right: Set<Int>, count: Int, takesSeveral: Bool)
  /// A number, right within a tolerance.
  case number(Double, tolerance: Double)
  /// Lines to be put in order, each named by a number; equal lines have the same number.
  case order([Int])
  /// One line of a listing, from 1, among so many.
  case line(Int, count: Int)
  /// The right sides of pairs, each named by a number; equal sides have the same number.
  case match([Int])
  /// The accepted words of each blank.
  case blanks([[String]])
  /// A number that is measured when the item is asked, right within a tolerance.
  case estimate(unit: QuantityUnit, tolerance: Double)

  /// Whether a response is right; one of another kind of item is not.
  package func isRight(_ response: Response) -> Bool {
    switch (self, response) {
    case (.choices(let right, _, _), .choices(let taken)): taken == right
    case (.number(let value, let tolerance), .number(let given)): abs(given - value) <= tolerance
    case (.order(let names), .order(let given)), (.match(let names), .match(let given)):
      given.allSatisfy(names.indices.contains) && given.map { names[$0] } == names
    case (.line(let line, _), .line(let given)): given == line
    case (.blanks(let blanks), .words(let words)):
      words.count == blanks.count && words.indices.allSatisfy { accepts(words[$0], inBlank: $0) }
    case (.estimate(_, let tolerance), .estimate(let value, let truth)):
      // Decimal texts are not exact in binary; a hair more than the tolerance is let pass.
      abs(value - truth) <= tolerance + 1e-9
    default: false
    }
  }

  /// Whether a word may stand in a blank.
  ///
  /// Case, blanks at the ends, the number of blanks inside and the width of Latin letters, as
  /// Chinese input methods have it, make no difference.
  package func accepts(_ word: String, inBlank index: Int) -> Bool {
    guard case .blanks(let blanks) = self, blanks.indices.contains(index) else { return false }
    let given = Self.folded(word)
    return blanks[index].contains { Self.folded($0) == given }
  }

  private static func folded(_ text: String) -> String {
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3000: narrow.append(" ")
      case 0xFF01...0xFF5E: narrow.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: narrow.append(scalar)
      }
    }
    return String(narrow).lowercased().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// A response that is wrong for every item of its kind; nil where nothing can be shown.
  var emptyResponse: Response? {
    switch self {
    case .choices: .choices([])
    case .number: .number(.infinity)
    case .order: .order([])
    case .line: .line(0)
    case .match: .match([])
    case .blanks(let blanks): .words(blanks.map { _ in "" })
    case .estimate: nil
    }
  }
}
