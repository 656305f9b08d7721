import Curriculum
import Localization
package import Study
package import TerminalCanvas

/// Sets the report of a mock interview for the screen.
package struct InterviewReportText {
  /// The interview.
  let run: InterviewRun
  /// Where the report was written to, if it was.
  let path: String?
  /// Sets the texts.
  let typesetter: LessonTypesetter

  /// Makes the text of a report.
  package init(run: InterviewRun, path: String?, typesetter: LessonTypesetter) {
    self.run = run
    self.path = path
    self.typesetter = typesetter
  }

  private func text(_ phrase: Phrase) -> String { phrase(typesetter.language) }

  /// The lines of a report and where its links stand.
  package struct Page {
    /// The lines.
    package var lines: [StyledLine] = []
    /// The row of each link.
    package var linkRows: [Int] = []
  }

  /// The answers that lacked a key point, weakest topic first and weakest answer first in it.
  private var answersToReview: [InterviewAnswer] {
    run.topics.flatMap { topic in
      topic.answers.filter { !$0.missing.isEmpty }.enumerated().sorted {
        ($0.element.share, $0.offset) < ($1.element.share, $1.offset)
      }.map(\.element)
    }
  }

  /// The questions that the report links to, in order.
  package var linkedIDs: [String] { answersToReview.map(\.questionID) }

  /// Sets the report with one of its links selected.
  package func page(width: Int, selected: Int) -> Page {
    var page = Page()
    page.lines = summary(width: width)
    page.lines += title(Phrase("By topic"), width: width) + topicLines(width: width) + [[]]
    let review = answersToReview
    page.lines += title(Phrase("To review"), width: width, role: .accent)
    if review.isEmpty {
      page.lines.append([
        StyledRun(text(Phrase("Every key point was made. Take a higher level next.")), .role(.good))
      ])
    }
    for (index, answer) in review.enumerated() {
      page.linkRows.append(page.lines.count)
      page.lines += reviewLines(answer, isSelected: index == selected, width: width)
    }
    page.lines += [[]] + title(Phrase("Answers", context: "report"), width: width)
    for answer in run.answers { page.lines += answerLines(answer, width: width) + [[]] }
    return page
  }

  private func title(_ phrase: Phrase, width: Int, role: Role = .heading) -> [StyledLine] {
    typesetter.sectionTitle(text(phrase), width: width, role: role)
  }

  private func summary(width: Int) -> [StyledLine] {
    let count = run.answers.count
    let mean = count == 0 ? 0 : run.seconds / Double(count)
    let share = run.share.map { " (" + NumberText.fixed($0 * 100, decimals: 0) + " %)" } ?? ""
    let role: Role = (run.share ?? 0) >= 0.8 ? .good : (run.share ?? 0) >= 0.5 ? .warning : .bad
    var lines: [StyledLine] = [
      [
        StyledRun(text(Phrase("Level ")), .role(.muted)),
        StyledRun(text(Phrases.level(run.level))),
        StyledRun(text(Phrase("   key points ")), .role(.muted)),
        StyledRun("\(run.made)/\(run.possible)\(share)", .role(role, bold: true)),
      ],
      [
        StyledRun(text(Phrase("\(count) answers in ")), .role(.muted)),
        StyledRun(TimeText.clock(run.seconds)),
        StyledRun(text(Phrase(", on average ")), .role(.muted)),
        StyledRun(TimeText.clock(mean), .role(mean <= 120 ? .good : .warning)),
        StyledRun(text(Phrase("; aim at 1:00 to 1:30")), .role(.muted)),
      ],
    ]
    if let path {
      lines += TextWrapping.wrap(
        [
          StyledRun(text(Phrase("Written as Markdown: ")), .role(.muted)),
          StyledRun(path, .role(.code)),
        ], width: width, hangingIndent: 2)
    }
    return lines + [[]]
  }

  private func topicLines(width: Int) -> [StyledLine] {
    let topics = run.topics
    let barWidth = 16
    let nameWidth = max(
      12, min(width - barWidth - 24, topics.map { TextWidth.width(of: $0.title) }.max() ?? 12))
    return topics.map { topic in
      let name = TextFitting.pad(
        TextFitting.truncate(topic.title, to: nameWidth, ellipsis: "…"), to: nameWidth)
      let bar = TextFitting.pad(
        Bar.text(topic.share, width: barWidth, glyphs: typesetter.glyphs), to: barWidth)
      let role: Role = topic.share >= 0.8 ? .good : topic.share >= 0.5 ? .warning : .bad
      return [
        StyledRun(name + "  "), StyledRun(bar, .role(role)),
        StyledRun(
          TextFitting.pad("\(topic.made)/\(topic.possible)", to: 7, alignment: .right),
          .role(.text, bold: true)),
        StyledRun(
          TextFitting.pad(TimeText.clock(topic.meanSeconds), to: 7, alignment: .right),
          .role(.muted)),
        StyledRun(text(Phrase(" each")), .role(.muted)),
      ]
    }
  }

  private func reviewLines(
    _ answer: InterviewAnswer, isSelected: Bool, width: Int
  ) -> [StyledLine] {
    let mark = isSelected ? "▸ " : "  "
    var lines = TextWrapping.wrap(
      [
        StyledRun(mark, .role(.accent, bold: true)),
        StyledRun(answer.title, Style(foreground: .role(.link), bold: isSelected, underline: true)),
        StyledRun("  \(answer.made.count)/\(answer.keyPoints.count)", .role(.warning)),
      ], width: width, hangingIndent: 2)
    for point in answer.missing {
      lines += TextWrapping.wrap(
        "    ✗ \(point)", style: .role(.muted), width: width, hangingIndent: 6)
    }
    return lines
  }

  private func answerLines(_ answer: InterviewAnswer, width: Int) -> [StyledLine] {
    var lines = TextWrapping.wrap(
      [
        StyledRun(answer.title, .role(.text, bold: true)),
        StyledRun(
          "  " + TimeText.clock(answer.seconds)
            + "  \(answer.made.count)/\(answer.keyPoints.count)", .role(.muted)),
      ], width: width, hangingIndent: 2)
    let bar = StyledRun("▎ ", .role(.border))
    let text = answer.text.isEmpty ? text(Phrases.spokenAnswer) : answer.text
    lines += TextWrapping.wrap(
      text, style: .role(answer.text.isEmpty ? .muted : .text), width: max(1, width - 2)
    ).map { [bar] + $0 }
    return lines
  }
}
