/// Rearranges shuffled items so that siblings are not neighbours, and chapters take turns.
///
/// Takes at every place the first item that leaves an order without neighbouring siblings possible;
/// among those, one that does the same for chapters. Where siblings outnumber all other items, as few
/// as possible become neighbours.
struct SiblingOrder {
  private var rest: [QuizCandidate]
  private var last: QuizCandidate?
  private var families = Counts()
  private var chapters = Counts()

  /// Makes an arrangement of items that follow a given one.
  init(after last: QuizCandidate?, _ shuffled: [QuizCandidate]) {
    self.last = last
    rest = shuffled
    for item in shuffled {
      families.add(item.family)
      chapters.add(item.chapterID)
    }
  }

  /// All items in their new order.
  func arranged() -> [QuizCandidate] {
    var copy = self
    var order: [QuizCandidate] = []
    while let next = copy.takeNext() { order.append(next) }
    return order
  }

  private mutating func takeNext() -> QuizCandidate? {
    guard !rest.isEmpty else { return nil }
    let safe = families.safeChoices(after: last?.family)
    let turns = chapters.safeChoices(after: last?.chapterID)
    let index =
      rest.firstIndex { safe($0.family) && turns($0.chapterID) }
      ?? rest.firstIndex { safe($0.family) && $0.chapterID != last?.chapterID }
      ?? rest.firstIndex { safe($0.family) }
      ?? mostFrequentOther()
    let next = rest.remove(at: index)
    families.remove(next.family)
    chapters.remove(next.chapterID)
    last = next
    return next
  }

  /// The item of the largest family other than the last one's.
  private func mostFrequentOther() -> Int {
    let others = rest.indices.filter { rest[$0].family != last?.family }
    return others.max { families[rest[$0].family] < families[rest[$1].family] } ?? 0
  }
}

/// How many items of each key are left.
private struct Counts {
  private var counts: [String: Int] = [:]
  private var total = 0

  subscript(key: String) -> Int { counts[key] ?? 0 }

  mutating func add(_ key: String) {
    counts[key, default: 0] += 1
    total += 1
  }

  mutating func remove(_ key: String) {
    counts[key, default: 0] -= 1
    total -= 1
  }

  /// Tells which keys can come next without making equal neighbours unavoidable.
  ///
  /// m items can follow one of key k without equal neighbours exactly if k is at most m/2 of them
  /// (rounded down) and every other key at most m/2 (rounded up).
  func safeChoices(after last: String?) -> (String) -> Bool {
    let left = total - 1
    let descending = counts.values.sorted(by: >)
    let highest = descending.first ?? 0
    let second = descending.dropFirst().first ?? 0
    return { key in
      let own = self[key]
      let greatestOther = own == highest ? second : highest
      return key != last && own - 1 <= left / 2 && greatestOther <= (left + 1) / 2
    }
  }
}
