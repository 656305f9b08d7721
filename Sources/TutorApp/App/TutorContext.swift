package import Curriculum
package import Lab
package import Localization
package import Presentation
package import Study
package import TerminalCanvas

/// What every screen sees besides its own state.
package struct TutorContext: Sendable {
  /// How the tutor looks.
  package var preferences: Preferences
  /// The lessons.
  package var library: CourseLibrary
  /// What was done so far.
  package var progress: StudyProgress
  /// Whether the network can be measured.
  package var laboratory: LaboratoryStatus
  /// Seconds since 1970, set before each message.
  package var now: Double
  /// Whether the terminal shows more than ASCII.
  package var terminalIsUnicode: Bool
  /// Whether the terminal shows enough greys for images; otherwise they are drawn as characters.
  package var terminalHasShades: Bool
  /// The cells of a screen, set before each message.
  package var screenArea = Rect(x: 0, y: 0, width: 0, height: 0)
  /// What is kept beside the lab while the program runs.
  package var workbench = LabWorkbench()
  /// A line for the learner that stands until the next key.
  package var notice: String?

  /// Makes a context.
  package init(
    preferences: Preferences, library: CourseLibrary, progress: StudyProgress,
    laboratory: LaboratoryStatus = .loading, now: Double, terminalIsUnicode: Bool,
    terminalHasShades: Bool
  ) {
    self.preferences = preferences
    self.library = library
    self.progress = progress
    self.laboratory = laboratory
    self.now = now
    self.terminalIsUnicode = terminalIsUnicode
    self.terminalHasShades = terminalHasShades
  }

  /// The language of lessons and interface.
  package var language: Language { preferences.language }

  /// The glyphs to draw with.
  package var glyphs: GlyphSet {
    switch preferences.glyphs {
    case .automatic: terminalIsUnicode ? .unicode : .ascii
    case .unicode: .unicode
    case .ascii: .ascii
    }
  }

  /// Sets lessons in the learner's language.
  package var typesetter: LessonTypesetter {
    LessonTypesetter(language: language, glyphs: glyphs)
  }

  /// What decides about sessions now.
  package var study: StudyState {
    var state = progress.state
    state.now = now
    if now < state.day.start || now >= state.day.end {
      // Midnight has passed since the store was read: nothing was done on the new day.
      state.day = StudyCalendar().day(at: now)
      state.newToday = []
      state.repeatedToday = []
    }
    return state
  }

  /// The quiz items that the chapters have now.
  var chapterItems: [ChapterItems] { chapters.map(\.items) }

  /// How well the quiz items of a chapter were known when the store was read.
  func mastery(of chapter: Chapter) -> Mastery {
    Mastery(itemIDs: chapter.items.itemIDs, state: progress.state)
  }

  /// The experiment of the question that an item belongs to.
  package func experiment(for item: QuizCandidate) -> Experiment? {
    guard let (chapter, index) = item.questionID.flatMap({ question($0) }),
      let id = chapter.questions[index].experimentID
    else { return nil }
    return experiment(id)?.experiment
  }

  /// What is known of the network that can be measured; nil while there is none.
  package var facts: LaboratoryFacts? {
    if case .ready(let facts) = laboratory { facts } else { nil }
  }

  /// Where the lab's network and images come from; the built-in ones until they are read.
  package var laboratorySource: LaboratorySource { facts?.source ?? .builtIn }

  /// The first question that an experiment shows the answer of, with its chapter.
  package func question(shownBy experimentID: String) -> (chapter: Chapter, index: Int)? {
    for chapter in chapters {
      if let index = chapter.questions.firstIndex(where: { $0.experimentID == experimentID }) {
        return (chapter, index)
      }
    }
    return nil
  }

  /// The chapters in the learner's language.
  package var chapters: [Chapter] { library.chapters(in: language) }

  /// A phrase in the learner's language.
  package func text(_ phrase: Phrase) -> String { phrase(language) }

  /// The chapter of an id.
  package func chapter(_ id: String) -> Chapter? { library.chapter(id: id, in: language) }

  /// The question of an id, with its chapter.
  package func question(_ id: String) -> (chapter: Chapter, index: Int)? {
    library.question(id: id, in: language)
  }

  /// The experiment of an id, with its chapter.
  package func experiment(_ id: String) -> (chapter: Chapter, experiment: Experiment)? {
    library.experiment(id: id, in: language)
  }

  /// The quiz item of an id, with its chapter.
  package func quizItem(_ id: String) -> (chapter: Chapter, item: QuizItem)? {
    library.quizItem(id: id, in: language)
  }
}

extension Chapter {
  /// The chapter's quiz items as the study module sees them.
  fileprivate var items: ChapterItems {
    ChapterItems(chapterID: id, itemIDs: quizItems.map(\.id))
  }
}
