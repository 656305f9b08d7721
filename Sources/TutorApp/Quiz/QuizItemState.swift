import Curriculum
import Lab
import Presentation
import Study
import TerminalCanvas

/// One quiz item while it is being answered, and after it was graded.
struct QuizItemState: Sendable {
  /// What became of an answer that was handed in.
  enum Outcome: Sendable, Hashable {
    /// It was graded.
    case graded
    /// It waits for the engine's measurement.
    case waiting
    /// There is nothing to grade yet.
    case incomplete
  }

  /// The item in the learner's language, with its numbers drawn.
  private(set) var item: QuizItem
  /// What choices are shuffled and numbers are drawn by.
  let seed: UInt64
  /// The order in which choices, lines or right sides are shown: positions in the item.
  private(set) var shown: [Int]
  /// The row with the cursor.
  var cursor = 0
  /// The rows that are taken.
  private(set) var taken: Set<Int> = []
  /// The texts being typed: one number, or a word for each blank.
  var fields: [TextFieldState]
  /// The field that takes the keys.
  private(set) var focus = 0
  /// What the engine measured, for an item that asks for it.
  private(set) var truth: Double?
  /// Whether the answer was handed in before the engine had measured.
  private(set) var isWaiting = false
  /// What was entered, once it was graded.
  private(set) var response: QuizItem.Response?
  /// How sure the learner was when the answer was handed in, if it was said.
  private(set) var confidence: Confidence?
  /// Whether the answer is shown although none was given.
  private(set) var isUnanswered = false
  /// When the item was first shown, in seconds since 1970.
  private(set) var startedAt: Double

  /// Makes the state of an item that was not answered yet.
  ///
  /// Choices and lines are shuffled and numbers are drawn by the seed, so that neither places nor
  /// numbers can be learnt by heart.
  init(item: QuizItem, seed: UInt64, startedAt: Double) {
    self.item = item.variant(seed: seed)
    self.seed = seed
    self.startedAt = startedAt
    fields = []
    var generator = SplitMix64(seed: seed)
    func unordered(_ count: Int) -> [Int] {
      let places = Array(0..<count)
      let shuffled = generator.shuffled(places)
      // A list that happens to be in order would give the answer away.
      return count > 1 && shuffled == places ? shuffled.reversed() : shuffled
    }
    switch item.answer {
    case .choice(let choices), .multiple(let choices):
      shown = generator.shuffled(Array(choices.indices))
    case .order(let lines):
      shown = unordered(lines.count)
    case .match(let pairs):
      shown = unordered(pairs.count)
    case .spot(_, let code, _):
      shown = Array(code.indices)
    case .numeric, .measured:
      shown = []
      fields = [TextFieldState()]
    case .cloze(let cloze):
      shown = []
      fields = cloze.blanks.map { _ in TextFieldState() }
    }
  }

  /// Brings back an answer that was graded before, or shows what would have been right.
  init(item: QuizItem, showing answered: AnsweredItem) {
    self.init(item: item, seed: answered.seed, startedAt: answered.at)
    confidence = answered.confidence
    for (index, text) in answered.entered.enumerated() where fields.indices.contains(index) {
      fields[index] = TextFieldState(text)
    }
    isUnanswered = answered.isSkip
    response = answered.response ?? Self.nothing(for: self.item, blanks: fields.count)
    if case .estimate(_, let truth) = response { self.truth = truth }
    if case .order(let order) = answered.response { shown = order }
    if case .match(let order) = answered.response { shown = order }
  }

  /// A response that is wrong for every item of its kind; nil where nothing can be shown.
  private static func nothing(for item: QuizItem, blanks: Int) -> QuizItem.Response? {
    switch item.answer {
    case .choice, .multiple: .choices([])
    case .numeric: .number(.infinity)
    case .order: .order([])
    case .spot: .line(0)
    case .match: .match([])
    case .cloze: .words(Array(repeating: "", count: blanks))
    case .measured: nil
    }
  }

  /// Takes the grading back; what was entered stays.
  mutating func reopen(at time: Double) {
    response = nil
    confidence = nil
    isWaiting = false
    startedAt = time
  }

  /// Shows the item in another language, with the same numbers.
  mutating func translate(to item: QuizItem) {
    self.item = item.variant(seed: seed)
  }

  /// Whether the item was graded.
  var isGraded: Bool { response != nil }

  /// Whether the response was right; nil before grading.
  var isRight: Bool? { response.map(item.isRight) }

  /// Whether something is typed rather than a row chosen.
  var isTyped: Bool { !fields.isEmpty }

  /// Whether words are typed into a text.
  var isCloze: Bool {
    if case .cloze = item.answer { true } else { false }
  }

  /// What the engine measures for the item, if anything.
  var measured: MeasuredQuantity? {
    if case .measured(let quantity) = item.answer { quantity } else { nil }
  }

