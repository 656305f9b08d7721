import Compression
import Foundation
import Lab
import Localization
import NeuralNetwork
import Presentation

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
      ContentOptions.network, ContentOptions.model, ContentOptions.data, ContentOptions.content,
      .value("--images", "N", "measure on the first N test images (default: all)"),
      .value("--threads", "N", "threads (default: all allowed processors)"),
      .value(
        "--arithmetic", "NAME",
        "what the accuracy is measured in: fastest (default), simulated (float on rounded values), "
          + "fixed-point (integers alone, as in Jacob et al. 2018)"),
      .switch("--json", "print the measurement as JSON"),
    ], footer: keysText)

  private static var keysText: String {
    "keys of the recipe:\n"
      + Knob.all.map { key in
        "  \(key.name): \(key.allowed(.english)) (default \(key.defaultValue))"
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
    let arithmeticName = arguments.value("--arithmetic") ?? Arithmetic.fastest.rawValue
    guard let arithmetic = Arithmetic(rawValue: arithmeticName) else {
      let names = Arithmetic.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandFailure.usage("--arithmetic must be one of \(names), not '\(arithmeticName)'")
    }
    let laboratory = try laboratory(arguments, threads: threads)
    if let images, images > laboratory.test.count {
      throw CommandFailure.usage(
        "--images must be a whole number from 1 to \(laboratory.test.count), not '\(images)'")
    }
    let interrupt = InterruptFlag()
    // Progress is told on the thread that measures, which is this one.
    nonisolated(unsafe) let bar = TrainingProgressBar()
    var measurement: Lab.Measurement
    var simulated: Evaluation?
    do {
      measurement = try laboratory.measure(
        recipe, images: images, isCancelled: { interrupt.signal != nil },
        progress: { bar.show($0) })
      if arithmetic != .fastest {
        measurement.evaluation = try laboratory.evaluation(
          of: recipe, in: arithmetic, images: measurement.evaluation.images,
          isCancelled: { interrupt.signal != nil })
        simulated = try laboratory.evaluation(
          of: recipe, in: .simulated, images: measurement.evaluation.images,
          isCancelled: { interrupt.signal != nil })
      }
    } catch let error as FixedPointError {
      throw CommandFailure.usage("\(error)")
    } catch LabError.cancelled {
      bar.finish()
      Console.message("stopped; nothing was measured")
      return ExitStatus.signal(interrupt.signal ?? SIGINT)
    }
    bar.finish()
    if arguments.has("--json") {
      let json = measurement.json.adding(
        simulated.map {
          [
            ("arithmetic", .string(arithmetic.rawValue)),
            ("simulatedCorrect", .integer($0.correct)),
          ]
        } ?? [])
      Console.output(json.text + "\n")
      return ExitStatus.success
    }
    let float = try laboratory.size(of: Recipe(), formats: [.dense])
    let note = simulated.map { "\(arithmetic.rawValue); simulated in float \($0.correct)" }
    Console.output(table(of: measurement, float: float, arithmetic: note))
    return ExitStatus.success
  }

  /// The recipe of the `--set` options.
  static func recipe(
    _ arguments: ParsedArguments, startingFrom start: String = ""
  ) throws(CommandFailure) -> Recipe {
    do {
      let recipe = try Recipe(line: ([start] + arguments.all("--set")).joined(separator: " "))
      try recipe.checkCombination()
      return recipe
    } catch {
      throw CommandFailure.usage("\(error)")
    }
  }

  /// The laboratory for the model and data that the arguments name.
  static func laboratory(_ arguments: ParsedArguments, threads: Int) throws -> Laboratory {
    // Quantizers see the weights that run, so normalizations are folded first.
    let network = try NetworkFile.read(try ContentOptions.modelFile(arguments))
      .foldingBatchNormalization
    let data = try ContentOptions.dataDirectory(arguments)
    let test = try FashionMNIST.test(in: data)
    return Laboratory(
      network: network, test: test, threads: threads,
      training: { try FashionMNIST.training(in: data) })
  }

  private static func table(
    of measurement: Lab.Measurement, float: NetworkSize, arithmetic: String?
  ) -> String {
    let evaluation = measurement.evaluation
    let size = measurement.size
    let band = measurement.band
    let baseline = Double(evaluation.baselineCorrect) / Double(evaluation.images)
    var lines: [String] = []
    func add(_ title: String, _ text: String) {
      lines.append(title + String(repeating: " ", count: max(1, 15 - title.count)) + text)
    }
    add("recipe", measurement.recipe.line.isEmpty ? "(nothing)" : measurement.recipe.line)
    let interval =
      "\(QuantityFormat.percent(band.lower)) to \(QuantityFormat.percent(band.upper))"
    add(
      "accuracy",
      "\(QuantityFormat.percent(measurement.accuracy))  (\(evaluation.correct) of "
        + "\(evaluation.images); 95 % band \(interval))")
    if let arithmetic { add("arithmetic", arithmetic) }
    add(
      "baseline",
      "\(QuantityFormat.percent(baseline))  (\(evaluation.baselineCorrect)); "
        + "\(evaluation.flips.count) predictions differ")
    add(
      "parameters",
      "\(NumberText.grouped(size.parameters)); "
        + "\(QuantityFormat.percent(size.sparsity)) of the kernels' weights are zero")
    add("MACs", "\(NumberText.grouped(size.macs)) an image")
    for format in StorageFormat.allCases {
      guard let bytes = size.bytes[format] else { continue }
      let share = Double(bytes) / Double(float.bytes[.dense] ?? 1)
      add(
        "bytes \(format.rawValue)",
        NumberText.grouped(bytes) + String(format: "  (%.3f of float32)", share))
    }
    if let report = measurement.latencySpread {
      for series in report.series {
        let times = series.distribution
        add(
          "latency",
          (series.subject == .baseline ? "baseline " : "") + series.kernel
            + String(format: " %.1f µs an image", times.median)
            + String(
              format: "  (quartiles %.1f to %.1f; batch %d)", times.lowerQuartile,
              times.upperQuartile, series.batch))
      }
      add("measured on", "\(report.processor), \(report.instructionSet), one thread")
    }
    for layer in size.layers {
      let ratio =
        layer.signalToNoise.isFinite
        ? String(format: "%.1f dB SQNR", layer.signalToNoise) : "not rounded"
      let shape = layer.shape.map(String.init).joined(separator: "×")
      add(
        layer.name,
        "\(shape)  \(layer.bits) bits  \(QuantityFormat.percent(layer.sparsity)) zeros  \(ratio)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension JSONValue {
  /// An object with more members at its end.
  fileprivate func adding(_ more: [(key: String, value: JSONValue)]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }
}
