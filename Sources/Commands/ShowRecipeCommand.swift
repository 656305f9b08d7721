import Compression
import Lab
import Localization

/// `nibble show recipe`: a recipe in other words.
enum ShowRecipeCommand {
  static let syntax = CommandSyntax(
    call: "nibble show recipe",
    abstract: """
      Prints a recipe, complete with its defaults, or as a Python program for Keras or PyTorch that \
      does the same to the same network. Where a framework cannot do a setting, says which and why, \
      and exits with status 1.
      """,
    options: [
      .value("--set", "KEY=VALUE", "a setting of the recipe", repeats: true),
      .value(
        "--as", "NAME",
        "write a program for one of " + CodeDialect.allCases.map(\.rawValue).joined(separator: ", ")
      ),
      .switch("--json", "print the recipe as JSON"),
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let recipe = try MeasureCommand.recipe(arguments)
    guard let name = arguments.value("--as") else {
      Console.output(
        arguments.has("--json")
          ? recipe.json.text + "\n"
          : recipe.settings.map { "\($0.key)=\($0.value)\n" }.joined())
      return ExitStatus.success
    }
    guard let dialect = CodeDialect(rawValue: name) else {
      throw CommandFailure.usage(
        "--as must be one of " + CodeDialect.allCases.map(\.rawValue).joined(separator: ", ")
          + ", not '\(name)'")
    }
    guard !arguments.has("--json") else {
      throw CommandFailure.usage("--as prints a program, not JSON; leave --json out")
    }
    let code = try RecipeCode(recipe, as: dialect)
    if let program = code.program {
      Console.output(program)
      return ExitStatus.success
    }
    for obstacle in code.obstacles {
      Console.output("\(obstacle.setting): \(obstacle.reason(.english))\n")
    }
    let others = try CodeDialect.allCases.filter {
      try $0 != dialect && RecipeCode(recipe, as: $0).obstacles.isEmpty
    }
    for other in others { Console.output("--as \(other.rawValue) can do this recipe\n") }
    return ExitStatus.checkFailed
  }
}