  /// Whether rows are moved rather than chosen.
  var isMovable: Bool {
    switch item.answer {
    case .order, .match: true
    default: false
    }
  }

  /// Whether several rows may be taken.
  var isMultiple: Bool {
    if case .multiple = item.answer { true } else { false }
  }

  /// The field that takes the keys, while there is one.
  var field: TextFieldState {
    get { fields.indices.contains(focus) ? fields[focus] : TextFieldState() }
    set { if fields.indices.contains(focus) { fields[focus] = newValue } }
  }

  // MARK: Entering

  /// Takes or leaves the row with the cursor, where several may be taken.
  mutating func toggle() {
    guard isMultiple, !isGraded, shown.indices.contains(cursor) else { return }
    taken.formSymmetricDifference([cursor])
  }

  /// Moves the row with the cursor, where rows are put in order or beside others.
  mutating func move(by step: Int) {
    let target = cursor + step
    guard isMovable, !isGraded, shown.indices.contains(cursor), shown.indices.contains(target)
    else { return }
    shown.swapAt(cursor, target)
    cursor = target
  }

  /// Goes to another field, round and round.
  mutating func moveFocus(by step: Int) {
    guard !fields.isEmpty, !isGraded else { return }
    focus = ((focus + step) % fields.count + fields.count) % fields.count
  }

  /// Goes to a field.
  mutating func setFocus(_ index: Int) {
    if fields.indices.contains(index), !isGraded { focus = index }
  }

  /// What would be graded now, or nil while something is missing.
  var pendingResponse: QuizItem.Response? {
    switch item.answer {
    case .choice: return shown.indices.contains(cursor) ? .choices([shown[cursor]]) : nil
    case .multiple: return taken.isEmpty ? nil : .choices(Set(taken.map { shown[$0] }))
    case .numeric: return Self.number(from: field.text).map { .number($0) }
    case .order: return .order(shown)
    case .spot: return .line(cursor + 1)
    case .match: return .match(shown)
    case .cloze:
      let words = fields.map(\.text)
      return words.contains { $0.allSatisfy(\.isWhitespace) } ? nil : .words(words)
    case .measured(let quantity):
      guard let truth, let value = quantity.unit.value(from: field.text) else { return nil }
      return .estimate(value, truth: truth)
    }
  }

  /// Hands the answer in; one to a measured item waits until the truth is there.
  mutating func submit(_ confidence: Confidence? = nil) -> Outcome {
    guard response == nil else { return .incomplete }
    self.confidence = confidence
    if let quantity = measured, truth == nil {
      isWaiting = quantity.unit.value(from: field.text) != nil
      return isWaiting ? .waiting : .incomplete
    }
    guard let pendingResponse else {
      focusFirstEmptyField()
      return .incomplete
    }
    response = pendingResponse
    isWaiting = false
    return .graded
  }

  private mutating func focusFirstEmptyField() {
    if let empty = fields.firstIndex(where: { $0.text.allSatisfy(\.isWhitespace) }) {
      focus = empty
    }
  }

  /// Takes what the engine measured; an answer that waited for it is graded now.
  mutating func receive(truth: Double) -> Outcome {
    guard measured != nil, self.truth == nil else { return .incomplete }
    self.truth = truth
    return isWaiting ? submit(confidence) : .incomplete
  }

  /// Enters a line of text as the answer; false when it is none for this kind of item.
  ///
  /// Words for several blanks are parted by semicolons.
  mutating func enter(_ text: String) -> Bool {
    if isCloze {
      let words =
        fields.count == 1
        ? [text]
        : text.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == "；" }
          .map(String.init)
      guard words.count == fields.count else { return false }
      fields = words.map { TextFieldState($0) }
      return submit() == .graded
    }
    if isTyped {
      field = TextFieldState(text)
      return submit() == .graded
    }
    let numbers = text.split { $0 == " " || $0 == "," }.map { Int($0) ?? 0 }
    guard !numbers.isEmpty, numbers.allSatisfy({ shown.indices.contains($0 - 1) }) else {
      return false
    }
    if isMovable {
      guard Set(numbers).count == shown.count, numbers.count == shown.count else { return false }
      shown = numbers.map { shown[$0 - 1] }
    } else if isMultiple {
      taken = Set(numbers.map { $0 - 1 })
    } else {
      guard numbers.count == 1 else { return false }
      cursor = numbers[0] - 1
    }
    return submit() == .graded
  }

  // MARK: Numbers

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
    case .number(let value), .estimate(let value, _): String(value)
    case .order(let order), .match(let order):
      order.map { String($0 + 1) }.joined(separator: ",")
    case .line(let line): String(line)
    case .words(let words): words.joined(separator: "; ")
    case nil: ""
    }
  }
}
