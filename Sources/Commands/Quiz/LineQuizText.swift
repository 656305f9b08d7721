import Curriculum
import Foundation
import Localization
import Study

/// The program's own words in a quiz line by line.
struct LineQuizText {
  /// The language.
  let language: Language

  private func text(_ english: String, _ chinese: String) -> String {
    Phrase(english, chinese)(language)
  }

  /// A line that is no answer.
  var noAnswer: String {
    text(
      "That is no answer to this item. (s skips, u undoes, f flags, q leaves)",
      "这不是这道题的有效答案。（s 跳过，u 撤销，f 标记，q 退出）")
  }

  /// The question for confidence.
  var howSure: String {
    text("How sure? 1 guess, 2 unsure, 3 sure", "有多大把握？1 猜的，2 不太确定，3 确定")
  }

  /// An answer was kept, in a session without feedback.
  var kept: String { text("Kept.", "已记录。") }

  /// An item was skipped.
  var skipped: String { text("Skipped.", "已跳过。") }

  /// The last step was taken back.
  func undone(_ step: QuizStep?) -> String {
    guard let step else { return text("There is nothing to take back.", "没有可撤销的作答。") }
    return step.isSkip
      ? text("The last skip is taken back.", "已撤销上一次跳过。")
      : text("The last answer is taken back.", "已撤销上一次作答。")
  }

  /// The flag of an item was set or removed.
  func flag(isSet: Bool) -> String {
    isSet ? text("Flagged.", "已标记。") : text("The flag is gone.", "已取消标记。")
  }

  /// The last item was answered.
  var end: String {
    text(
      "That was the last item. Enter ends, u takes the last answer back.", "题目做完了。回车结束，u 撤销上一次作答。")
  }

  /// The clock of an exam has run out.
  var timeIsUp: String { text("The time is up.", "时间到。") }

  /// The schedule is left alone.
  var isCram: String {
    text("Cram: the answers are logged, the schedule stays as it is.", "突击练习：作答会记录，但复习计划不变。")
  }

  /// What stands before a question.
  ///
  /// - Parameters:
  ///   - number: The number of the question.
  ///   - count: The number of all questions.
  ///   - isReturn: Whether the item came back after a wrong answer.
  ///   - secondsLeft: The seconds left, if they are limited.
  func head(number: Int, count: Int, isReturn: Bool, secondsLeft: Double?) -> String {
    var parts = [isReturn ? text("once more", "错题重做") : "\(number)/\(count)"]
    if let secondsLeft {
      let seconds = Int(secondsLeft.rounded(.up))
      parts.append(
        text(
          "\(seconds / 60) min \(seconds % 60) s left", "剩余 \(seconds / 60) 分 \(seconds % 60) 秒"))
    }
    return "[\(parts.joined(separator: text(", ", "，")))]"
  }

  /// The score, with what was skipped or lacks an answer.
  func summary(_ summary: QuizSummary, isExam: Bool) -> [String] {
    let all = isExam ? summary.answered + summary.unanswered : summary.answered
    var lines = [
      text("\(summary.right) of \(all) right", "答对 \(summary.right)/\(all)")
    ]
    if summary.recovered > 0 {
      lines.append(
        text("right the second time: \(summary.recovered)", "重做答对：\(summary.recovered)"))
    }
    if isExam, summary.unanswered > 0 {
      lines.append(
        text("without an answer: \(summary.unanswered)", "未作答：\(summary.unanswered)"))
    }
    return lines
  }

  /// What to do about an item that is forgotten again and again.
  func leech(lapses: Int, chapter: Chapter, question: Int?, experiment: String?) -> String {
    let place = question.map { "\(chapter.number).\($0 + 1)" } ?? "\(chapter.number)"
    let panel =
      experiment.map { text("; its experiment: \($0)", "；相关实验：\($0)") } ?? ""
    return text(
      "Forgotten \(lapses) times: repeating does not help. Read \(place) again "
        + "(nibble lesson \(chapter.id))\(panel).",
      "已遗忘 \(lapses) 次：再重复也没用，请重读 \(place)（nibble lesson \(chapter.id)）\(panel)。")
  }

  /// Why a session has no items.
  func nothing(for kind: QuizSetup.Kind, waiting: WaitingItems, now: Double) -> String {
    switch kind {
    case .weak:
      return text("There are no weak spots among what you have answered.", "已作答的题目中没有薄弱点。")
    case .flagged: return text("No item is flagged.", "没有已标记的题目。")
    case .due:
      var line = text("Nothing is due.", "现在没有到期的题目。")
      if waiting.dueHeldBack + waiting.newHeldBack > 0 {
        line += text(
          " Held back by the limits of the day: \(waiting.dueHeldBack) due, "
            + "\(waiting.newHeldBack) new.",
          "受每日上限推迟：到期 \(waiting.dueHeldBack)，新题 \(waiting.newHeldBack)。")
      }
      if let next = waiting.nextDue {
        line += text(" Next: \(moment(next, now: now)).", "下一道：\(moment(next, now: now))。")
      }
      return line
    default: return text("There are no items.", "没有题目。")
    }
  }

  /// A moment to come: in minutes today, else by its date.
  private func moment(_ time: Double, now: Double) -> String {
    let calendar = StudyCalendar()
    let date = calendar.day(at: time).date
    guard date == calendar.day(at: now).date else { return date.iso }
    let minutes = max(1, Int(((time - now) / 60).rounded(.up)))
    return text("in \(minutes) min", "\(minutes) 分钟后")
  }
}
