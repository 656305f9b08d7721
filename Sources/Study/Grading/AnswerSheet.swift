import Localization
import RandomNumbers

/// What a learner enters for one quiz item, until it is graded and after that.
///
/// A sheet knows positions and typed texts only; what they stand for is the lesson's.
package struct AnswerSheet: Sendable, Hashable {
  /// What became of an answer that was handed in.
  package enum Outcome: Sendable, Hashable {
    /// It was graded.
    case graded
    /// It waits for a measurement.
    case waiting
    /// There is nothing to grade yet.
    case incomplete
  }

  /// What is right, in the language in which the item is shown.
  package var key: AnswerKey
  /// What choices are shuffled by.
  package let seed: UInt64
  /// The order in which choices, lines or right sides are shown: positions in the item.
  package private(set) var shown: [Int]
  /// The row with the cursor.
  package var cursor = 0
  /// The rows that are taken.
  package private(set) var taken: Set<Int> = []
  /// The texts being typed: one number, or a word for each blank.
  package var texts: [String]
  /// The text that takes the keys.
  package private(set) var focus = 0
  /// What was measured, for an item that asks for it.
  package private(set) var truth: Double?
  /// Whether the answer was handed in before the measurement was there.
  package private(set) var isWaiting = false
  /// What was entered, once it was graded.
  package private(set) var response: Response?
  /// How sure the learner was when the answer was handed in, if it was said.
  package var confidence: Confidence?
  /// Whether the answer is shown although none was given.
  package private(set) var isUnanswered = false
  /// When the item was first shown, in Unix seconds.
  package private(set) var startedAt: Double

  /// Makes the sheet of an item that was not answered yet.
  ///
  /// Choices and lines are shuffled by the seed, so that places cannot be learnt by heart.
  package init(key: AnswerKey, seed: UInt64, startedAt: Double) {
    self.key = key
    self.seed = seed
    self.startedAt = startedAt
    var generator = SplitMix64(seed: seed)
    texts = []
    shown = []
    switch key {
    case .choices(_, let count, _):
      shown = generator.shuffled(Array(0..<count))
    case .order(let names), .match(let names):
      shown = generator.shuffled(Array(names.indices))
      // A list that happens to be in order would give the answer away.
      if shown == Array(names.indices) { shown.reverse() }
    case .line(_, let count): shown = Array(0..<count)
    case .number, .estimate: texts = [""]
    case .blanks(let blanks): texts = blanks.map { _ in "" }
    }
  }

  /// Brings back an answer that was graded before, or shows what would have been right.
  package init(key: AnswerKey, showing step: QuizStep) {
    self.init(key: key, seed: step.seed, startedAt: step.at)
    confidence = step.confidence
    for (index, text) in step.entered.enumerated() where texts.indices.contains(index) {
      texts[index] = text
    }
    isUnanswered = step.isSkip
    response = step.response ?? key.emptyResponse
    switch step.response {
    case .estimate(_, let truth): self.truth = truth
    case .order(let order), .match(let order): shown = order
    default: break
    }
  }

  /// Whether the item was graded.
  package var isGraded: Bool { response != nil }

  /// Whether the response was right; nil before grading.
  package var isRight: Bool? { response.map(key.isRight) }

  /// Whether something is typed rather than a row chosen.
  package var isTyped: Bool { !texts.isEmpty }

  /// Whether words are typed into a text.
  package var isCloze: Bool {
    if case .blanks = key { true } else { false }
  }

  /// Whether rows are moved rather than chosen.
  package var isMovable: Bool {
    switch key {
    case .order, .match: true
    default: false
    }
  }

  /// Whether several rows may be taken.
  package var isMultiple: Bool {
    if case .choices(_, _, let takesSeveral) = key { takesSeveral } else { false }
  }

  /// Whether the item asks for a measurement that is not there yet.
  package var awaitsTruth: Bool {
    if case .estimate = key { truth == nil } else { false }
  }
}

// MARK: - Entering

extension AnswerSheet {
  /// Takes or leaves the row with the cursor, where several may be taken.
  package mutating func toggle() {
    guard isMultiple, !isGraded, shown.indices.contains(cursor) else { return }
    taken.formSymmetricDifference([cursor])
  }

  /// Moves the row with the cursor, where rows are put in order or beside others.
  package mutating func move(by step: Int) {
    let target = cursor + step
    guard isMovable, !isGraded, shown.indices.contains(cursor), shown.indices.contains(target)
    else { return }
    shown.swapAt(cursor, target)
    cursor = target
  }

  /// Goes to another text, round and round.
  package mutating func moveFocus(by step: Int) {
    guard !texts.isEmpty, !isGraded else { return }
    focus = ((focus + step) % texts.count + texts.count) % texts.count
  }

  /// Goes to a text.
  package mutating func setFocus(_ index: Int) {
    if texts.indices.contains(index), !isGraded { focus = index }
  }

  /// Enters a line of text as the answer; false when it is none for this kind of item.
  ///
  /// Words for several blanks are parted by semicolons.
  package mutating func enter(_ text: String) -> Bool {
    if isTyped {
      let parts =
        texts.count == 1
        ? [text]
        : text.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == "；" }
          .map(String.init)
      guard parts.count == texts.count else { return false }
      texts = parts
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
}

// MARK: - Grading

extension AnswerSheet {
  /// What would be graded now, or nil while something is missing.
  private var pendingResponse: Response? {
    switch key {
    case .choices(_, _, takesSeveral: true):
      return taken.isEmpty ? nil : .choices(Set(taken.map { shown[$0] }))
    case .choices: return shown.indices.contains(cursor) ? .choices([shown[cursor]]) : nil
    case .number: return TypedNumber.value(of: texts[0]).map { .number($0) }
    case .order: return .order(shown)
    case .line: return .line(cursor + 1)
    case .match: return .match(shown)
    case .blanks: return texts.contains(where: \.isBlank) ? nil : .words(texts)
    case .estimate(let unit, _):
      guard let truth, let value = unit.value(from: texts[0]) else { return nil }
      return .estimate(value, truth: truth)
    }
  }

  /// Hands the answer in; one to a measured item waits until the truth is there.
  package mutating func submit(_ confidence: Confidence? = nil) -> Outcome {
    guard response == nil else { return .incomplete }
    self.confidence = confidence
    if case .estimate(let unit, _) = key, truth == nil {
      isWaiting = unit.value(from: texts[0]) != nil
      return isWaiting ? .waiting : .incomplete
    }
    guard let pendingResponse else {
      focus = texts.firstIndex(where: \.isBlank) ?? focus
      return .incomplete
    }
    response = pendingResponse
    isWaiting = false
    return .graded
  }

  /// Takes what was measured; an answer that waited for it is graded now.
  package mutating func receive(truth: Double) -> Outcome {
    guard awaitsTruth else { return .incomplete }
    self.truth = truth
    return isWaiting ? submit(confidence) : .incomplete
  }

  /// Takes the grading back; what was entered stays.
  package mutating func reopen(at time: Double) {
    response = nil
    confidence = nil
    isWaiting = false
    startedAt = time
  }
}

extension String {
  /// Whether nothing can be read in the text.
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
