import Compression
import Curriculum
import Foundation
import Localization
import NeuralNetwork
import Study
import TerminalDriver

/// `nibble doctor`: what this terminal, machine and data directory can do, and what would help.
@MainActor
enum DoctorCommand {
  static let syntax = CommandSyntax(
    call: "nibble doctor",
    abstract: """
      Looks at the terminal, the processor, the content and your progress, and says what to do \
      about what is missing. Exit status 1 when something needs attention.
      """,
    options: [
      .value("--db", "FILE", "the file of your progress (default: in the XDG data directory)"),
      ContentOptions.content, ContentOptions.data, ContentOptions.model,
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    var isFine = true
    func report(_ subject: String, _ finding: () throws -> String) {
      do {
        Console.output("ok      \(subject): \(try finding())\n")
      } catch {
        isFine = false
        Console.output("look at \(subject): \(error)\n")
      }
    }
    report("terminal") {
      let terminal = try TerminalCapabilities.inspect()
      let characters =
        terminal.unicode
        ? "Unicode" : "ASCII only (set LANG to a UTF-8 locale such as C.UTF-8 for more)"
      return "\(terminal.name), \(terminal.colors) colours, \(characters)"
    }
    report("processor") {
      "\(Processor.name), \(Parallel.processorCount) threads, built for \(InstructionSet.name)"
    }
    report("lessons") {
      let library = try ContentOptions.library(arguments)
      return "\(library.chapters(in: .english).count) chapters in English, "
        + "\(library.chapters(in: .simplifiedChinese).count) in Chinese"
    }
    report("data") {
      let directory = try ContentOptions.dataDirectory(arguments)
      let test = try FashionMNIST.test(in: directory)
      return "\(test.count) test images in \(directory)"
    }
    report("network") {
      let file = try ContentOptions.modelFile(arguments)
      let network = try NetworkFile.read(file)
      return "\(network.parameterCount) parameters in \(file)"
    }
    report("progress") {
      let path =
        arguments.value("--db")
        ?? ProgressStore.defaultPath(environment: ProcessInfo.processInfo.environment)
      guard FileManager.default.fileExists(atPath: path) else { return "\(path) (not begun)" }
      guard access(path, R_OK | W_OK) == 0 else {
        throw CommandFailure.environment("\(path) may not be written; name another with --db")
      }
      return path
    }
    return isFine ? ExitStatus.success : ExitStatus.checkFailed
  }
}
