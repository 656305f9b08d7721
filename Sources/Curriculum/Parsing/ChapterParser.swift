package import Localization

/// Reads a lesson file into a chapter.
package enum ChapterParser {
  /// Parses a lesson.
  ///
  /// All faults are found in one run. The chapter holds whatever could be used; it is nil when the
  /// text is no lesson at all.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - file: The file's path for messages; its name gives the number and the stem.
  ///   - language: The language of the text, which decides the names of the sections.
  package static func parse(
    source: String, file: String, language: Language
  ) -> (chapter: Chapter?, faults: [ContentFault]) {
    parse(bytes: Array(source.utf8), file: file, language: language)
  }

  /// Parses the bytes of a lesson file, which need not be valid UTF-8.
  package static func parse(
    bytes: [UInt8], file: String, language: Language
  ) -> (chapter: Chapter?, faults: [ContentFault]) {
    let lesson = lesson(bytes: bytes, file: file, language: language)
    return (lesson.chapter, lesson.faults)
  }

  /// Parses a lesson with all that the linter needs to know of it.
  static func lesson(bytes: [UInt8], file: String, language: Language) -> ParsedLesson {
    let (clean, encodingFaults) = LessonText.normalized(bytes, file: file)
    guard let clean else { return ParsedLesson(faults: encodingFaults) }
    let lines = LineTable(clean)
    let limitFaults = InputLimits.faults(in: lines, file: file)
    guard limitFaults.isEmpty else { return ParsedLesson(faults: encodingFaults + limitFaults) }

    let source = LessonSource(
      file: file, bytes: clean, textRuns: CommonMark.textRuns(in: clean))
    let document: MarkdownNode
    do throws(CommonMark.NestingError) {
      document = try CommonMark.parse(source.masked)
    } catch {
      let message =
        "lists, quotations or marks are nested more than \(CommonMark.maxDepth) deep"
      let fault = ContentFault(message, at: SourceLocation(file: file, line: error.line))
      return ParsedLesson(source: source, faults: encodingFaults + [fault])
    }
    var builder = LessonBuilder(source: source, language: language)
    let chapter = builder.chapter(document)
    let faults = encodingFaults + builder.faults
    return ParsedLesson(
      chapter: chapter, source: source, faults: faults.sorted(by: ContentFault.isBefore),
      outline: builder.outline, recipeUses: builder.recipeUses, networkUses: builder.networkUses,
      references: builder.references, passages: builder.passages)
  }
}

/// Everything that was read from one lesson file.
struct ParsedLesson: Sendable {
  /// The chapter, if there is one.
  var chapter: Chapter?
  /// The text, unless it was refused.
  var source: LessonSource?
  /// What is wrong, in the order of the text.
  var faults: [ContentFault]
  /// The elements with what must be the same in every language.
  var outline: [OutlineEntry] = []
  /// The recipe keys and values that occur.
  var recipeUses: [RecipeUse] = []
  /// The parts and measures of the network that occur.
  var networkUses: [NetworkUse] = []
  /// The ids that are referred to.
  var references: [Reference] = []
  /// The texts by element and part.
  var passages: [LessonPassage] = []
}

extension ContentFault {
  /// Whether a fault comes before another: by file, line, column and message.
  static func isBefore(_ left: ContentFault, _ right: ContentFault) -> Bool {
    (left.location.file, left.location.line, left.location.column, left.message)
      < (right.location.file, right.location.line, right.location.column, right.message)
  }
}
