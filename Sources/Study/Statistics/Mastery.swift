/// The quiz items that a chapter has now.
package struct ChapterItems: Sendable, Hashable {
  /// The chapter.
  package var chapterID: String
  /// Its items.
  package var itemIDs: [String]

  /// Makes a list.
  package init(chapterID: String, itemIDs: [String]) {
    self.chapterID = chapterID
    self.itemIDs = itemIDs
  }
}

/// How well a set of items is known at one moment.
///
///     mastery = 1/N · Σ right(i) · R(i)
///
/// over all N items: right is 1 if the latest answer to the item is right and else 0, R is the
/// probability that it is recalled now (FSRS-6). Unseen items count 0. So mastery rises with right
/// answers and falls by itself with forgetting; it is the share of items that the learner is expected
/// to answer right at this moment.
package struct Mastery: Sendable, Hashable {
  /// The number of items.
  package var items = 0
  /// The items that were answered at least once.
  package var seen = 0
  /// The items whose latest answer is right.
  package var right = 0
  /// The items that are due, as today's session counts them.
  package var due = 0
  /// The sum of right · R.
  package var recalled = 0.0

  /// The items that were never answered.
  package var unseen: Int { items - seen }

  /// The mastery from 0 to 1; 0 where there is no item.
  package var share: Double { items == 0 ? 0 : recalled / Double(items) }

  /// Computes the mastery of items at the moment of a state.
  package init(itemIDs: [String], state: StudyState) {
    items = itemIDs.count
    for record in itemIDs.compactMap({ state.cards[$0] }) {
      seen += 1
      if state.isDue(record) { due += 1 }
      if record.wasRight {
        right += 1
        recalled += state.recall(of: record)
      }
    }
  }

  /// The mastery of several sets of items taken together.
  package init(sumOf parts: some Sequence<Mastery>) {
    for part in parts {
      items += part.items
      seen += part.seen
      right += part.right
      due += part.due
      recalled += part.recalled
    }
  }
}

/// The mastery of one chapter.
package struct ChapterMastery: Sendable, Hashable {
  /// The chapter.
  package var chapterID: String
  /// How well its items are known.
  package var mastery: Mastery
}

extension StudyState {
  /// The mastery of chapters, in the order given.
  ///
  /// Cards of items that the lessons no longer have do not count. An item counts for the chapter that
  /// lists it, wherever it was answered.
  package func masteries(_ chapters: [ChapterItems]) -> [ChapterMastery] {
    chapters.map {
      ChapterMastery(
        chapterID: $0.chapterID, mastery: Mastery(itemIDs: $0.itemIDs, state: self))
    }
  }
}
