import Curriculum
import Localization

/// A lesson whose one explanation holds a given text, for looking at blocks.
enum ExplanationLesson {
  /// The line on which the given text begins.
  static let firstLine = 13

  /// The lesson's source.
  static func source(_ markdown: String) -> String {
    """
    # Title
    <!-- chapter: sample -->

    Introduction.

    ## Questions

    ### Why?
    <!-- question: sample.why; level: mid; asked: often -->

    #### Explanation

    \(markdown)

    """
  }

  /// The blocks of the text as lines.
  static func blocks(_ markdown: String) -> String {
    let parsed = ChapterParser.parse(
      source: source(markdown), file: "en/01-x.md", language: .english)
    return BlockPrinter.print(parsed.chapter?.questions.first?.explanation ?? [])
  }

  /// The faults that stand inside of the text, as `line:column: message` counted from its beginning.
  static func faults(_ markdown: String) -> [String] {
    let parsed = ChapterParser.parse(
      source: source(markdown), file: "en/01-x.md", language: .english)
    return parsed.faults.filter { $0.location.line >= firstLine }.map {
      "\($0.location.line - firstLine + 1):\($0.location.column): \($0.message)"
    }
  }
}

/// The faults of the English sample after one change, as `line:column: message`.
func faultsAfterReplacing(_ old: String, with new: String) -> [String] {
  let text = SampleLesson.english
  precondition(text.contains(old), "The sample holds the text to be replaced.")
  let changed = text.replacing(old, with: new, maxReplacements: 1)
  return ChapterParser.parse(source: changed, file: "en/01-sample.md", language: .english).faults
    .map { "\($0.location.line):\($0.location.column): \($0.message)" }
}

/// The faults of the English recall lesson after one change, as `line:column: message`.
func recallFaultsAfterReplacing(_ old: String, with new: String) -> [String] {
  let text = RecallLesson.english
  precondition(text.contains(old), "The sample holds the text to be replaced.")
  let changed = text.replacing(old, with: new, maxReplacements: 1)
  return ChapterParser.parse(source: changed, file: "en/02-recall.md", language: .english).faults
    .map { "\($0.location.line):\($0.location.column): \($0.message)" }
}
