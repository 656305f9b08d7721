/// One graded answer of a session.
package struct QuizResult: Sendable, Hashable {
  /// The item.
  package var item: QuizCandidate
  /// Whether the answer was right.
  package var wasRight: Bool
  /// How sure the learner was, if asked.
  package var confidence: Confidence?
  /// Whether the item had come back after a wrong answer in this session.
  package var isReturn: Bool
  /// The seconds the learner took.
  package var seconds: Double
  /// The entry of the store's log, which an undo voids.
  package var reviewID: Int64?

  /// Whether the learner was certain of a wrong answer.
  package var isConfidentError: Bool { !wasRight && confidence == .high }
}

/// One thing that happened in a session.
package enum QuizStep: Sendable, Hashable {
  /// An item was graded.
  case graded(QuizResult)
  /// An item was skipped.
  case skipped(QuizCandidate)

  /// The graded answer, if it was one.
  package var result: QuizResult? {
    if case .graded(let result) = self { result } else { nil }
  }

  /// The item.
  package var item: QuizCandidate {
    switch self {
    case .graded(let result): result.item
    case .skipped(let item): item
    }
  }

  /// The entry of the store's log, which an undo voids.
  package var reviewID: Int64? { result?.reviewID }
}

/// How a session went.
package struct QuizSummary: Sendable, Hashable {
  /// The number of items answered.
  package var answered: Int
  /// The items whose first answer was right.
  package var right: Int
  /// The items whose first answer was wrong.
  package var wrong: Int
  /// The items whose first answer was wrong and whose second was right.
  package var recovered: Int
  /// The seconds of all answers.
  package var seconds: Double
  /// The items whose latest answer is wrong, in the order they were asked.
  package var open: [QuizCandidate]
  /// The items whose first answer was wrong and given with certainty.
  package var confidentErrors: [QuizCandidate]
  /// The items that were skipped and never answered.
  package var skipped: [QuizCandidate]
  /// The number of items of the session that have no answer; in an exam they count as wrong.
  package var unanswered: Int
}

/// A quiz in progress, as a pure value.
///
/// Every item is asked once in order. Those answered wrong come back once at the end where the rules
/// say so, those answered wrong with certainty first. The last step, a grade or a skip, can be taken
/// back, again and again to the start.
package struct QuizSession: Sendable, Hashable {
  /// The items in the order of the first pass.
  package let items: [QuizCandidate]
  /// How the session goes on after an answer.
  package let rules: QuizRules
  /// All grades and skips, oldest first.
  package private(set) var steps: [QuizStep] = []

  private var place = Place()
  // Where the session stood before each step, so that an undo can go back there.
  private var earlier: [Place] = []

  /// How far a session has come.
  private struct Place: Sendable, Hashable {
    // The number of items asked in the first pass.
    var asked = 0
    // Skipped items that come back.
    var postponed: [QuizCandidate] = []
    // Items that wait to come back after a wrong answer.
    var returning: [Returning] = []
  }

  private struct Returning: Sendable, Hashable {
    var item: QuizCandidate
    var wasCertain: Bool
  }

  /// Starts a session over items in order.
  package init(items: [QuizCandidate], rules: QuizRules = .practice(.mixed)) {
    self.items = items
    self.rules = rules
  }

  /// Starts the session that a plan makes; `examSeconds` is the time for an exam.
  package init(
    plan: QuizPlan, candidates: [QuizCandidate], state: StudyState, examSeconds: Double? = nil
  ) {
    var rules = QuizRules.practice(plan.sessionKind)
    if case .exam = plan.kind { rules = .exam(seconds: examSeconds) }
    self.init(items: plan.order(candidates: candidates, state: state), rules: rules)
  }

  /// All answers, oldest first.
  package var results: [QuizResult] { steps.compactMap(\.result) }

  /// The item to be answered now; none when the session is over.
  package var current: QuizCandidate? {
    if place.asked < items.count { return items[place.asked] }
    return place.postponed.first ?? returnIndex.map { place.returning[$0].item }
  }

  /// Whether the current item came back after a wrong answer.
  package var isReturn: Bool {
    place.asked == items.count && place.postponed.isEmpty && !place.returning.isEmpty
  }

  /// Whether nothing is left to answer.
  package var isFinished: Bool { current == nil }

  /// The number of answers still to give, if all of them are right.
  package var remaining: Int {
    items.count - place.asked + place.postponed.count + place.returning.count
  }

  /// Whether there is a step to take back.
  package var canUndo: Bool { !steps.isEmpty }
}

