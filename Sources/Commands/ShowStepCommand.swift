import Compression
import Foundation
import Lab
import Localization
import NeuralNetwork

/// `nibble show step`: one output of one layer of the integer network, from codes to code.
enum ShowStepCommand {
  /// The recipe that the settings start from: the least that makes the network run in integers.
  static let start = "weights.bits=8 activations.bits=8"

  static let syntax = CommandSyntax(
    call: "nibble show step",
    abstract: """
      Shows how one output of a layer comes about in integers alone, as in Jacob et al. 2018: codes, \
      bias, 32-bit sum, fixed-point multiplier and shift, clamp, and the value beside float.
      """,
    options: [
      .value("--layer", "NAME", "the layer, such as conv2d (default: the first)"),
      .value("--image", "N", "the test image, from 0 (default 0)"),
      .value(
        "--output", "R,C,F", "row, column, filter before pooling; or the unit of a dense layer"),
      .value("--set", "KEY=VALUE", "a setting of the recipe, on top of \(start)", repeats: true),
      .value("--terms", "N", "products to print, the largest first (default 16)"),
      ContentOptions.network, ContentOptions.model, ContentOptions.data, ContentOptions.content,
      .value("--threads", "N", "threads (default: all allowed processors)"),
      .switch("--json", "print everything as JSON, all products included"),
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let image = try arguments.integer("--image", in: 0...1_000_000, default: 0)
    let terms = try arguments.integer("--terms", in: 0...100_000, default: 16)
    let threads = try arguments.integer(
      "--threads", in: 1...256, default: Parallel.processorCount)
    let recipe = try MeasureCommand.recipe(arguments, startingFrom: start)
    let laboratory = try MeasureCommand.laboratory(arguments, threads: threads)
    let inspection: StepInspection
    do {
      let network = try laboratory.fixedPointNetwork(of: recipe)
      let name = arguments.value("--layer") ?? network.weightedLayers.first?.name ?? ""
      let shape = network.weightedLayers.first { $0.name == name }?.outputShape ?? []
      inspection = try laboratory.inspect(
        recipe, layer: name, place: try place(arguments.value("--output"), shape: shape),
        image: image)
    } catch let error as FixedPointError {
      throw CommandFailure.usage("\(error)")
    } catch let error as LabError {
      throw CommandFailure.usage("\(error)")
    }
    Console.output(
      arguments.has("--json")
        ? inspection.json(recipe: recipe, image: image).text + "\n"
        : text(of: inspection, recipe: recipe, image: image, terms: terms))
    return ExitStatus.success
  }

  /// The place that was typed, or the middle of the output.
  private static func place(_ text: String?, shape: [Int]) throws(CommandFailure) -> [Int] {
    guard let text else { return shape.map { $0 / 2 } }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.count <= 3 else {
      throw .usage("--output must be whole numbers joined by commas, not '\(text)'")
    }
    return numbers
  }

  private static func text(
    of inspection: StepInspection, recipe: Recipe, image: Int, terms shown: Int
  ) -> String {
    let step = inspection.step
    let place = step.place.map(String.init).joined(separator: ",")
    let shape = step.outputShape.map(String.init).joined(separator: "×")
    var lines = [
      "\(step.layer) at \(place) of \(shape), test image \(image), \(recipe.line)", "",
    ]
    func add(_ title: String, _ text: String) {
      lines.append(title.padding(toLength: 13, withPad: " ", startingAt: 0) + text)
    }
    add("input", "code − \(step.input.zeroPoint), times \(short(Double(step.input.scale)))")
    add("weight", "code − \(step.weightZeroPoint), times \(short(Double(step.weightScale)))")
    add(
      "bias",
      "\(step.realBias) / (input scale · weight scale) = \(NumberText.grouped(Int(step.bias)))")
    lines += ["", "  input place      input code   weight code       product"]
    let ranked = step.terms.enumerated().sorted {
      ($0.element.product.magnitude, $1.offset) > ($1.element.product.magnitude, $0.offset)
    }
    let chosen = ranked.prefix(shown).map(\.offset).sorted().map { step.terms[$0] }
    for term in chosen {
      let place = term.place.map(String.init).joined(separator: ",")
      lines.append(
        "  " + place.padding(toLength: 14, withPad: " ", startingAt: 0)
          + right(term.input, 13) + right(term.weight, 14) + right(term.product, 14))
    }
    if chosen.count < step.terms.count {
      let rest =
        step.terms.reduce(Int64(0)) { $0 + Int64($1.product) }
        - chosen.reduce(Int64(0)) { $0 + Int64($1.product) }
      lines.append(
        "  "
          + "\(step.terms.count - chosen.count) more".padding(
            toLength: 41, withPad: " ", startingAt: 0) + right(rest, 14))
    }
    lines.append(
      "  " + "bias".padding(toLength: 41, withPad: " ", startingAt: 0) + right(step.bias, 14))
    lines.append(
      "  " + "sum (int32)".padding(toLength: 41, withPad: " ", startingAt: 0)
        + right(step.accumulator, 14))
    lines.append("")
    if let requantized = step.requantization {
      let output = requantized.output
      add("output scale", short(Double(output.scale)))
      add(
        "multiplier",
        "input scale · weight scale / output scale = \(short(requantized.multiplier.real))")
      let shift = requantized.multiplier.totalShift
      add("", "= \(requantized.multiplier.multiplier) / 2^\(shift)")
      add("× multiplier", "\(NumberText.grouped(Int(requantized.product)))  (64 bits)")
      add(">> \(shift)", "\(requantized.rounded)  (rounded)")
      let held = requantized.isClamped ? ", held at the end" : ""
      add(
        "clamp",
        "\(requantized.rounded) + \(output.zeroPoint) to "
          + "\(output.least) … \(output.greatest)\(held)")
      add("output code", "\(requantized.code)")
    } else {
      add("logit", "the sum times \(short(step.sumScale)); nothing is rounded")
    }
    add("stands for", "\(step.value)")
    add("simulated", "\(inspection.simulatedValue)  (the same rounding, computed in float)")
    add("float", "\(inspection.floatValue)  (nothing rounded)")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func short(_ value: Double) -> String { String(format: "%.6g", value) }

  private static func right(_ value: some BinaryInteger, _ width: Int) -> String {
    let text = NumberText.grouped(Int(value))
    return String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
