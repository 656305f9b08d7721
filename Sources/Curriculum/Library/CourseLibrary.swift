package import Localization

/// All chapters of the course in all languages.
///
/// What is missing in one language is taken from another, item by item, so that the course is
/// complete in each.
package struct CourseLibrary: Sendable {
  private let chaptersByLanguage: [Language: [Chapter]]
  private let positionsByLanguage: [Language: [String: Position]]

  private enum Position {
    case chapter(Int)
    case question(Int, Int)
    case quizItem(Int, Int)
    case experiment(Int, Int)
  }

  /// Makes a library of chapters; of several with the same id and language the first counts.
  package init(chapters: [Chapter]) {
    var byLanguage: [Language: [Chapter]] = [:]
    var positions: [Language: [String: Position]] = [:]
    for language in Language.allCases {
      let merged = Self.merged(chapters, language: language)
      byLanguage[language] = merged
      positions[language] = Self.positions(in: merged)
    }
    chaptersByLanguage = byLanguage
    positionsByLanguage = positions
  }

  /// Loads every lesson below a content folder.
  ///
  /// A folder that lacks one of the languages is fine; one without any lesson is a fault. With fewer
  /// languages than there are, nothing of the others takes the place of what is not translated.
  package static func load(
    contentDirectory: String, languages: [Language] = Language.allCases
  ) -> (library: CourseLibrary, faults: [ContentFault]) {
    let read = LessonFolder.read(contentDirectory: contentDirectory, languages: languages)
    let folders = Set(languages.map { contentDirectory + "/" + $0.rawValue })
    let chapters = read.files.compactMap(\.lesson.chapter)
    var faults =
      read.faults.filter { !folders.contains($0.location.file) }
      + read.files.flatMap(\.lesson.faults)
    if read.files.isEmpty {
      let names = languages.map(\.rawValue).joined(separator: " or ")
      faults.append(
        ContentFault(
          "no lessons were found; they are expected in \(names)",
          at: SourceLocation(file: contentDirectory, line: 1)))
    }
    return (CourseLibrary(chapters: chapters), faults.sorted(by: ContentFault.isBefore))
  }

  /// The chapters in a language in the order of their numbers.
  package func chapters(in language: Language) -> [Chapter] {
    chaptersByLanguage[language] ?? []
  }

  /// The chapter with an id.
  package func chapter(id: String, in language: Language) -> Chapter? {
    guard case .chapter(let chapter)? = positionsByLanguage[language]?[id] else { return nil }
    return chapters(in: language)[chapter]
  }

  /// The question with an id: its chapter, and where it stands among the chapter's questions.
  package func question(id: String, in language: Language) -> (chapter: Chapter, index: Int)? {
    guard case .question(let chapter, let index)? = positionsByLanguage[language]?[id] else {
      return nil
    }
    return (chapters(in: language)[chapter], index)
  }

  /// The quiz item with an id, and its chapter.
  package func quizItem(
    id: String, in language: Language
  ) -> (chapter: Chapter, item: QuizItem)? {
    guard case .quizItem(let number, let index)? = positionsByLanguage[language]?[id] else {
      return nil
    }
    let chapter = chapters(in: language)[number]
    return (chapter, chapter.quizItems[index])
  }

  /// The experiment with an id, and its chapter.
  package func experiment(
    id: String, in language: Language
  ) -> (chapter: Chapter, experiment: Experiment)? {
    guard case .experiment(let number, let index)? = positionsByLanguage[language]?[id] else {
      return nil
    }
    let chapter = chapters(in: language)[number]
    return (chapter, chapter.experiments[index])
  }

  private static func positions(in chapters: [Chapter]) -> [String: Position] {
    var positions: [String: Position] = [:]
    func add(_ id: String, _ position: Position) {
      if positions[id] == nil { positions[id] = position }
    }
    for (index, chapter) in chapters.enumerated() {
      add(chapter.id, .chapter(index))
      for (inner, question) in chapter.questions.enumerated() {
        add(question.id, .question(index, inner))
      }
      for (inner, item) in chapter.quizItems.enumerated() {
        add(item.id, .quizItem(index, inner))
      }
      for (inner, experiment) in chapter.experiments.enumerated() {
        add(experiment.id, .experiment(index, inner))
      }
    }
    return positions
  }

  /// The chapters of a language, filled up from the other languages.
  private static func merged(_ chapters: [Chapter], language: Language) -> [Chapter] {
    var result: [Chapter] = []
    for chapter in chapters where chapter.language == language {
      if !result.contains(where: { $0.id == chapter.id }) {
        result.append(chapter)
      }
    }
    for other in Language.allCases where other != language {
      for chapter in chapters where chapter.language == other {
        if let index = result.firstIndex(where: { $0.id == chapter.id }) {
          if result[index].language == language {
            result[index].fill(from: chapter)
          }
        } else {
          result.append(chapter)
        }
      }
    }
    return result.sorted { ($0.number, $0.stem, $0.id) < ($1.number, $1.stem, $1.id) }
  }
}

extension Chapter {
  /// Takes whatever is missing from the same chapter in another language.
  mutating func fill(from other: Chapter) {
    if introduction.isEmpty { introduction = other.introduction }
    if goals.isEmpty { goals = other.goals }
    if workedExample.isEmpty { workedExample = other.workedExample }
    questions = filled(questions, from: other.questions, id: \.id)
    quizItems = filled(quizItems, from: other.quizItems, id: \.id)
    experiments = filled(experiments, from: other.experiments, id: \.id)
    challenges = filled(challenges, from: other.challenges, id: \.id)
  }

  /// Own elements with the missing ones inserted behind their neighbours of the other list.
  private func filled<Element>(
    _ own: [Element], from other: [Element], id: KeyPath<Element, String>
  ) -> [Element] {
    let present = Set(own.map { $0[keyPath: id] })
    var result = own
    for (index, element) in other.enumerated() where !present.contains(element[keyPath: id]) {
      let predecessor = index > 0 ? other[index - 1][keyPath: id] : nil
      let place = result.firstIndex { $0[keyPath: id] == predecessor }.map { $0 + 1 } ?? 0
      result.insert(element, at: place)
    }
    return result
  }
}
