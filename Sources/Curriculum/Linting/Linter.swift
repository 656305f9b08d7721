package import Localization

/// Checks all lessons of a course.
package enum Linter {
  /// Tells what is wrong with a recipe's key or setting, or nil when it is fine.
  ///
  /// The value is nil where a lesson only names the key, as among an experiment's knobs.
  package typealias RecipeCheck = (_ key: String, _ value: String?) -> String?

  /// How much a chapter must hold at least.
  package struct Thresholds: Sendable, Hashable {
    /// The number of questions.
    package var questions: Int
    /// The number of quiz items.
    package var quizItems: Int
    /// The number of experiments.
    package var experiments: Int
    /// The number of kinds of quiz items.
    package var kinds: Int
    /// The number of quiz items whose numbers vary.
    package var variants: Int
    /// Whether a worked example is needed.
    package var needsWorkedExample: Bool
    /// Whether the ids of quiz items and experiments have “q” and “x” behind the chapter's.
    package var needsTypedIDs: Bool

    /// Makes thresholds that ask for nothing but the given counts.
    package init(
      questions: Int = 0, quizItems: Int = 0, experiments: Int = 0, kinds: Int = 0,
      variants: Int = 0, needsWorkedExample: Bool = false, needsTypedIDs: Bool = false
    ) {
      self.questions = questions
      self.quizItems = quizItems
      self.experiments = experiments
      self.kinds = kinds
      self.variants = variants
      self.needsWorkedExample = needsWorkedExample
      self.needsTypedIDs = needsTypedIDs
    }

    /// Those of the course for a chapter with a number.
    ///
    /// The ids of the first five chapters are older than the rule for ids, and ids are stable.
    package static func course(chapter number: Int) -> Thresholds {
      number < 6
        ? Thresholds(questions: 8, quizItems: 8, experiments: 2)
        : Thresholds(
          questions: 9, quizItems: 10, experiments: 3, kinds: 6, variants: 2,
          needsWorkedExample: true, needsTypedIDs: true)
    }
  }

  /// Finds everything that is wrong with the lessons below a content folder.
  ///
  /// - Parameters:
  ///   - contentDirectory: The folder that holds one folder for each language.
  ///   - languages: The languages to check; with several, translations are compared.
  ///   - thresholds: How much a chapter must hold at least; what the course asks for when nil.
  ///   - vocabulary: The names of the network's parts and measures.
  ///   - recipeKeys: Tells what is wrong with a recipe's key or setting.
  /// - Returns: The faults in the order of file, line and column.
  package static func check(
    contentDirectory: String, languages: [Language] = Language.allCases,
    thresholds: Thresholds? = nil, vocabulary: NetworkVocabulary, recipeKeys: RecipeCheck
  ) -> [ContentFault] {
    let read = LessonFolder.read(contentDirectory: contentDirectory, languages: languages)
    var faults = read.faults
    if read.files.isEmpty, read.faults.isEmpty {
      faults.append(
        ContentFault(
          "no lessons were found", at: SourceLocation(file: contentDirectory, line: 1)))
    }
    for file in read.files {
      faults += file.lesson.faults
      if let chapter = file.lesson.chapter {
        faults += ChapterRules.faults(
          in: file.lesson, of: chapter, thresholds: thresholds ?? .course(chapter: chapter.number))
      }
      faults += recipeFaults(in: file.lesson, check: recipeKeys)
      faults += file.lesson.networkUses.compactMap { use in
        vocabulary.complaint(about: use).map { ContentFault($0, at: use.location) }
      }
      if let source = file.lesson.source {
        faults += CharacterRules.faults(in: source)
        if file.language == .simplifiedChinese {
          faults += ChinesePunctuation.faults(in: source)
        }
      }
    }
    faults += CourseRules.faults(in: read.files)
    if languages.contains(.english) {
      faults += TranslationRules.faults(in: read.files, translations: languages)
    }
    if let (glossary, glossaryFaults) = Glossary.load(contentDirectory: contentDirectory) {
      faults += glossaryFaults
      faults += GlossaryRules.faults(in: read.files, glossary: glossary)
    }
    return Set(faults).sorted(by: ContentFault.isBefore)
  }

  private static func recipeFaults(
    in lesson: ParsedLesson, check: RecipeCheck
  ) -> [ContentFault] {
    lesson.recipeUses.compactMap { use in
      check(use.key, use.value).map { ContentFault($0, at: use.location) }
    }
  }
}