// MARK: - Steps

extension QuizSession {
  /// Grades the current item and moves on.
  ///
  /// `reviewID` is the entry that the store made for the answer; `undo` hands it back.
  @discardableResult
  package mutating func grade(
    right: Bool, confidence: Confidence? = nil, seconds: Double = 0, reviewID: Int64? = nil
  ) -> QuizResult {
    let isReturn = isReturn
    let item = takeCurrent()
    let result = QuizResult(
      item: item, wasRight: right, confidence: confidence, isReturn: isReturn, seconds: seconds,
      reviewID: reviewID)
    if !right, !isReturn, rules.returnsErrors {
      place.returning.append(Returning(item: item, wasCertain: result.isConfidentError))
    }
    steps.append(.graded(result))
    return result
  }

  /// Passes over the current item without an answer.
  ///
  /// Where the rules bring skipped items back they do so once, after all others; an item that came
  /// back after a wrong answer and is skipped then stays wrong.
  package mutating func skip() {
    let isFirstPass = place.asked < items.count
    let item = takeCurrent()
    if isFirstPass, rules.returnsSkipped { place.postponed.append(item) }
    steps.append(.skipped(item))
  }

  /// Takes the last step back and returns it; its item is the current one again.
  ///
  /// The caller voids the entry in the store by the step's `reviewID`.
  @discardableResult
  package mutating func undo() -> QuizStep? {
    guard let step = steps.popLast(), let before = earlier.popLast() else { return nil }
    place = before
    return step
  }

  /// Moves past the current item, which it returns.
  private mutating func takeCurrent() -> QuizCandidate {
    guard let item = current else {
      preconditionFailure("A finished session has nothing to answer.")
    }
    earlier.append(place)
    if place.asked < items.count {
      place.asked += 1
    } else if !place.postponed.isEmpty {
      place.postponed.removeFirst()
    } else if let index = returnIndex {
      place.returning.remove(at: index)
    }
    return item
  }

  /// The next item to come back: errors made with certainty before others, and no sibling of the
  /// item that came last if it can be helped.
  private var returnIndex: Int? {
    let waiting = place.returning
    guard !waiting.isEmpty else { return nil }
    let last = steps.last?.item.family
    let hasCertain = waiting.contains(where: \.wasCertain)
    let first = waiting.indices.filter { waiting[$0].wasCertain == hasCertain }
    return first.first { waiting[$0].item.family != last } ?? first.first
  }
}

// MARK: - Summary

extension QuizSession {
  /// How the session went so far.
  package var summary: QuizSummary {
    let results = results
    let first = results.filter { !$0.isReturn }
    let recovered = Set(results.filter { $0.isReturn && $0.wasRight }.map(\.item))
    let wrong = first.filter { !$0.wasRight }
    let answered = Set(first.map(\.item))
    var skipped: [QuizCandidate] = []
    for case .skipped(let item) in steps
    where !answered.contains(item) && !skipped.contains(item) {
      skipped.append(item)
    }
    return QuizSummary(
      answered: first.count, right: first.count - wrong.count, wrong: wrong.count,
      recovered: recovered.count, seconds: results.map(\.seconds).reduce(0, +),
      open: wrong.map(\.item).filter { !recovered.contains($0) },
      confidentErrors: wrong.filter(\.isConfidentError).map(\.item), skipped: skipped,
      unanswered: items.count - first.count)
  }
}
