package import Curriculum
package import Localization
package import TerminalCanvas

/// A whole chapter as text: introduction, worked example, questions with answers, experiments, and
/// challenges without their hints.
package struct ChapterText {
  private let chapter: Chapter
  private let language: Language
  private let typesetter: LessonTypesetter

  /// Makes the text of a chapter.
  package init(chapter: Chapter, language: Language, glyphs: GlyphSet) {
    self.chapter = chapter
    self.language = language
    typesetter = LessonTypesetter(language: language, glyphs: glyphs)
  }

  /// The lines for a width.
  package func lines(width: Int) -> [StyledLine] {
    var lines = heading("\(chapter.number) \(chapter.title)", underline: "=", width: width)
    lines += typesetter.lines(for: chapter.introduction, width: width)
    lines += heading(Phrases.goals(language), underline: "-", width: width)
    lines += list(chapter.goals, width: width)
    if !chapter.workedExample.isEmpty {
      lines += heading(Phrases.workedExample(language), underline: "-", width: width)
      lines += typesetter.lines(for: chapter.workedExample, width: width)
    }
    for (index, question) in chapter.questions.enumerated() {
      let title = InlineTypesetter(base: .text).runs(question.title).map(\.text).joined()
      lines += heading("\(chapter.number).\(index + 1) \(title)", underline: "-", width: width)
      lines += TextWrapping.wrap(
        "(\(Phrases.level(question.level)(language)), "
          + "\(Phrases.frequency(question.frequency)(language)))", width: width)
      lines.append([])
      lines += typesetter.lines(for: question.answer, width: width)
      lines += section(Phrases.explanation, question.explanation, width: width)
      lines += [[]] + label(Phrases.keyPoints) + list(question.keyPoints, width: width)
      lines += section(Phrases.commonMistake, question.commonMistake, width: width)
      lines += section(Phrases.followUp, question.followUp, width: width)
    }
    lines += heading(Phrases.experiments(language), underline: "-", width: width)
    for (index, experiment) in chapter.experiments.enumerated() {
      if index > 0 { lines.append([]) }
      lines += TextWrapping.wrap(experiment.title, style: .role(.heading, bold: true), width: width)
      lines += typesetter.lines(for: experiment.introduction, width: width)
    }
    guard !chapter.challenges.isEmpty else { return lines }
    lines += heading(Phrases.challenges(language), underline: "-", width: width)
    for (index, challenge) in chapter.challenges.enumerated() {
      if index > 0 { lines.append([]) }
      lines += TextWrapping.wrap(challenge.title, style: .role(.heading, bold: true), width: width)
      lines += typesetter.lines(for: challenge.introduction, width: width)
      lines += TextWrapping.wrap(challenge.budgetLine, style: .role(.accent), width: width)
    }
    return lines
  }

  private func heading(_ text: String, underline: String, width: Int) -> [StyledLine] {
    let set = TextWrapping.wrap(text, style: .role(.heading, bold: true), width: width)
    let longest = set.map { TextWidth.width(of: $0) }.max() ?? 0
    return [[]] + set + [[StyledRun(String(repeating: underline, count: longest))], []]
  }

  private func label(_ phrase: Phrase) -> [StyledLine] {
    [[StyledRun(Phrase("\(phrase):")(language), .role(.heading, bold: true))]]
  }

  private func section(_ phrase: Phrase, _ blocks: [Block], width: Int) -> [StyledLine] {
    blocks.isEmpty ? [] : [[]] + label(phrase) + typesetter.lines(for: blocks, width: width)
  }

  private func list(_ items: [[Inline]], width: Int) -> [StyledLine] {
    typesetter.lines(
      for: [.list(start: nil, items: items.map { [.paragraph($0)] })], width: width)
  }
}
