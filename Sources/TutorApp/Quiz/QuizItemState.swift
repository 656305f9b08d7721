import Curriculum
import Study
import TerminalCanvas

/// One quiz item while it is being answered, and after it was graded.
struct QuizItemState: Sendable {
  /// The item in the learner's language.
  var item: QuizItem
  /// The order in which choices or lines are shown: positions in the item.
  private(set) var shown: [Int]
  /// The row with the cursor.
  var cursor = 0
  /// The rows that are taken.
  private(set) var taken: Set<Int> = []
  /// The number being typed.
  var field = TextFieldState()
  /// What was entered, once it was graded.
  private(set) var response: QuizItem.Response?
  /// When the item was first shown, in seconds since 1970.
  let startedAt: Double

  /// Makes the state of an item that was not answered yet.
  ///
  /// Choices and lines are shuffled by the seed, so that their places cannot be learnt by heart.
  init(item: QuizItem, seed: UInt64, startedAt: Double) {
    self.item = item
    self.startedAt = startedAt
    var generator = SplitMix64(seed: seed)
    switch item.answer {
    case .choice(let choices), .multiple(let choices):
      shown = generator.shuffled(Array(choices.indices))
    case .order(let lines):
      shown = generator.shuffled(Array(lines.indices))
      // A list that happens to be in order would give the answer away.
      if lines.count > 1, shown == Array(lines.indices) { shown.reverse() }
    case .spot(_, let code, _):
      shown = Array(code.indices)
    case .numeric:
      shown = []
    }
  }

  /// Whether the item was graded.
  var isGraded: Bool { response != nil }

  /// Whether the response was right; nil before grading.
  var isRight: Bool? { response.map(item.isRight) }

  /// Whether a number is typed rather than a row chosen.
  var isNumeric: Bool {
    if case .numeric = item.answer { true } else { false }
  }

  /// Whether rows are moved rather than chosen.
  var isOrder: Bool {
    if case .order = item.answer { true } else { false }
  }

  /// Whether several rows may be taken.
  var isMultiple: Bool {
    if case .multiple = item.answer { true } else { false }
  }

  /// Takes or leaves the row with the cursor, where several may be taken.
  mutating func toggle() {
    guard isMultiple, !isGraded, shown.indices.contains(cursor) else { return }
    taken.formSymmetricDifference([cursor])
  }

  /// Moves the row with the cursor, where rows are put in order.
  mutating func move(by step: Int) {
    let target = cursor + step
    guard isOrder, !isGraded, shown.indices.contains(cursor), shown.indices.contains(target) else {
      return
    }
    shown.swapAt(cursor, target)
    cursor = target
  }

  /// What would be graded now, or nil while nothing was entered.
  var pendingResponse: QuizItem.Response? {
    switch item.answer {
    case .choice: shown.indices.contains(cursor) ? .choices([shown[cursor]]) : nil
    case .multiple: taken.isEmpty ? nil : .choices(Set(taken.map { shown[$0] }))
    case .numeric: Self.number(from: field.text).map { .number($0) }
    case .order: .order(shown)
    case .spot: .line(cursor + 1)
    }
  }

  /// Grades what was entered; false while nothing was.
  mutating func grade() -> Bool {
    guard response == nil, let pendingResponse else { return false }
    response = pendingResponse
    return true
  }

  /// Enters a line of text as the answer; false when it is none for this kind of item.
  mutating func enter(_ text: String) -> Bool {
    if isNumeric {
      field = TextFieldState(text)
      return grade()
    }
    let numbers = text.split { $0 == " " || $0 == "," }.map { Int($0) ?? 0 }
    guard !numbers.isEmpty, numbers.allSatisfy({ shown.indices.contains($0 - 1) }) else {
      return false
    }
    if isOrder {
      guard Set(numbers).count == shown.count, numbers.count == shown.count else { return false }
      shown = numbers.map { shown[$0 - 1] }
    } else if isMultiple {
      taken = Set(numbers.map { $0 - 1 })
    } else {
      guard numbers.count == 1 else { return false }
      cursor = numbers[0] - 1
    }
    return grade()
  }

  /// A number as typed: thousands may be separated by commas, and `x/y` is a quotient.
  static func number(from text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace && $0 != "," && $0 != "%" }
    let parts = plain.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first.flatMap({ Double($0) }), first.isFinite else { return nil }
    if parts.count == 1 { return first }
    guard parts.count == 2, let second = Double(parts[1]), second.isFinite, second != 0 else {
      return nil
    }
    return first / second
  }

  /// The response as it is kept in the log.
  var responseText: String {
    switch response {
    case .choices(let taken): taken.sorted().map { String($0 + 1) }.joined(separator: ",")
    case .number(let value): String(value)
    case .order(let order): order.map { String($0 + 1) }.joined(separator: ",")
    case .line(let line): String(line)
    case nil: ""
    }
  }
}
