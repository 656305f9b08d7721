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

    /// Makes thresholds; those of the course unless others are given.
    package init(questions: Int = 8, quizItems: Int = 8, experiments: Int = 2) {
      self.questions = questions
      self.quizItems = quizItems
      self.experiments = experiments
    }
  }

  /// Finds everything that is wrong with the lessons below a content folder.
  ///
  /// - Parameters:
  ///   - contentDirectory: The folder that holds one folder for each language.
  ///   - languages: The languages to check; with several, translations are compared.
  ///   - thresholds: How much a chapter must hold at least.
  ///   - recipeKeys: Tells what is wrong with a recipe's key or setting.
  /// - Returns: The faults in the order of file, line and column.
  package static func check(
    contentDirectory: String, languages: [Language] = Language.allCases,
    thresholds: Thresholds = Thresholds(), recipeKeys: RecipeCheck
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
      faults += ChapterRules.faults(in: file.lesson, thresholds: thresholds)
      faults += recipeFaults(in: file.lesson, check: recipeKeys)
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
