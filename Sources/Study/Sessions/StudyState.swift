/// Everything about a learner that decides what is asked, at one moment.
package struct StudyState: Sendable, Hashable {
  /// Where each answered item stands.
  package var cards: [String: CardRecord]
  /// The items whose latest answer, of whatever session, was wrong and given with certainty.
  package var confidentErrors: Set<String>
  /// The items with a flag.
  package var flagged: Set<String>
  /// What the learner chose.
  package var settings: StudySettings
  /// The scheduler that moves the cards.
  package var scheduler: FSRS
  /// The moment, in Unix seconds.
  package var now: Double
  /// The learner's day.
  package var day: StudyDay
  /// When the day of the interview starts, if one lies ahead.
  package var interviewAt: Double?
  /// The items that were answered for the first time today.
  package var newToday: Set<String>
  /// The items of earlier days that were answered today.
  package var repeatedToday: Set<String>

  /// Makes a state of cards alone, with everything else as it is before anything was chosen.
  package init(
    cards: [CardRecord], confidentErrors: Set<String>? = nil, flagged: Set<String> = [],
    settings: StudySettings = StudySettings(), scheduler: FSRS = FSRS(), now: Double,
    day: StudyDay, interviewAt: Double? = nil, newToday: Set<String> = [],
    repeatedToday: Set<String> = []
  ) {
    self.cards = Dictionary(cards.map { ($0.itemID, $0) }, uniquingKeysWith: { first, _ in first })
    self.confidentErrors =
      confidentErrors ?? Set(cards.filter(\.isConfidentError).map(\.itemID))
    self.flagged = flagged
    self.settings = settings
    self.scheduler = scheduler
    self.now = now
    self.day = day
    self.interviewAt = interviewAt.flatMap { $0 > now ? $0 : nil }
    self.newToday = newToday
    self.repeatedToday = repeatedToday
  }

  /// How many new items today's session may still bring.
  package var newLeft: Int { max(0, settings.newPerDay - newToday.count) }

  /// How many items today's session may still repeat.
  package var repeatsLeft: Int { max(0, settings.reviewsPerDay - repeatedToday.count) }
}

// MARK: - What is due

extension StudyState {
  /// When an item should be asked next, in Unix seconds.
  ///
  /// This is the scheduler's date, with two exceptions that leave the card itself alone:
  ///
  /// - While an interview lies ahead, an item that would come back only after it is asked once more
  ///   in the last three days before it, unless it was answered in those days already. Items are
  ///   spread over the days.
  /// - A card that was answered more than a day in the future comes from a clock that was wrong. Its
  ///   date means nothing, so it is due now.
  package func due(of record: CardRecord) -> Double {
    let card = record.card
    if card.lastReview > now + StudyState.secondsPerDay { return now }
    guard let interviewAt, card.due >= interviewAt else { return card.due }
    let lastRound = interviewAt - StudyState.lastRoundDays * StudyState.secondsPerDay
    guard card.lastReview < lastRound else { return card.due }
    let share = Double(StudyState.spread(record.itemID) % 1024) / 1024
    return lastRound + share * (StudyState.lastRoundDays - 1) * StudyState.secondsPerDay
  }

  /// Whether an item is to be asked today: a known one at any time of its day, one that is being
  /// learnt at its minute.
  package func isDue(_ record: CardRecord) -> Bool {
    let due = due(of: record)
    return record.card.state == .review ? due < day.end : due <= now
  }

  /// The probability from 0 to 1 that an item is recalled now.
  package func recall(of record: CardRecord) -> Double {
    scheduler.retrievability(of: record.card, at: now)
  }

  /// The probability that an item is recalled on the day of the interview, or now if none lies ahead.
  ///
  /// An item that was wrong last counts as forgotten.
  package func predictedRecall(of record: CardRecord) -> Double {
    record.wasRight ? scheduler.retrievability(of: record.card, at: interviewAt ?? now) : 0
  }

  /// How well an item is known, from 0, for the choice of weak spots.
  ///
  ///     strength = right · R / (1 + lapses)
  ///
  /// with `predictedRecall` as right · R, so that what keeps being forgotten stays weak although it
  /// was right today.
  package func strength(of record: CardRecord) -> Double {
    predictedRecall(of: record) / Double(1 + record.lapses)
  }

