import BundledContent
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Study
import TerminalCanvas
import TerminalDriver
import TutorApp

/// `nibble` without a command: the tutor.
@MainActor
enum TutorCommand {
  static let syntax = CommandSyntax(
    call: "nibble", abstract: "Opens the tutor where you left it.",
    options: [
      ContentOptions.language,
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      .switch("--ascii", "draw with ASCII only"),
      .switch("--no-color", "do without colours, as NO_COLOR does"),
      .switch("--no-mouse", "leave the mouse to the terminal"),
      .switch("--home", "start at the home screen instead of where you left"),
      ContentOptions.content, ContentOptions.data, ContentOptions.network,
      ContentOptions.model,
    ])

  /// The names of the plots that the tutor's lab can show.
  nonisolated static let plots = LabPanels.plots

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    let environment = ProcessInfo.processInfo.environment
    // The terminal is looked at before the store, so that a call without one changes no file.
    let wake = WakeSignal()
    let options = TerminalOptions(
      noColor: arguments.has("--no-color"), ascii: arguments.has("--ascii") ? true : nil,
      mouse: !arguments.has("--no-mouse"))
    do {
      _ = try TerminalCapabilities.inspect(options: options)
    } catch {
      throw CommandFailure.environment("\(error)")
    }
    // Content that cannot be used must not leave a new progress file behind either.
    let directory = try ContentOptions.contentDirectory(arguments)
    let guess = try ContentOptions.language(arguments)
    var library = try ContentOptions.firstLibrary(arguments, in: guess)
    let (store, storeNotice) = try openStore(arguments, environment)
    let terminal: NcursesTerminal
    do {
      terminal = try NcursesTerminal(options: options, wake: wake)
    } catch {
      throw CommandFailure.environment("\(error)")
    }
    defer { terminal.close() }

    let kept = try Preferences(of: store)
    var preferences = kept ?? Preferences()
    if arguments.value("--lang") != nil || kept == nil {
      preferences.language = guess
    }
    if preferences.language != guess {
      library = try ContentOptions.firstLibrary(arguments, in: preferences.language)
    }
    let now = Date().timeIntervalSince1970
    var context = TutorContext(
      preferences: preferences, library: library,
      progress: try StudyProgress(of: store, at: now), now: now,
      terminalIsUnicode: terminal.capabilities.unicode,
      terminalHasShades: terminal.capabilities.colors >= 256)
    context.notice = storeNotice
    let positions =
      arguments.has("--home") ? [] : ScreenRestoration.positions(in: try store.position())
    let model = TutorModel(
      context: context, screens: ScreenRestoration.screens(for: positions, context),
      size: terminal.size)
    let mailbox = Mailbox(wake: wake)
    let activity = ForegroundActivity()
    let files = LaboratoryFiles(
      dataDirectory: try ContentOptions.bundledDataDirectory(arguments),
      modelFile: try ContentOptions.bundledModelFile(of: .baseline, arguments))
    let source = LaboratorySource(
      model: try chosenModel(arguments), data: arguments.value("--data"))
    let laboratory = BackgroundScheduler(
      activity: activity, status: { mailbox.post(.message(.laboratory($0))) },
      reply: { mailbox.post(.reply($0, $1)) }, open: files.open)
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: mailbox, store: store, laboratory: laboratory,
      model: model, options: TutorRuntime.Options(noColor: arguments.has("--no-color")),
      activity: activity)
    let signal = runtime.run {
      laboratory.load(source)
      // The other language, and what it lends to untranslated parts.
      activity.begin()
      DispatchQueue.global(qos: .utility).async {
        mailbox.post(
          .message(.library(CourseLibrary.load(contentDirectory: directory).library)))
        activity.end()
      }
    }
    terminal.close()
    if let storeNotice { Console.message(storeNotice) }
    return signal.map(ExitStatus.signal) ?? ExitStatus.success
  }

  /// The network's file, unless it is the one that the lessons speak of.
  private static func chosenModel(_ arguments: ParsedArguments) throws(CommandFailure) -> String? {
    let network = try ContentOptions.builtInNetwork(arguments)
    if let explicit = arguments.value("--model") { return explicit }
    return network == .baseline ? nil : try ContentOptions.bundledModelFile(of: network, arguments)
  }

  /// Opens the progress store, or says in one line why it cannot be used.
  static func openStore(
    _ arguments: ParsedArguments, _ environment: [String: String]
  ) throws(CommandFailure) -> (ProgressStore, notice: String?) {
    let path = arguments.value("--db") ?? ProgressStore.defaultPath(environment: environment)
    do {
      return try ProgressStore.open(path: path, now: Date().timeIntervalSince1970)
    } catch {
      throw .environment("\(error)")
    }
  }
}
