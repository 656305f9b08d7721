/// One item that a quiz may ask.
package struct QuizCandidate: Sendable, Hashable {
  /// The item.
  package var itemID: String
  /// The chapter it belongs to.
  package var chapterID: String
  /// The question it belongs to; items of one question are siblings and give each other away.
  package var questionID: String?

  /// Makes a candidate.
  package init(itemID: String, chapterID: String, questionID: String? = nil) {
    self.itemID = itemID
    self.chapterID = chapterID
    self.questionID = questionID
  }

  /// Equal for siblings, and unlike all others for an item without a question.
  var family: String {
    questionID.map { "question \($0)" } ?? "item \(itemID)"
  }
}

/// Which items a quiz asks, and in which order.
///
/// The same plan, candidates and cards give the same order on every machine.
package struct QuizPlan: Sendable, Hashable {
  /// What a quiz is about.
  package enum Kind: Sendable, Hashable {
    /// The items that are due.
    case dueToday
    /// All items of one chapter.
    case chapter(String)
    /// All items of all chapters, with chapters taking turns.
    case mixed
  }

  /// What the quiz is about.
  package var kind: Kind
  /// The seed of the order.
  package var seed: UInt64
  /// The greatest number of items, if there is one.
  package var limit: Int?

  /// Makes a plan.
  package init(kind: Kind, seed: UInt64, limit: Int? = nil) {
    precondition(limit ?? 0 >= 0, "A quiz cannot have a negative number of items.")
    self.kind = kind
    self.seed = seed
    self.limit = limit
  }

  /// The kind under which answers enter the log.
  package var sessionKind: SessionKind {
    switch kind {
    case .dueToday: .dueToday
    case .chapter: .chapter
    case .mixed: .mixed
    }
  }

  /// Chooses and orders items.
  ///
  /// - `dueToday`: items due by `dueBy`, failed ones first; where there are more than the limit, the
  ///   longest overdue.
  /// - `chapter`: unseen and failed items first, then due ones, then the rest.
  /// - `mixed`: failed and due items first, then unseen ones, then the rest.
  ///
  /// Errors made with high confidence come before all others of their quiz. Within each of these
  /// groups the order is random, siblings are kept apart and chapters take turns where possible.
  /// `dueBy` in Unix seconds is now, or the end of the learner's day.
  package func order(
    candidates: [QuizCandidate], cards: [CardRecord], dueBy: Double
  ) -> [QuizCandidate] {
    let records = Dictionary(cards.map { ($0.itemID, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [Int: [QuizCandidate]] = [:]
    for candidate in chosen(from: candidates, records: records, dueBy: dueBy) {
      let standing = Standing(records[candidate.itemID], dueBy: dueBy)
      groups[rank(standing), default: []].append(candidate)
    }
    var generator = SplitMix64(seed: seed)
    var order: [QuizCandidate] = []
    for rank in groups.keys.sorted() {
      let shuffled = generator.shuffled(groups[rank] ?? [])
      order += SiblingOrder(after: order.last, shuffled).arranged()
    }
    return Array(order.prefix(limit ?? order.count))
  }

  private func chosen(
    from candidates: [QuizCandidate], records: [String: CardRecord], dueBy: Double
  ) -> [QuizCandidate] {
    var seen: Set<String> = []
    // Sorted, so that the order does not depend on where the items stand in the lessons.
    let distinct = candidates.filter { seen.insert($0.itemID).inserted }
      .sorted { $0.itemID < $1.itemID }
    switch kind {
    case .chapter(let chapter):
      return distinct.filter { $0.chapterID == chapter }
    case .mixed:
      return distinct
    case .dueToday:
      let due = distinct.compactMap { candidate in
        records[candidate.itemID].map { (candidate, due: $0.card.due) }
      }.filter { $0.due <= dueBy }.sorted { ($0.due, $0.0.itemID) < ($1.due, $1.0.itemID) }
      return due.prefix(limit ?? due.count).map(\.0)
    }
  }

  private func rank(_ standing: Standing) -> Int {
    switch (standing, kind) {
    case (.confidentError, _): 0
    case (.failed, _): 1
    case (.unseen, .chapter): 1
    case (.unseen, _): 2
    case (.due, .mixed): 1
    case (.due, _): 2
    case (.known, _): 3
    }
  }
}

/// Where an item stands for the purpose of ordering.
private enum Standing {
  case confidentError
  case failed
  case unseen
  case due
  case known

  init(_ record: CardRecord?, dueBy: Double) {
    guard let record else {
      self = .unseen
      return
    }
    if record.isConfidentError {
      self = .confidentError
    } else if !record.wasRight {
      self = .failed
    } else {
      self = record.card.due <= dueBy ? .due : .known
    }
  }
}
