import Compression
import Foundation
import Lab
import NeuralNetwork
import TutorApp

/// `nibble measure`: compresses the network by one recipe and measures what that does.
enum MeasureCommand {
  static let syntax = CommandSyntax(
    call: "nibble measure",
    abstract: """
      Compresses the network by one recipe and measures accuracy, bytes and latency on the \
      Fashion-MNIST test images.
      """,
    options: [
      .value("--set", "KEY=VALUE", "a setting of the recipe", repeats: true),
      ContentOptions.model, ContentOptions.data, ContentOptions.content,
      .value("--images", "N", "measure on the first N test images (default: all)"),
      .value("--threads", "N", "threads (default: all allowed processors)"),
      .switch("--json", "print the measurement as JSON"),
    ], footer: keysText)

  private static var keysText: String {
    "keys of the recipe:\n"
      + RecipeKey.all.map { key in
        "  \(key.name): \(key.allowed) (default \(key.defaultValue))"
      }.joined(separator: "\n")
      + "\na layer may overrule weight settings, as in weights.bits@conv2d=8"
  }

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let recipe = try recipe(arguments)
    let images = try arguments.value("--images").map { _ in
      try arguments.integer("--images", in: 1...1_000_000, default: 1)
    }
    let threads = try arguments.integer(
      "--threads", in: 1...256, default: Parallel.processorCount)
    let laboratory = try laboratory(arguments, threads: threads)
    if let images, images > laboratory.test.count {
      throw CommandFailure.usage(
        "--images must be a whole number from 1 to \(laboratory.test.count), not '\(images)'")
    }
    let interrupt = InterruptFlag()
    // Progress is told on the thread that measures, which is this one.
    nonisolated(unsafe) let bar = TrainingProgressBar()
    let measurement: Lab.Measurement
    do {
      measurement = try laboratory.measure(
        recipe, images: images, isCancelled: { interrupt.signal != nil },
        progress: { bar.show($0) })
    } catch LabError.cancelled {
      bar.finish()
      Console.message("stopped; nothing was measured")
      return ExitStatus.signal(interrupt.signal ?? SIGINT)
    }
    bar.finish()
    Console.output(
      arguments.has("--json")
        ? measurement.json.text + "\n"
        : table(of: measurement, float: try laboratory.size(of: Recipe(), formats: [.dense])))
    return ExitStatus.success
  }

  /// The recipe of the `--set` options.
  static func recipe(_ arguments: ParsedArguments) throws(CommandFailure) -> Recipe {
    do {
      let recipe = try Recipe(line: arguments.all("--set").joined(separator: " "))
      try recipe.checkCombination()
      return recipe
    } catch {
      throw CommandFailure.usage("\(error)")
    }
  }

  /// The laboratory for the model and data that the arguments name.
  static func laboratory(_ arguments: ParsedArguments, threads: Int) throws -> Laboratory {
    let network = try NetworkFile.read(try ContentOptions.modelFile(arguments))
    let data = try ContentOptions.dataDirectory(arguments)
    let test = try FashionMNIST.test(in: data)
    return Laboratory(
      network: network, test: test, threads: threads,
      training: { try FashionMNIST.training(in: data) })
  }

  private static func table(of measurement: Lab.Measurement, float: NetworkSize) -> String {
    let outcome = measurement.outcome
    let size = measurement.size
    let band = measurement.band
    let baseline = Double(outcome.baselineCorrect) / Double(outcome.images)
    var lines: [String] = []
    func add(_ title: String, _ text: String) {
      lines.append(title + String(repeating: " ", count: max(1, 15 - title.count)) + text)
    }
    add("recipe", measurement.recipe.line.isEmpty ? "(nothing)" : measurement.recipe.line)
    let interval =
      "\(ClaimText.percent(band.lower)) to \(ClaimText.percent(band.upper))"
    add(
      "accuracy",
      "\(ClaimText.percent(measurement.accuracy))  (\(outcome.correct) of "
        + "\(outcome.images); 95 % band \(interval))")
    add(
      "baseline",
      "\(ClaimText.percent(baseline))  (\(outcome.baselineCorrect)); "
        + "\(outcome.flips.count) predictions differ")
    add(
      "parameters",
      "\(ClaimText.grouped(size.parameters)); "
        + "\(ClaimText.percent(size.sparsity)) of the kernels' weights are zero")
    add("MACs", "\(ClaimText.grouped(size.macs)) an image")
    for format in StorageFormat.allCases {
      guard let bytes = size.bytes[format] else { continue }
      let share = Double(bytes) / Double(float.bytes[.dense] ?? 1)
      add(
        "bytes \(format.rawValue)",
        ClaimText.grouped(bytes) + String(format: "  (%.3f of float32)", share))
    }
    for (kernel, time) in measurement.latency.sorted(by: { $0.key < $1.key }) {
      add(
        "latency", "\(kernel) " + String(format: "%.1f", time) + " µs an image, batch 1, one thread"
      )
    }
    for layer in size.layers {
      let ratio =
        layer.signalToNoise.isFinite
        ? String(format: "%.1f dB SQNR", layer.signalToNoise) : "not rounded"
      let shape = layer.shape.map(String.init).joined(separator: "×")
      add(
        layer.name,
        "\(shape)  \(layer.bits) bits  \(ClaimText.percent(layer.sparsity)) zeros  \(ratio)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
