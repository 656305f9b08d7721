/// The program's command line: picks the sub-command and turns failures into one line and a status.
@MainActor
package enum NibbleCommand {
  /// One sub-command.
  struct SubCommand {
    /// The word that calls it.
    let name: String
    /// What it does, in a few words.
    let summary: String
    /// Runs it with the words behind its name.
    let run: @MainActor ([String]) throws -> Int32
  }

  static let subCommands: [SubCommand] = [
    SubCommand(
      name: "lesson", summary: "print the chapters, or one of them", run: LessonCommand.run),
    SubCommand(name: "quiz", summary: "answer quiz items line by line", run: QuizCommand.run),
    SubCommand(name: "train", summary: "train a built-in network", run: TrainCommand.run),
    SubCommand(
      name: "measure", summary: "compress by one recipe and measure", run: MeasureCommand.run),
    SubCommand(name: "bench", summary: "measure the engine's speed", run: BenchCommand.run),
    SubCommand(
      name: "sweep", summary: "measure many recipes into a file", run: SweepCommand.run),
    SubCommand(
      name: "export", summary: "write the compressed network to a file", run: ExportCommand.run),
    SubCommand(
      name: "import", summary: "turn a packed file into safetensors", run: ImportCommand.run),
    SubCommand(
      name: "show", summary: "print a recipe as a program, or one step of the integer network",
      run: ShowCommand.run),
    SubCommand(
      name: "check", summary: "lint the lessons and run their claims", run: CheckCommand.run),
    SubCommand(name: "stats", summary: "what you have done so far", run: StatsCommand.run),
    SubCommand(
      name: "export-cards", summary: "write a deck of cards that Anki imports",
      run: ExportCardsCommand.run),
    SubCommand(
      name: "doctor", summary: "what this terminal and machine can do", run: DoctorCommand.run),
  ]

  /// Runs the program with its arguments, its own name left out, and returns the exit status.
  package static func run(_ arguments: [String]) -> Int32 {
    do {
      guard let first = arguments.first, !first.hasPrefix("-") else {
        if arguments.contains("--help") || arguments.contains("-h") {
          Console.output(helpText)
          return ExitStatus.success
        }
        return try TutorCommand.run(arguments)
      }
      if first == "help" {
        Console.output(helpText)
        return ExitStatus.success
      }
      guard let command = subCommands.first(where: { $0.name == first }) else {
        throw CommandFailure.usage(
          "unknown command '\(first)'; there are "
            + subCommands.map(\.name).joined(separator: ", "))
      }
      return try command.run(Array(arguments.dropFirst()))
    } catch let failure as CommandFailure {
      Console.message(failure.description)
      return failure.status
    } catch {
      // Errors without a status of their own come from files that could not be used.
      Console.message("\(error)")
      return ExitStatus.badData
    }
  }

  static var helpText: String {
    var text = """
      usage: nibble [options]            open the tutor
             nibble COMMAND [options]

      Nibble teaches the quantization and pruning of neural networks with questions and answers,
      live experiments on a network inside the program, and a quiz with spaced repetition.

      commands:

      """
    let column = (subCommands.map(\.name.count).max() ?? 0) + 2
    for command in subCommands {
      text += "  \(command.name)\(String(repeating: " ", count: column - command.name.count))"
      text += "\(command.summary)\n"
    }
    text += "\noptions of the tutor:\n"
    text += TutorCommand.syntax.helpText.split(separator: "options:\n", maxSplits: 1).last ?? ""
    text += "\n`nibble COMMAND --help` explains a command.\n"
    return text
  }
}
