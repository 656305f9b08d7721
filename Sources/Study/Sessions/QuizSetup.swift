import RandomNumbers

/// Which items a quiz asks, in which order and how, as the learner chose it.
///
/// The same setup, candidates, state and seed give the same order on every machine.
package struct QuizSetup: Sendable, Hashable, Codable {
  /// The kinds of session, in the order of the menu.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The items that are due, and new ones, within the limits of the day.
    case due
    /// All items of one chapter.
    case chapter
    /// All items of all chapters, with chapters taking turns.
    case mixed
    /// All items of one chapter, or of all, without touching the schedule.
    case cram
    /// Items of one chapter, or of all, drawn at random, to be answered against the clock and
    /// without feedback.
    case exam
    /// The items that are known worst.
    case weak
    /// The items that the learner flagged.
    case flagged
  }

  /// The kind of session.
  package var kind: Kind
  /// The chapter that items come from; nil for all.
  package var chapterID: String?
  /// The greatest number of items; nil for no limit.
  package var count: Int?
  /// The minutes for an exam.
  package var minutes: Int

  /// Makes a setup with the kind's usual numbers.
  package init(_ kind: Kind, chapterID: String? = nil) {
    self.kind = kind
    self.chapterID = chapterID
    minutes = 20
    switch kind {
    case .due, .chapter, .flagged: count = nil
    case .mixed, .weak: count = 12
    case .cram, .exam: count = 20
    }
  }

  /// How the session goes on after an answer; its kind enters the log under the same name.
  package var rules: QuizRules {
    kind == .exam
      ? .exam(seconds: Double(max(1, minutes)) * 60)
      : .practice(SessionKind(rawValue: kind.rawValue))
  }
}

// MARK: - Order

extension QuizSetup {
  /// Chooses and orders items.
  ///
  /// - `due`: what is due, failed items first, then new ones, chosen in the order of the lessons;
  ///   both within the limits of the day. Where there is more than is asked for, due items
  ///   before new ones, and of them the longest overdue.
  /// - `chapter`: unseen and failed items first, then due ones, then the rest.
  /// - `mixed`: failed and due items first, then unseen ones, then the rest.
  /// - `cram`, `exam` and `flagged`: all items in random order.
  /// - `weak`: items whose strength is below the desired retention, the weakest first.
  ///
  /// Errors made with certainty come before all others of their quiz, except in an exam. While an
  /// interview lies ahead, the items of today, a chapter or a mixture that were answered before are
  /// asked in the order of their predicted recall on its day, the lowest first, and in a mixture
  /// those below the desired retention count as due. Otherwise the order within each of these groups
  /// is random, and chapters take turns where possible. Siblings are kept apart.
  package func order(
    candidates: [QuizCandidate], state: StudyState, seed: UInt64
  ) -> [QuizCandidate] {
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

  /// The limit, whatever an edited file says.
  private var limit: Int? { count.map { max(0, $0) } }

  private func chosen(from candidates: [QuizCandidate], _ state: StudyState) -> [QuizCandidate] {
    var seen: Set<String> = []
    let distinct = candidates.filter { seen.insert($0.itemID).inserted }
    switch kind {
    case .chapter, .cram, .exam:
      return distinct.filter { chapterID == nil || $0.chapterID == chapterID }
    case .mixed:
      return distinct
    case .flagged:
      return distinct.filter { state.flagged.contains($0.itemID) }
    case .weak:
      return distinct.filter { candidate in
        if state.confidentErrors.contains(candidate.itemID) { return true }
        guard let record = state.cards[candidate.itemID] else { return false }
        return state.strength(of: record) < state.settings.desiredRetention
      }
    case .due:
      let today = TodaysItems(distinct, state)
      let due = today.due.prefix(limit ?? today.due.count)
      return Array((due + today.new).prefix(limit ?? today.due.count + today.new.count))
    }
  }

  private func rank(_ candidate: QuizCandidate, _ state: StudyState) -> Int {
    if kind == .exam { return 0 }
    if state.confidentErrors.contains(candidate.itemID) { return 0 }
    let record = state.cards[candidate.itemID]
    switch kind {
    case .cram, .exam, .flagged, .weak:
      return 1
    case .due:
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
    case .weak: strength = state.strength(of:)
    case .due, .chapter, .mixed:
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
