import Compression
import Curriculum
import Foundation
import Localization
import Study
import TerminalCanvas

/// `nibble stats`: what was read, answered and guessed so far, and the store behind it.
@MainActor
enum StatsCommand {
  static let syntax = CommandSyntax(
    call: "nibble stats",
    abstract: """
      Prints what you have read, answered and guessed so far, and what falls due.
      """,
    options: [
      .switch("--json", "print as JSON"),
      .value("--set", "KEY=VALUE", "change a setting of your studies, see below", repeats: true),
      .switch("--rebuild", "first compute every card anew from the log of answers"),
      .value("--replay", "FILE", "schedule the review histories in FILE, without your progress"),
      .value("--export", "FILE", "write all progress to FILE as JSON; - is standard output"),
      .value("--import", "FILE", "add the progress in FILE to yours, nothing twice"),
      ContentOptions.language,
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      ContentOptions.content,
    ], footer: SettingText.help + "\n" + StatsJSON.keys)

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let exclusive = ["--replay", "--export", "--import"].filter { arguments.value($0) != nil }
    guard exclusive.count <= 1 else {
      throw CommandFailure.usage("\(exclusive.joined(separator: " and ")) cannot be given together")
    }
    if let file = arguments.value("--replay") { return try replay(file, arguments) }
    let language = try ContentOptions.language(arguments)
    // A file that cannot be used is refused before a store is made.
    let archive = try arguments.value("--import").map(ProgressTransfer.read)
    let (store, notice) = try TutorCommand.openStore(
      arguments, ProcessInfo.processInfo.environment)
    if let notice { Console.message(notice) }
    if let archive {
      Console.output(try ProgressTransfer.add(archive, to: store, language) + "\n")
      return ExitStatus.success
    }
    if let file = arguments.value("--export") {
      try ProgressTransfer.write(store, to: file, language)
      return ExitStatus.success
    }
    let changes = arguments.all("--set")
    if !changes.isEmpty {
      var settings = try store.studySettings()
      for change in changes { try SettingText.apply(change, to: &settings) }
      _ = try store.perform(.setStudySettings(settings), at: Date().timeIntervalSince1970)
    }
    if arguments.has("--rebuild") {
      try store.rebuildCards()
      let (cards, entries) = (try store.cards().count, try store.logLength())
      Console.message(
        Phrase("\(cards) cards computed from \(entries) log entries")(language))
    }
    let chapters = try ContentOptions.library(arguments).chapters(in: language)
    let report = try store.report(
      chapters.map { ChapterItems(chapterID: $0.id, itemIDs: $0.quizItems.map(\.id)) },
      at: Date().timeIntervalSince1970)
    let seen = Set(try store.questionsSeen().filter(\.value.wasRevealed).keys)
    if arguments.has("--json") {
      Console.output(
        StatsJSON.value(report, chapters: chapters, seen: seen).text + "\n")
    } else {
      let text = StatsText(language: language, report: report, chapters: chapters, seen: seen)
      for line in text.lines { Console.output(PlainText.sanitized(line) + "\n") }
    }
    return ExitStatus.success
  }

  private static func replay(
    _ file: String, _ arguments: ParsedArguments
  ) throws(CommandFailure) -> Int32 {
    let replay = try SchedulerReplay(try ProgressTransfer.bytes(of: file))
    if arguments.has("--json") {
      Console.output(replay.result.text + "\n")
      return ExitStatus.success
    }
    let found = replay.differences
    Console.output("\(found.cases) cases, \(found.reviews) reviews\n")
    if found.compared > 0 {
      Console.output(
        """
        the file's own values differ by at most \(found.memory) in stability and difficulty, \
        \(found.due) s in due times; \(found.otherStates) states are others

        """)
    }
    return ExitStatus.success
  }
}
