import Curriculum
package import Localization
package import Study

extension InterviewLength {
  /// The length in words.
  package var name: Phrase {
    switch self {
    case .questions(let count): Phrase("\(count) questions")
    case .minutes(let minutes): Phrase("\(minutes) min")
    }
  }
}

extension InterviewRun {
  /// The report as a file, named after the minute in which the interview began.
  package var document: InterviewDocument {
    InterviewDocument(
      name: "interview-\(DateText.fileName(startedAt))-\(level)",
      markdown: InterviewMarkdown(run: self).document())
  }
}

extension Phrases {
  /// The name of a level as the store keeps it.
  package static func level(_ name: String) -> Phrase {
    Level(rawValue: name).map(level) ?? Phrase(verbatim: name)
  }
}
