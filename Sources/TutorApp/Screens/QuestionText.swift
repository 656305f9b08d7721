import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// A question with its answer as lines, for its own screen and for the pane beside the lab.
enum QuestionText {
  /// The question, and once it is revealed what one would say and why.
  static func lines(
    for question: Question, revealed: Bool, invitation: Phrase, width: Int, _ context: TutorContext
  ) -> [StyledLine] {
    let typesetter = context.typesetter
    var lines = typesetter.lines(
      for: question.title, width: width, style: .role(.heading, bold: true))
    let bookmark = context.progress.bookmarks.contains(question.id)
    lines.append([
      StyledRun(
        context.text(Phrases.level(question.level)) + " · "
          + context.text(Phrases.frequency(question.frequency)), .role(.muted)),
      StyledRun(bookmark ? " · " + context.text(Phrase("bookmarked")) : "", .role(.accent)),
    ])
    lines.append([])
    guard revealed else {
      return lines
        + TextWrapping.wrap([StyledRun(context.text(invitation), .role(.accent))], width: width)
    }
    func section(_ title: Phrase, _ blocks: [Block], role: Role = .heading) {
      guard !blocks.isEmpty else { return }
      lines += typesetter.sectionTitle(context.text(title), width: width, role: role)
      lines += typesetter.lines(for: blocks, width: width)
      lines.append([])
    }
    section(Phrases.answer, question.answer)
    section(Phrases.explanation, question.explanation)
    section(
      Phrases.keyPoints,
      [.list(start: nil, items: question.keyPoints.map { [.paragraph($0)] })], role: .good)
    section(Phrases.commonMistake, question.commonMistake, role: .bad)
    section(Phrases.followUp, question.followUp, role: .accent)
    return lines
  }
}