  private static let secondsPerDay = 86_400.0
  // The days before an interview in which every item is seen once more.
  private static let lastRoundDays = 3.0

  /// A number that spreads items evenly, the same on every machine (FNV-1a).
  private static func spread(_ itemID: String) -> UInt64 {
    let hash = itemID.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return hash >> 32
  }
}

// MARK: - What waits

/// What today's session holds and what it leaves for other days.
package struct WaitingItems: Sendable, Hashable {
  /// The items to be repeated in today's session.
  package var due: Int
  /// The new items in today's session.
  package var new: Int
  /// The due items that wait because the day's limit is reached.
  package var dueHeldBack: Int
  /// The items that were never answered and are not in today's session.
  package var newHeldBack: Int
  /// When the next item that is not in today's session falls due, in Unix seconds.
  package var nextDue: Double?

  /// Whether today's session holds nothing.
  package var isEmpty: Bool { due + new == 0 }
}

extension StudyState {
  /// What today's session holds, of items that lessons have now.
  package func waiting(_ candidates: [QuizCandidate]) -> WaitingItems {
    let today = TodaysItems(candidates, self)
    let records = today.distinct.compactMap { cards[$0.itemID] }
    let chosen = Set((today.due + today.new).map(\.itemID))
    let due = records.count(where: isDue)
    let dueChosen = today.due.count { cards[$0.itemID].map(isDue) ?? false }
    return WaitingItems(
      due: today.due.count, new: today.new.count, dueHeldBack: due - dueChosen,
      newHeldBack: today.distinct.count - records.count - today.new.count,
      nextDue: records.filter { !chosen.contains($0.itemID) && !isDue($0) }.map(due(of:)).min())
  }
}

/// The items of today's session before they are put in order.
struct TodaysItems {
  /// All items that lessons have, each once.
  var distinct: [QuizCandidate]
  /// The items to be repeated, the most urgent first.
  var due: [QuizCandidate] = []
  /// The new items, as the lessons list them.
  var new: [QuizCandidate] = []

  /// Chooses the items within the limits of the day.
  ///
  /// Errors made with certainty come on top of what is due and do not count. Of the due items the
  /// most urgent are taken: those that will be recalled least on the day of an interview, or else
  /// the longest overdue. Items that were answered today already do not count against the limit
  /// again. A new item waits for another day when a sibling is asked or was answered today, for the
  /// one would give the other away.
  init(_ candidates: [QuizCandidate], _ state: StudyState) {
    var known: Set<String> = []
    distinct = candidates.filter { known.insert($0.itemID).inserted }
    let today = state.newToday.union(state.repeatedToday)
    var left = state.repeatsLeft
    for candidate in TodaysItems.byUrgency(distinct, state) {
      if state.confidentErrors.contains(candidate.itemID) || today.contains(candidate.itemID) {
        due.append(candidate)
      } else if left > 0 {
        left -= 1
        due.append(candidate)
      }
    }
    var families = Set(due.map(\.family))
    families.formUnion(distinct.filter { today.contains($0.itemID) }.map(\.family))
    var newLeft = state.newLeft
    for candidate in distinct
    where newLeft > 0 && state.cards[candidate.itemID] == nil
      && !state.confidentErrors.contains(candidate.itemID)
      && families.insert(candidate.family).inserted
    {
      newLeft -= 1
      new.append(candidate)
    }
  }

  private static func byUrgency(
    _ candidates: [QuizCandidate], _ state: StudyState
  ) -> [QuizCandidate] {
    let due = candidates.compactMap { candidate -> (item: QuizCandidate, urgency: Double)? in
      let isError = state.confidentErrors.contains(candidate.itemID)
      guard let record = state.cards[candidate.itemID] else {
        return isError ? (candidate, -.infinity) : nil
      }
      guard isError || state.isDue(record) else { return nil }
      let urgency =
        state.interviewAt == nil ? state.due(of: record) : state.predictedRecall(of: record)
      return (candidate, isError ? -.infinity : urgency)
    }
    return due.sorted { ($0.urgency, $0.item.itemID) < ($1.urgency, $1.item.itemID) }.map(\.item)
  }
}
