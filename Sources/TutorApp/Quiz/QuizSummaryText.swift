import Curriculum
import Study
import TerminalCanvas

/// What is shown when a quiz is over.
enum QuizSummaryText {
  /// The set lines.
  static func rows(
    _ summary: QuizSummary, width: Int, _ context: TutorContext
  ) -> [QuizItemTypesetter.Row] {
    let isEnglish = context.language == .english
    let typesetter = context.typesetter
    var lines = typesetter.sectionTitle(
      context.text(Phrase("The quiz is over", "测验结束")), width: width)
    lines.append([])
    let share = summary.answered == 0 ? 0 : Double(summary.right) / Double(summary.answered)
    lines.append([
      StyledRun(
        isEnglish
          ? "Right at once: \(summary.right) of \(summary.answered)"
          : "一次答对：\(summary.right)/\(summary.answered)",
        .role(share >= 0.8 ? .good : .warning, bold: true))
    ])
    if summary.recovered > 0 {
      lines.append([
        StyledRun(
          isEnglish
            ? "Right the second time: \(summary.recovered)" : "重做答对：\(summary.recovered)")
      ])
    }
    let minutes = Int(summary.seconds) / 60
    let seconds = Int(summary.seconds) % 60
    lines.append([
      StyledRun(
        isEnglish ? "Time: \(minutes) min \(seconds) s" : "用时：\(minutes) 分 \(seconds) 秒",
        .role(.muted))
    ])
    let open = summary.open.compactMap(\.questionID)
    let review = open.enumerated().filter { open.firstIndex(of: $1) == $0 }.map(\.element)
    if !review.isEmpty {
      lines += [[]]
      lines += typesetter.sectionTitle(
        context.text(Phrase("Worth reading again", "值得再读一遍")), width: width)
      for id in review {
        guard let (chapter, index) = context.question(id) else { continue }
        let title = InlineTypesetter(base: .text).runs(chapter.questions[index].title)
        lines += TextWrapping.wrap(
          [StyledRun("\(chapter.number).\(index + 1) ", .role(.accent))] + title, width: width,
          hangingIndent: 4)
      }
    }
    return lines.map { QuizItemTypesetter.Row(line: $0) }
  }
}
