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
/// The same plan, candidates and state give the same order on every machine.
package struct QuizPlan: Sendable, Hashable {
  /// What a quiz is about.
  package enum Kind: Sendable, Hashable {
    /// The items that are due, and new ones, within the limits of the day.
    case dueToday
    /// All items of one chapter.
    case chapter(String)
    /// All items of all chapters, with chapters taking turns.
    case mixed
    /// All items of one chapter, or of all, without touching the schedule.
    case cram(chapter: String?)
    /// Items of one chapter, or of all, drawn at random, to be answered without feedback.
    case exam(chapter: String?)
    /// The items that are known worst.
    case weakSpots
    /// The items that the learner flagged.
    case flagged
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
    case .cram: .cram
    case .exam: .exam
    case .weakSpots: .weakSpots
    case .flagged: .flagged
    }
  }

  /// Chooses and orders items.
  ///
  /// - `dueToday`: what is due, failed items first, then new ones, chosen in the order of the lessons;
  ///   both within the limits of the day. Where there is more than the plan's limit, due items
  ///   before new ones, and of them the longest overdue.
  /// - `chapter`: unseen and failed items first, then due ones, then the rest.
  /// - `mixed`: failed and due items first, then unseen ones, then the rest.
  /// - `cram`, `exam` and `flagged`: all items in random order.
  /// - `weakSpots`: items whose strength is below the desired retention, the weakest first.
  ///
  /// Errors made with certainty come before all others of their quiz, except in an exam. While an
  /// interview lies ahead, the items of today, a chapter or a mixture that were answered before are
  /// asked in the order of their predicted recall on its day, the lowest first, and in a mixture
  /// those below the desired retention count as due. Otherwise the order within each of these groups
  /// is random, and chapters take turns where possible. Siblings are kept apart.
  package func order(candidates: [QuizCandidate], state: StudyState) -> [QuizCandidate] {
    var groups: [Int: [QuizCandidate]] = [:]
    for candidate in chosen(from: candidates, state) {
      groups[rank(candidate, state), default: []].append(candidate)
    }
    var generator = SplitMix64(seed: seed)
    var order: [QuizCandidate] = []
    for rank in groups.keys.sorted() {
      // Sorted first, so that the order does not depend on where the items stand in the lessons.
      let group = (groups[rank] ?? []).sorted { $0.itemID < $1.itemID }
      let shuffled = generator.shuffled(group)
      if let ranked = weakestFirst(shuffled, state) {
        order += SiblingOrder(after: order.last, ranked, chaptersTakeTurns: false).arranged()
      } else {
        order += SiblingOrder(after: order.last, shuffled).arranged()
      }
    }
    return Array(order.prefix(limit ?? order.count))
  }

  private func chosen(from candidates: [QuizCandidate], _ state: StudyState) -> [QuizCandidate] {
    var seen: Set<String> = []
    let distinct = candidates.filter { seen.insert($0.itemID).inserted }
    switch kind {
    case .chapter(let chapter), .cram(let chapter?), .exam(let chapter?):
      return distinct.filter { $0.chapterID == chapter }
    case .mixed, .cram(nil), .exam(nil):
      return distinct
    case .flagged:
      return distinct.filter { state.flagged.contains($0.itemID) }
    case .weakSpots:
      return distinct.filter { candidate in
        if state.confidentErrors.contains(candidate.itemID) { return true }
        guard let record = state.cards[candidate.itemID] else { return false }
        return state.strength(of: record) < state.settings.desiredRetention
      }
    case .dueToday:
      let today = TodaysItems(distinct, state)
      let due = today.due.prefix(limit ?? today.due.count)
      return Array((due + today.new).prefix(limit ?? today.due.count + today.new.count))
    }
  }

  private func rank(_ candidate: QuizCandidate, _ state: StudyState) -> Int {
    if case .exam = kind { return 0 }
    if state.confidentErrors.contains(candidate.itemID) { return 0 }
    let record = state.cards[candidate.itemID]
    switch kind {
    case .cram, .exam, .flagged, .weakSpots:
      return 1
    case .dueToday:
      guard let record else { return 3 }
      return record.wasRight ? 2 : 1
    case .chapter:
      guard let record, record.wasRight else { return 1 }
      return state.isDue(record) ? 2 : 3
    case .mixed:
      guard let record else { return 2 }
      return !record.wasRight || state.isDue(record) || isWeakForInterview(record, state) ? 1 : 3
    }
  }

  private func isWeakForInterview(_ record: CardRecord, _ state: StudyState) -> Bool {
    state.interviewAt != nil
      && state.predictedRecall(of: record) < state.settings.desiredRetention
  }

  /// Items in the order of their weakness; nil where the order is random.
  private func weakestFirst(
    _ items: [QuizCandidate], _ state: StudyState
  ) -> [QuizCandidate]? {
    let strength: (CardRecord) -> Double
    switch kind {
    case .weakSpots: strength = state.strength(of:)
    case .dueToday, .chapter, .mixed:
      guard state.interviewAt != nil else { return nil }
      strength = state.predictedRecall(of:)
    case .cram, .exam, .flagged: return nil
    }
    let ranked = items.enumerated().map { place, item in
      let record = state.cards[item.itemID]
      // Of equally weak ones that which was forgotten more often; unseen ones stay as shuffled.
      return (
        item: item, weakness: record.map(strength) ?? 1, lapses: -(record?.lapses ?? 0),
        stability: record?.card.stability ?? 0, place: place
      )
    }
    return ranked.sorted {
      ($0.weakness, $0.lapses, $0.stability, $0.place)
        < ($1.weakness, $1.lapses, $1.stability, $1.place)
    }.map(\.item)
  }
}
