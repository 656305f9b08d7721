import Localization
package import Study

/// What the learner chose in the quiz menu: which items are asked, and how.
package struct QuizSetup: Sendable, Hashable, Codable {
  /// The kinds of session, in the order of the menu.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// What is due, and new items within the day's limits.
    case due
    /// The items of one chapter.
    case chapter
    /// Items of all chapters in turns.
    case mixed
    /// Practice that leaves the schedule alone.
    case cram
    /// Items against the clock, without feedback until the end.
    case exam
    /// What is known worst.
    case weak
    /// What the learner flagged.
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

  /// The plan that chooses and orders the items by a seed.
  package func plan(seed: UInt64) -> QuizPlan {
    let planned: QuizPlan.Kind =
      switch kind {
      case .due: .dueToday
      case .chapter: chapterID.map { .chapter($0) } ?? .mixed
      case .mixed: .mixed
      case .cram: .cram(chapter: chapterID)
      case .exam: .exam(chapter: chapterID)
      case .weak: .weakSpots
      case .flagged: .flagged
      }
    return QuizPlan(kind: planned, seed: seed, limit: count.map { max(0, $0) })
  }

  /// How the session goes on after an answer.
  package var rules: QuizRules {
    kind == .exam
      ? .exam(seconds: Double(max(1, minutes)) * 60) : .practice(plan(seed: 0).sessionKind)
  }
}

extension QuizSetup.Kind {
  /// The kind's name.
  var name: Phrase {
    switch self {
    case .due: Phrase("Due today", "今日到期")
    case .chapter: Phrase("One chapter", "单章测验")
    case .mixed: Phrase("Mixed", "混合练习")
    case .cram: Phrase("Cram", "突击")
    case .exam: Phrase("Exam", "模拟考试")
    case .weak: Phrase("Weak spots", "薄弱点")
    case .flagged: Phrase("Flagged", "已标记")
    }
  }

  /// What it does, in a line.
  var purpose: Phrase {
    switch self {
    case .due: Phrase("What the schedule asks for today, and new items", "按计划复习今天到期的题，并学习新题")
    case .chapter: Phrase("Every item of a chapter: new and failed ones first", "一章的全部题目，未做和做错的在前")
    case .mixed:
      Phrase("All chapters in turns: what is due first, then new items", "各章交替出题：先出到期的，再出新题")
    case .cram: Phrase("Any items, any time; the schedule stays as it is", "随时练，不影响复习计划")
    case .exam: Phrase("Against the clock; right and wrong only at the end", "限时作答，交卷后才看对错与解析")
    case .weak: Phrase("What you would most likely get wrong, weakest first", "最可能答错的题，最薄弱的在前")
    case .flagged: Phrase("The items you flagged with f", "做题时按 f 标记的题")
    }
  }
}
