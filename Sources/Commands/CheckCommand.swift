import Compression
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Presentation

/// `nibble check`: lints the lessons and runs every claim they make.
enum CheckCommand {
  static let syntax = CommandSyntax(
    call: "nibble check",
    abstract: """
      Checks the lessons of a content folder and measures every claim on the network. Each fault is \
      a line file:line:column: message; exit status 1 when there is one.
      """,
    positional: "DIR",
    options: [
      .switch("--no-claims", "lint only"),
      ContentOptions.model, ContentOptions.data, ContentOptions.content,
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let directory = try arguments.positional ?? ContentOptions.contentDirectory(arguments)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw CommandFailure.environment("there is no folder \(directory)") }
    var faults = Linter.check(
      contentDirectory: directory, vocabulary: vocabulary, recipeKeys: recipeComplaint)
    var claimCount = 0
    if !arguments.has("--no-claims") {
      let (library, _) = CourseLibrary.load(contentDirectory: directory)
      let claims = Language.allCases.flatMap { library.chapters(in: $0) }.flatMap(\.claims)
      claimCount = claims.count
      if !claims.isEmpty {
        let laboratory = try MeasureCommand.laboratory(
          arguments, threads: Parallel.processorCount)
        faults += broken(claims, in: laboratory)
      }
    }
    for fault in sorted(faults) { Console.output(fault.description + "\n") }
    guard faults.isEmpty else {
      Console.message("\(faults.count) fault\(faults.count == 1 ? "" : "s")")
      return ExitStatus.checkFailed
    }
    Console.output("no faults, \(claimCount) claims hold\n")
    return ExitStatus.success
  }

  /// Each fault once, by place; a fallback brings the same claim in under both languages.
  private static func sorted(_ faults: [ContentFault]) -> [ContentFault] {
    Set(faults).sorted {
      ($0.location.file, $0.location.line, $0.location.column, $0.message)
        < ($1.location.file, $1.location.line, $1.location.column, $1.message)
    }
  }

  /// What is wrong with a key or a setting of a recipe, or nil.
  static func recipeComplaint(_ name: String, _ value: String?) -> String? {
    guard let key = Knob.named(name) else {
      return "\(RecipeError.unknownKey(name))"
    }
    guard let value else { return nil }
    var recipe = Recipe()
    return key.write(&recipe, value)
      ? nil : "\(RecipeError.notAllowed(key: name, value: value))"
  }

  private struct Asked: Hashable {
    let settings: [Setting]
    let quantity: String
  }

  private static func broken(_ claims: [Claim], in laboratory: Laboratory) -> [ContentFault] {
    var known: [Asked: Double] = [:]
    return claims.compactMap { claim in
      do {
        // Both languages make the same claims.
        let asked = Asked(settings: claim.settings, quantity: claim.quantity)
        let value =
          try known[asked]
          ?? laboratory.value(
            of: Quantity(claim.quantity),
            for: Recipe(settings: claim.settings.map { ($0.key, $0.value) }))
        known[asked] = value
        guard !claim.bound.holds(for: value) else { return nil }
        return ContentFault(
          "the claim does not hold: \(claim.statement), but measured \(claim.unit.text(value))",
          at: claim.location)
      } catch {
        return ContentFault("the claim cannot be checked: \(error)", at: claim.location)
      }
    }
  }

  /// The names of what the lab measures and shows.
  static let vocabulary = NetworkVocabulary(
    kernels: Recipe.layerNames.map { "\($0)/kernel" }, claimable: Quantity.claimable,
    guessable: Quantity.all.filter { !$0.isReproducible }.map(\.name),
    plots: TutorCommand.plots)
}
