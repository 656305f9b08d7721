package import Localization
package import Study

extension QuizSetup.Kind {
  /// The kind's name.
  package var name: Phrase {
    switch self {
    case .due: Phrase("Due today")
    case .chapter: Phrase("One chapter")
    case .mixed: Phrase("Mixed")
    case .cram: Phrase("Cram")
    case .exam: Phrase("Exam")
    case .weak: Phrase("Weak spots")
    case .flagged: Phrase("Flagged")
    }
  }

  /// What it does, in a line.
  package var purpose: Phrase {
    switch self {
    case .due: Phrase("What the schedule asks for today, and new items")
    case .chapter: Phrase("Every item of a chapter: new and failed ones first")
    case .mixed:
      Phrase("All chapters in turns: what is due first, then new items")
    case .cram: Phrase("Any items, any time; the schedule stays as it is")
    case .exam: Phrase("Against the clock; right and wrong only at the end")
    case .weak: Phrase("What you would most likely get wrong, weakest first")
    case .flagged: Phrase("The items you flagged with f")
    }
  }
}
