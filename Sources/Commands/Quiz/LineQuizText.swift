import Curriculum
import Foundation
import Localization
import Study

/// The program's own words in a quiz line by line.
struct LineQuizText {
  /// The language.
  let language: Language

  private func text(_ phrase: Phrase) -> String { phrase(language) }

  /// A line that is no answer.
  var noAnswer: String {
    text(
      Phrase(
        "That is no answer to this item. (s or an empty line skips, u undoes, f flags, q leaves)"))
  }

  /// The question for confidence.
  var howSure: String {
    text(Phrase("How sure? 1 guess, 2 unsure, 3 sure"))
  }

  /// An answer was kept, in a session without feedback.
  var kept: String { text(Phrase("Kept.")) }

  /// An item was skipped.
  var skipped: String { text(Phrase("Skipped.")) }

  /// The last step was taken back.
  func undone(_ step: QuizStep?) -> String {
    guard let step else { return text(Phrase("There is nothing to take back.")) }
    return step.isSkip
      ? text(Phrase("The last skip is taken back."))
      : text(Phrase("The last answer is taken back."))
  }

  /// The flag of an item was set or removed.
  func flag(isSet: Bool) -> String {
    isSet ? text(Phrase("Flagged.")) : text(Phrase("The flag is gone."))
  }

  /// The last item was answered.
  var end: String {
    text(Phrase("That was the last item. Enter ends, u takes the last answer back."))
  }

  /// The clock of an exam has run out.
  var timeIsUp: String { text(Phrase("The time is up.")) }

  /// The schedule is left alone.
  var isCram: String {
    text(Phrase("Cram: the answers are logged, the schedule stays as it is."))
  }

  /// What stands before a question.
  ///
  /// - Parameters:
  ///   - number: The number of the question.
  ///   - count: The number of all questions.
  ///   - isReturn: Whether the item came back after a wrong answer.
  ///   - secondsLeft: The seconds left, if they are limited.
  func head(number: Int, count: Int, isReturn: Bool, secondsLeft: Double?) -> String {
    var parts = [isReturn ? text(Phrase("once more")) : "\(number)/\(count)"]
    if let secondsLeft {
      let seconds = Int(secondsLeft.rounded(.up))
      parts.append(text(Phrase("\(seconds / 60) min \(seconds % 60) s left")))
    }
    return "[\(parts.joined(separator: text(Phrase(", ", context: "clauses"))))]"
  }

  /// The score, with what was skipped or lacks an answer.
  func summary(_ summary: QuizSummary, isExam: Bool) -> [String] {
    let all = isExam ? summary.answered + summary.unanswered : summary.answered
    var lines = [
      text(Phrase("\(summary.right) of \(all) right"))
    ]
    if summary.recovered > 0 {
      lines.append(text(Phrase("right the second time: \(summary.recovered)")))
    }
    if isExam, summary.unanswered > 0 {
      lines.append(text(Phrase("without an answer: \(summary.unanswered)")))
    }
    return lines
  }

  /// What to do about an item that is forgotten again and again.
  func leech(lapses: Int, chapter: Chapter, question: Int?, experiment: String?) -> String {
    let place = question.map { "\(chapter.number).\($0 + 1)" } ?? "\(chapter.number)"
    let panel =
      experiment.map { text(Phrase("; its experiment: \($0)")) } ?? ""
    return text(
      Phrase(
        "Forgotten \(lapses) times: repeating does not help. Read \(place) again "
          + "(nibble lesson \(chapter.id))\(panel)."))
  }

  /// Why a session has no items.
  func nothing(for kind: QuizSetup.Kind, waiting: WaitingItems, now: Double) -> String {
    switch kind {
    case .weak:
      return text(Phrase("There are no weak spots among what you have answered."))
    case .flagged: return text(Phrase("No item is flagged."))
    case .due:
      var line = text(Phrase("Nothing is due."))
      if waiting.dueHeldBack + waiting.newHeldBack > 0 {
        line += text(
          Phrase(
            " Held back by the limits of the day: \(waiting.dueHeldBack) due, "
              + "\(waiting.newHeldBack) new."))
      }
      if let next = waiting.nextDue {
        line += text(Phrase(" Next: \(moment(next, now: now))."))
      }
      return line
    default: return text(Phrase("There are no items."))
    }
  }

  /// A moment to come: in minutes today, else by its date.
  private func moment(_ time: Double, now: Double) -> String {
    let calendar = StudyCalendar()
    let date = calendar.day(at: time).date
    guard date == calendar.day(at: now).date else { return date.iso }
    let minutes = max(1, Int(((time - now) / 60).rounded(.up)))
    return text(Phrase("in \(minutes) min"))
  }
}
