import Compression
import Curriculum
import Foundation
import Localization

/// `nibble export-cards`: the lessons as a deck that Anki imports.
@MainActor
enum ExportCardsCommand {
  static let syntax = CommandSyntax(
    call: "nibble export-cards",
    abstract: """
      Writes every question and quiz item as a flash card, in the text form that Anki imports \
      (File, Import). Importing again updates the cards and keeps what Anki knows of them.
      """,
    options: [
      .value("--out", "FILE", "the file to write (default: standard output)"),
      ContentOptions.language, ContentOptions.content,
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let language = try ContentOptions.language(arguments)
    let chapters = try ContentOptions.library(arguments).chapters(in: language)
    let deck = CardDeck(chapters: chapters, language: language)
    guard let file = arguments.value("--out") else {
      Console.output(deck.text)
      return ExitStatus.success
    }
    do {
      try FileBytes.writeAtomically([UInt8](deck.text.utf8), to: file)
    } catch {
      throw CommandFailure.environment("\(error)")
    }
    Console.message("\(deck.notes.count) cards written to \(file)")
    return ExitStatus.success
  }
}
