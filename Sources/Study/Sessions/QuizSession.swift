/// One graded answer of a session.
package struct QuizResult: Sendable, Hashable {
  /// The item.
  package var item: QuizCandidate
  /// Whether the answer was right.
  package var wasRight: Bool
  /// Whether the item had come back after a wrong answer in this session.
  package var isReturn: Bool
  /// The seconds the learner took.
  package var seconds: Double
  /// The entry of the store's log, which an undo voids.
  package var reviewID: Int64?

  // Where a returned item had been waiting, so that an undo can put it back.
  fileprivate var returnIndex: Int?
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
}

/// A quiz in progress, as a pure value.
///
/// Every item is asked once in order; those answered wrong come back once at the end. The last grade
/// can be taken back, again and again to the start.
package struct QuizSession: Sendable, Hashable {
  /// The items in the order of the first pass.
  package let items: [QuizCandidate]
  /// All answers, oldest first.
  package private(set) var results: [QuizResult] = []

  // The number of items asked in the first pass.
  private var asked = 0
  // Items that wait to come back.
  private var returning: [QuizCandidate] = []

  /// Starts a session over items in order.
  package init(items: [QuizCandidate]) {
    self.items = items
  }

  /// Starts the session that a plan makes.
  package init(
    plan: QuizPlan, candidates: [QuizCandidate], cards: [CardRecord], dueBy: Double
  ) {
    self.init(items: plan.order(candidates: candidates, cards: cards, dueBy: dueBy))
  }

  /// The item to be answered now; none when the session is over.
  package var current: QuizCandidate? {
    if asked < items.count { return items[asked] }
    return returnIndex.map { returning[$0] }
  }

  /// Whether the current item came back after a wrong answer.
  package var isReturn: Bool { asked == items.count && !returning.isEmpty }

  /// Whether nothing is left to answer.
  package var isFinished: Bool { current == nil }

  /// The number of answers still to give, if all of them are right.
  package var remaining: Int { items.count - asked + returning.count }

  /// Grades the current item and moves on.
  ///
  /// `reviewID` is the entry that the store made for the answer; `undo` hands it back.
  @discardableResult
  package mutating func grade(
    right: Bool, seconds: Double = 0, reviewID: Int64? = nil
  ) -> QuizResult {
    guard let item = current else {
      preconditionFailure("A finished session has nothing to grade.")
    }
    let index = asked == items.count ? returnIndex : nil
    let result = QuizResult(
      item: item, wasRight: right, isReturn: index != nil, seconds: seconds, reviewID: reviewID,
      returnIndex: index)
    if let index {
      returning.remove(at: index)
    } else {
      asked += 1
      if !right { returning.append(item) }
    }
    results.append(result)
    return result
  }

  /// Takes the last grade back and returns it; its item is the current one again.
  ///
  /// The caller voids the entry in the store by the result's `reviewID`.
  @discardableResult
  package mutating func undo() -> QuizResult? {
    guard let result = results.popLast() else { return nil }
    if let index = result.returnIndex {
      returning.insert(result.item, at: index)
    } else {
      asked -= 1
      if !result.wasRight { returning.removeLast() }
    }
    return result
  }

  /// How the session went so far.
  package var summary: QuizSummary {
    let first = results.filter { !$0.isReturn }
    let recovered = results.filter { $0.isReturn && $0.wasRight }.map(\.item)
    let wrong = first.filter { !$0.wasRight }.map(\.item)
    return QuizSummary(
      answered: first.count, right: first.count - wrong.count, wrong: wrong.count,
      recovered: recovered.count, seconds: results.map(\.seconds).reduce(0, +),
      open: wrong.filter { !recovered.contains($0) })
  }

  /// The first waiting item that is no sibling of the item answered last, or else the first.
  private var returnIndex: Int? {
    guard !returning.isEmpty else { return nil }
    let last = results.last?.item.family
    return returning.firstIndex { $0.family != last } ?? 0
  }
}
