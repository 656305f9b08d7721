import Curriculum
import Foundation
import Localization
import Presentation
import TerminalCanvas

/// `nibble lesson`: prints the list of chapters, or one chapter as text.
enum LessonCommand {
  static let syntax = CommandSyntax(
    call: "nibble lesson",
    abstract: """
      Prints the list of chapters, or one chapter with its answers, named by its number or id.
      """,
    positional: "CHAPTER",
    options: [
      ContentOptions.language,
      .value("--width", "N", "columns of the text (default: the terminal's, at most 96)"),
      .switch("--ascii", "use ASCII only"),
      ContentOptions.content,
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let language = try ContentOptions.language(arguments)
    let chapters = try ContentOptions.library(arguments).chapters(in: language)
    guard let wanted = arguments.positional else {
      for chapter in chapters {
        Console.output(
          "\(TextFitting.pad(String(chapter.number), to: 3, alignment: .right))  "
            + "\(TextFitting.pad(chapter.id, to: 14))\(chapter.title)\n")
      }
      return ExitStatus.success
    }
    guard let chapter = chapters.first(where: { $0.id == wanted || String($0.number) == wanted })
    else {
      throw CommandFailure.usage(
        "there is no chapter '\(wanted)'; there are "
          + chapters.map { "\($0.number) \($0.id)" }.joined(separator: ", "))
    }
    let available = Console.width(of: STDOUT_FILENO) ?? 80
    let width = try arguments.integer(
      "--width", in: 20...1000, default: min(available, LessonTypesetter.comfortableMeasure))
    let glyphs: GlyphSet = arguments.has("--ascii") ? .ascii : .unicode
    let lines = ChapterText(chapter: chapter, language: language, glyphs: glyphs)
      .lines(width: width)
    for line in lines {
      let text = line.map(\.text).joined()
      let printable = glyphs == .ascii ? glyphs.transliterate(text) : text
      Console.output(PlainText.sanitized(printable) + "\n")
    }
    return ExitStatus.success
  }
}
