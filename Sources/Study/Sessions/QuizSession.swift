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
  /// The items that were skipped and never answered.
  package var skipped: Int
  /// The number of items of the session that have no answer; in an exam they count as wrong.
  package var unanswered: Int
  /// The seconds of all answers.
  package var seconds: Double
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

  /// All answers, oldest first.
  package var answers: [QuizStep] { steps.filter { !$0.isSkip } }

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
}

// MARK: - Steps

extension QuizSession {
  /// Moves on past the current item, which the step answered or skipped.
  ///
  /// Where the rules bring skipped items back they do so once, after all others; an item that came
  /// back after a wrong answer and is skipped then stays wrong.
  package mutating func take(_ step: QuizStep) {
    guard let item = current else {
      preconditionFailure("A finished session has nothing to answer.")
    }
    precondition(step.itemID == item.itemID, "A step belongs to the current item.")
    var step = step
    step.isReturn = isReturn
    earlier.append(place)
    if place.asked < items.count {
      place.asked += 1
      if step.isSkip, rules.returnsSkipped { place.postponed.append(item) }
    } else if !place.postponed.isEmpty {
      place.postponed.removeFirst()
    } else if let index = returnIndex {
      place.returning.remove(at: index)
    }
    if !step.isSkip, !step.isRight, !step.isReturn, rules.returnsErrors {
      place.returning.append(Returning(item: item, wasCertain: step.isConfidentError))
    }
    steps.append(step)
  }

  /// Notes the row of the log that keeps the latest answer.
  package mutating func noteRecorded(_ id: ReviewID) {
    guard let last = steps.indices.last, !steps[last].isSkip else { return }
    steps[last].reviewID = id
  }

  /// Takes the last step back and returns it; its item is the current one again.
  ///
  /// The caller takes the row of the log back by the step's `reviewID`.
  @discardableResult
  package mutating func undo() -> QuizStep? {
    guard let step = steps.popLast(), let before = earlier.popLast() else { return nil }
    place = before
    return step
  }

  /// The next item to come back: errors made with certainty before others, and no sibling of the
  /// item that came last if it can be helped.
  private var returnIndex: Int? {
    let waiting = place.returning
    guard !waiting.isEmpty else { return nil }
    let last = steps.last.flatMap { step in items.first { $0.itemID == step.itemID } }?.family
    let hasCertain = waiting.contains(where: \.wasCertain)
    let first = waiting.indices.filter { waiting[$0].wasCertain == hasCertain }
    return first.first { waiting[$0].item.family != last } ?? first.first
  }
}

// MARK: - Summary

extension QuizSession {
  /// How the session went so far.
  package var summary: QuizSummary {
    let first = answers.filter { !$0.isReturn }
    let right = first.count(where: \.isRight)
    let skipped = Set(steps.filter(\.isSkip).map(\.itemID)).subtracting(first.map(\.itemID))
    return QuizSummary(
      answered: first.count, right: right, wrong: first.count - right,
      recovered: Set(answers.filter { $0.isReturn && $0.isRight }.map(\.itemID)).count,
      skipped: skipped.count, unanswered: items.count - first.count,
      seconds: answers.map(\.seconds).reduce(0, +))
  }
}
