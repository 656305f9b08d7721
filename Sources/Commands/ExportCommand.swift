import Compression
import Foundation
import Lab
import NeuralNetwork

/// `nibble export`: writes the compressed network for other programs.
enum ExportCommand {
  static let formats = ["safetensors", "onnx", "packed"]
  static let encodings = StorageFormat.allCases.map(\.rawValue) + ["smallest"]

  static let syntax = CommandSyntax(
    call: "nibble export",
    abstract: """
      Compresses the network by one recipe and writes it: safetensors holds the weights that run, \
      packed the codes and scales, onnx a float graph, or one with QuantizeLinear and \
      DequantizeLinear where the recipe rounds.
      """,
    options: [
      .value("--set", "KEY=VALUE", "a setting of the recipe", repeats: true),
      .value("--format", "NAME", "one of \(formats.joined(separator: ", "))"),
      .value(
        "--encoding", "NAME",
        "how packed lays values out: "
          + encodings.joined(separator: ", ") + " (default dense)"),
      .value("--out", "FILE", "where the network goes"),
      ContentOptions.network, ContentOptions.model, ContentOptions.data, ContentOptions.content,
      .value("--threads", "N", "threads (default: all allowed processors)"),
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    guard let output = arguments.value("--out") else {
      throw CommandFailure.usage("--out FILE is missing")
    }
    let format = arguments.value("--format") ?? "safetensors"
    guard formats.contains(format) else {
      throw CommandFailure.usage(
        "--format must be one of \(formats.joined(separator: ", ")), not '\(format)'")
    }
    let encoding = arguments.value("--encoding") ?? "dense"
    guard encodings.contains(encoding) else {
      throw CommandFailure.usage(
        "--encoding must be one of \(encodings.joined(separator: ", ")), not '\(encoding)'")
    }
    let recipe = try MeasureCommand.recipe(arguments)
    let threads = try arguments.integer(
      "--threads", in: 1...256, default: Parallel.processorCount)
    let laboratory = try MeasureCommand.laboratory(arguments, threads: threads)
    let compressed = try laboratory.compressed(recipe)
    switch format {
    case "packed":
      let chosen =
        try StorageFormat(rawValue: encoding) ?? laboratory.size(of: recipe).shortest?.format
        ?? .dense
      try NetworkFile.write(compressed.tensors, as: chosen, to: output)
    case "onnx":
      let bytes = try ONNXFile.encode(
        compressed, activationGrids: laboratory.activationGrids(for: recipe))
      try FileBytes.writeAtomically(bytes, to: output)
    default:
      try NetworkFile.write(compressed.network, to: output)
    }
    let size = try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
    Console.output("\(output): \(size) bytes\n")
    return ExitStatus.success
  }
}
