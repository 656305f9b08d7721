import Curriculum
import Localization
import Presentation
import Study

/// How many items wait for each kind of session, in words.
enum QuizWaiting {
  /// The items that a session would ask.
  static func count(_ setup: QuizSetup, _ context: TutorContext) -> Int {
    let available = available(setup, context)
    return min(available, setup.count ?? available)
  }

  /// The items that a session could ask if it had no limit; counted without putting them in order.
  private static func available(_ setup: QuizSetup, _ context: TutorContext) -> Int {
    let candidates = QuizCandidates.all(context)
    let study = context.study
    switch setup.kind {
    case .due:
      let waiting = study.waiting(candidates)
      return waiting.due + waiting.new
    case .chapter, .mixed, .cram, .exam:
      return candidates.count { setup.chapterID == nil || $0.chapterID == setup.chapterID }
    case .flagged:
      return candidates.count { study.flagged.contains($0.itemID) }
    case .weak:
      var unlimited = setup
      unlimited.count = nil
      return unlimited.order(candidates: candidates, state: study, seed: 0).count
    }
  }

  /// What waits, behind the kind's name.
  static func note(_ setup: QuizSetup, _ context: TutorContext) -> String {
    let isEnglish = context.language == .english
    let available = available(setup, context)
    let asked = min(available, setup.count ?? available)
    switch setup.kind {
    case .due:
      let waiting = context.study.waiting(QuizCandidates.all(context))
      if waiting.isEmpty { return context.text(Phrase("nothing due", "今天没有")) }
      return isEnglish
        ? "\(waiting.due) due, \(waiting.new) new" : "复习 \(waiting.due)，新题 \(waiting.new)"
    case .chapter:
      let number = setup.chapterID.flatMap { context.chapter($0) }?.number ?? 0
      return isEnglish
        ? "chapter \(number), \(available) items" : "第 \(number) 章，\(available) 道题"
    case .exam:
      return isEnglish
        ? "\(asked) items, \(setup.minutes) min" : "\(asked) 道题，\(setup.minutes) 分钟"
    case .mixed, .cram, .weak:
      if available == 0 { return context.text(Phrase("none", "没有")) }
      return isEnglish ? "\(asked) of \(available)" : "\(available) 道中出 \(asked) 道"
    case .flagged:
      if available == 0 { return context.text(Phrase("none", "没有")) }
      return isEnglish ? "\(available) items" : "\(available) 道题"
    }
  }

  /// The day in a line, above the menu.
  static func today(_ context: TutorContext) -> String {
    let study = context.study
    let waiting = study.waiting(QuizCandidates.all(context))
    let isEnglish = context.language == .english
    var parts: [String] = []
    let total = waiting.due + waiting.new
    if total > 0 {
      parts.append(isEnglish ? "Today: \(total) to do" : "今天：待做 \(total) 道")
    } else {
      parts.append(isEnglish ? "Today: all done" : "今天：全部完成")
      if let next = waiting.nextDue {
        parts.append(
          (isEnglish ? "next " : "下次 ")
            + TimeText.ahead(next, now: context.now)(context.language))
      }
    }
    if let date = study.settings.interviewDate, let at = study.interviewAt, at > context.now {
      let days = date.dayNumber - study.day.date.dayNumber
      parts.append(
        isEnglish
          ? days == 1 ? "interview tomorrow" : "interview in \(days) days" : "距面试 \(days) 天")
    }
    return parts.joined(separator: " · ")
  }

  /// More about a kind that has nothing to choose.
  static func detail(_ setup: QuizSetup, _ context: TutorContext) -> String {
    let isEnglish = context.language == .english
    let study = context.study
    switch setup.kind {
    case .due:
      let waiting = study.waiting(QuizCandidates.all(context))
      if waiting.isEmpty { return whyEmpty(setup, context) }
      let limits =
        isEnglish
        ? "Limits of a day: \(study.settings.newPerDay) new, \(study.settings.reviewsPerDay) reviews; see the settings (S)."
        : "每日上限：新题 \(study.settings.newPerDay) 道，复习 \(study.settings.reviewsPerDay) 道，可在设置（S）中更改。"
      guard waiting.dueHeldBack > 0 else { return limits }
      return limits
        + (isEnglish
          ? " \(waiting.dueHeldBack) more are due and wait for tomorrow."
          : "另有 \(waiting.dueHeldBack) 道到期，留待明天。")
    case .flagged:
      return context.text(
        Phrase(
          "f flags an item in any quiz, and removes the flag again.", "在任何测验里按 f 标记题目，再按一次取消。"))
    default:
      return ""
    }
  }

  /// Why a session would ask nothing, and what to do instead.
  static func whyEmpty(_ setup: QuizSetup, _ context: TutorContext) -> String {
    let isEnglish = context.language == .english
    switch setup.kind {
    case .due:
      let waiting = context.study.waiting(QuizCandidates.all(context))
      guard waiting.dueHeldBack == 0 else {
        return isEnglish
          ? "Today's limit is reached; \(waiting.dueHeldBack) due items wait for tomorrow."
          : "已达今日上限，另有 \(waiting.dueHeldBack) 道到期题留待明天。"
      }
      guard let next = waiting.nextDue else {
        return context.text(
          Phrase("Well done: nothing is left for today.", "做得好：今天没有要做的题了。"))
      }
      let time = TimeText.ahead(next, now: context.now)(context.language)
      return isEnglish
        ? "Well done: nothing is left for today. The next review is \(time)."
        : "做得好：今天没有要做的题了。下次复习：\(time)。"
    case .weak:
      return context.text(
        Phrase(
          "No weak spots: all you answered is above your target.", "没有薄弱点：答过的题都达到了目标记忆率。"))
    case .flagged:
      return context.text(
        Phrase("Nothing is flagged yet: f flags an item in a quiz.", "还没有标记：做题时按 f 标记。"))
    case .chapter, .mixed, .cram, .exam:
      return context.text(Phrase("There are no items here.", "这里没有题目。"))
    }
  }
}
