import TerminalCanvas

/// `nibble show`: prints one thing, which its first word names.
enum ShowCommand {
  /// One thing that can be shown.
  private struct Topic: Sendable {
    let name: String
    let summary: String
    let run: @Sendable ([String]) throws -> Int32
  }

  /// What can be shown, in the order of the help text.
  private static let topics: [Topic] = [
    Topic(
      name: "recipe", summary: "a recipe, or the same as a program for Keras or PyTorch",
      run: ShowRecipeCommand.run),
    Topic(
      name: "step", summary: "one output of the integer network, step by step",
      run: ShowStepCommand.run),
  ]

  static func run(_ words: [String]) throws -> Int32 {
    if let topic = topics.first(where: { $0.name == words.first }) {
      return try topic.run(Array(words.dropFirst()))
    }
    if words.contains("--help") || words.contains("-h") {
      let lines = topics.map { topic in
        "  \(TextFitting.pad(topic.name, to: 8))\(topic.summary)\n"
      }.joined()
      Console.output(
        "usage: nibble show TOPIC [options]\n\ntopics:\n\(lines)\n"
          + "`nibble show TOPIC --help` explains a topic.\n")
      return ExitStatus.success
    }
    let names = topics.map(\.name).joined(separator: ", ")
    throw CommandFailure.usage(
      words.first.map { "nibble show has no topic '\($0)'; there are \(names)" }
        ?? "nibble show needs a topic: \(names)")
  }
}
