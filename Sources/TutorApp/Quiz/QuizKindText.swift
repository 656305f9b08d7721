import Localization
import Study

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
