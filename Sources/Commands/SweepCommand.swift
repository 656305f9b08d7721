import Compression
import Foundation
import Lab
import NeuralNetwork

/// `nibble sweep`: measures many recipes, one JSON object a line.
enum SweepCommand {
  static let syntax = CommandSyntax(
    call: "nibble sweep",
    abstract: """
      Measures every combination of the given values and writes one JSON object a line. Lines do not \
      depend on the machine. A file that already holds some of them is continued.
      """,
    options: [
      .value("--set", "KEY=VALUE", "a setting of all recipes", repeats: true),
      .value("--vary", "KEY=V1,V2,…", "a key with the values it takes in turn", repeats: true),
      .value(
        "--preset", "NAME", "a plan by name: \(SweepPlan.presets.joined(separator: ", "))"),
      .value("--out", "FILE", "where the lines go (default: standard output)"),
      .value("--shard", "I/N", "only every N-th recipe from the I-th on"),
      ContentOptions.network, ContentOptions.model, ContentOptions.data, ContentOptions.content,
      .value("--images", "N", "measure on the first N test images (default: all)"),
      .value("--threads", "N", "threads (default: all allowed processors)"),
      .switch("--list", "print the recipes and measure nothing"),
    ],
    footer: """
      Many machines: nibble sweep --preset bits --shard 3/8 --out bits-3.jsonl on each, then cat the \
      files. Values with commas, as of weights.layers, are separated by semicolons instead.
      """)

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let plan = try plan(arguments)
    let (index, count) = try shard(arguments.value("--shard") ?? "1/1")
    let recipes = plan.shard(index, of: count)
    if arguments.has("--list") {
      Console.output(recipes.map { $0.line + "\n" }.joined())
      return ExitStatus.success
    }
    let images = try arguments.value("--images").map { _ in
      try arguments.integer("--images", in: 1...1_000_000, default: 1)
    }
    let threads = try arguments.integer(
      "--threads", in: 1...256, default: Parallel.processorCount)
    let file = try arguments.value("--out").map { path throws(FileError) in try SweepFile(path) }
    let laboratory = try MeasureCommand.laboratory(arguments, threads: threads)
    let interrupt = InterruptFlag()
    for recipe in recipes where file?.settings.contains(recipe.line) != true {
      do {
        let measurement = try laboratory.measure(
          recipe, images: images, measuresLatency: false,
          isCancelled: { interrupt.signal != nil })
        if let file {
          try file.append(measurement)
        } else {
          Console.output(measurement.sweepLine.text + "\n")
        }
      } catch LabError.cancelled {
        Console.message("stopped; the same command goes on from here")
        return ExitStatus.signal(interrupt.signal ?? SIGINT)
      }
    }
    return ExitStatus.success
  }

  private static func plan(_ arguments: ParsedArguments) throws(CommandFailure) -> SweepPlan {
    let base = try MeasureCommand.recipe(arguments)
    do {
      if let preset = arguments.value("--preset") {
        guard arguments.all("--vary").isEmpty else {
          throw CommandFailure.usage("--preset has its own axes and takes no --vary")
        }
        return try SweepPlan(preset: preset, base: base)
      }
      return try SweepPlan(base: base, axes: arguments.all("--vary").map(axis))
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .usage("\(error)")
    }
  }

  private static func axis(
    _ word: String
  ) throws(CommandFailure) -> (key: String, values: [String]) {
    guard let equals = word.firstIndex(of: "=") else {
      throw .usage("--vary has the form KEY=V1,V2,…, not \(word)")
    }
    let values = word[word.index(after: equals)...]
    let separator: Character = values.contains(";") ? ";" : ","
    return (
      String(word[..<equals]),
      values.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    )
  }

  private static func shard(_ text: String) throws(CommandFailure) -> (index: Int, count: Int) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard words.count == 2, let index = words[0], let count = words[1], 1...100_000 ~= count,
      1...count ~= index
    else { throw .usage("--shard must be I/N with I from 1 to N, not '\(text)'") }
    return (index, count)
  }
}
