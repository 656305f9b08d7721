/// Rearranges shuffled items so that siblings are not neighbours, and chapters take turns.
///
/// Takes at every place the first item that leaves an order without neighbouring siblings possible;
/// among those, one that does the same for chapters, where they are to take turns. Where siblings outnumber all other items, as few
/// as possible become neighbours.
struct SiblingOrder {
  private struct Entry {
    var item: QuizCandidate
    var family: Int
    var chapter: Int
  }

  private var rest: [Entry] = []
  private var families = Counts()
  private var chapters = Counts()
  private var lastFamily: Int?
  private var lastChapter: Int?
  private let chaptersTakeTurns: Bool

  /// Makes an arrangement of items that follow a given one.
  ///
  /// Where chapters need not take turns, items leave their places only for siblings' sake.
  init(after last: QuizCandidate?, _ shuffled: [QuizCandidate], chaptersTakeTurns: Bool = true) {
    self.chaptersTakeTurns = chaptersTakeTurns
    for item in shuffled {
      rest.append(
        Entry(item: item, family: families.add(item.family), chapter: chapters.add(item.chapterID)))
    }
    lastFamily = last.flatMap { families.index(of: $0.family) }
    lastChapter = last.flatMap { chapters.index(of: $0.chapterID) }
  }

  /// All items in their new order.
  consuming func arranged() -> [QuizCandidate] {
    var order: [QuizCandidate] = []
    while let next = takeNext() { order.append(next) }
    return order
  }

  private mutating func takeNext() -> QuizCandidate? {
    guard !rest.isEmpty else { return nil }
    let safe = families.safeChoices(after: lastFamily)
    let turns = chaptersTakeTurns ? chapters.safeChoices(after: lastChapter) : { _ in true }
    let index =
      rest.firstIndex { safe($0.family) && turns($0.chapter) }
      ?? rest.firstIndex { safe($0.family) && $0.chapter != lastChapter }
      ?? rest.firstIndex { safe($0.family) }
      ?? mostFrequentOther()
    let next = rest.remove(at: index)
    families.remove(next.family)
    chapters.remove(next.chapter)
    lastFamily = next.family
    lastChapter = next.chapter
    return next.item
  }

  /// The item of the largest family other than the last one's.
  private func mostFrequentOther() -> Int {
    let others = rest.indices.filter { rest[$0].family != lastFamily }
    return others.max { families[rest[$0].family] < families[rest[$1].family] } ?? 0
  }
}

/// How many items of each key are left.
private struct Counts {
  private var indices: [String: Int] = [:]
  private var counts: [Int] = []
  private var total = 0

  subscript(index: Int) -> Int { counts[index] }

  func index(of key: String) -> Int? { indices[key] }

  /// Counts one more item of a key and returns the key's index.
  mutating func add(_ key: String) -> Int {
    let index = indices[key] ?? counts.count
    if index == counts.count {
      indices[key] = index
      counts.append(0)
    }
    counts[index] += 1
    total += 1
    return index
  }

  mutating func remove(_ index: Int) {
    counts[index] -= 1
    total -= 1
  }

  /// Tells which keys can come next without making equal neighbours unavoidable.
  ///
  /// m items can follow one of key k without equal neighbours exactly if k has at most m/2 of them
  /// (rounded down) and every other key at most m/2 (rounded up).
  func safeChoices(after last: Int?) -> (Int) -> Bool {
    let left = total - 1
    var highest = 0
    var second = 0
    for count in counts where count > second {
      second = min(count, highest)
      highest = max(count, highest)
    }
    return { [counts, highest, second] key in
      let own = counts[key]
      let greatestOther = own == highest ? second : highest
      return key != last && own - 1 <= left / 2 && greatestOther <= (left + 1) / 2
    }
  }
}
