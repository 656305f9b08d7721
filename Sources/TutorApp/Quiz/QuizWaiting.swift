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
    let candidates = context.quizCandidates
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
    let available = available(setup, context)
    let asked = min(available, setup.count ?? available)
    switch setup.kind {
    case .due:
      let waiting = context.study.waiting(context.quizCandidates)
      if waiting.isEmpty { return context.text(Phrase("nothing due")) }
      return context.text(Phrase("\(waiting.due) due, \(waiting.new) new"))
    case .chapter:
      let number = setup.chapterID.flatMap { context.chapter($0) }?.number ?? 0
      return context.text(Phrase("chapter \(number), \(available) items"))
    case .exam:
      return context.text(Phrase("\(asked) items, \(setup.minutes) min"))
    case .mixed, .cram, .weak:
      if available == 0 { return context.text(Phrase("none")) }
      return context.text(Phrase("\(asked) of \(available)", context: "drawn"))
    case .flagged:
      if available == 0 { return context.text(Phrase("none")) }
      return context.text(Phrase("\(available) items"))
    }
  }

  /// The day in a line, above the menu.
  static func today(_ context: TutorContext) -> String {
    let study = context.study
    let waiting = study.waiting(context.quizCandidates)
    var parts: [String] = []
    let total = waiting.due + waiting.new
    if total > 0 {
      parts.append(context.text(Phrase("Today: \(total) to do")))
    } else {
      parts.append(context.text(Phrase("Today: all done")))
      if let next = waiting.nextDue {
        parts.append(
          context.text(Phrase("next "))
            + context.text(TimeText.ahead(next, now: context.now)))
      }
    }
    if let date = study.settings.interviewDate, let at = study.interviewAt, at > context.now {
      let days = date.dayNumber - study.day.date.dayNumber
      parts.append(
        context.text(days == 1 ? Phrase("interview tomorrow") : Phrase("interview in \(days) days"))
      )
    }
    return parts.joined(separator: " · ")
  }

  /// More about a kind that has nothing to choose.
  static func detail(_ setup: QuizSetup, _ context: TutorContext) -> String {
    let study = context.study
    switch setup.kind {
    case .due:
      let waiting = study.waiting(context.quizCandidates)
      if waiting.isEmpty { return whyEmpty(setup, context) }
      let limits =
        context.text(
          Phrase(
            "Limits of a day: \(study.settings.newPerDay) new, \(study.settings.reviewsPerDay) reviews; see the settings (S)."
          ))
      guard waiting.dueHeldBack > 0 else { return limits }
      return limits
        + context.text(Phrase(" \(waiting.dueHeldBack) more are due and wait for tomorrow."))
    case .flagged:
      return context.text(Phrase("f flags an item in any quiz, and removes the flag again."))
    default:
      return ""
    }
  }

  /// Why a session would ask nothing, and what to do instead.
  static func whyEmpty(_ setup: QuizSetup, _ context: TutorContext) -> String {
    switch setup.kind {
    case .due:
      let waiting = context.study.waiting(context.quizCandidates)
      guard waiting.dueHeldBack == 0 else {
        return context.text(
          Phrase("Today's limit is reached; \(waiting.dueHeldBack) due items wait for tomorrow."))
      }
      guard let next = waiting.nextDue else {
        return context.text(Phrase("Well done: nothing is left for today."))
      }
      let time = context.text(TimeText.ahead(next, now: context.now))
      return context.text(
        Phrase("Well done: nothing is left for today. The next review is \(time)."))
    case .weak:
      return context.text(Phrase("No weak spots: all you answered is above your target."))
    case .flagged:
      return context.text(Phrase("Nothing is flagged yet: f flags an item in a quiz."))
    case .chapter, .mixed, .cram, .exam:
      return context.text(Phrase("There are no items here."))
    }
  }
}
