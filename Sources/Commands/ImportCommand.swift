import Compression
import NeuralNetwork

/// `nibble import`: reads a network from a file of any known format and writes it as safetensors.
enum ImportCommand {
  static let syntax = CommandSyntax(
    call: "nibble import",
    abstract: """
      Reads a network from a safetensors or packed file, checks it, and writes the weights that run \
      as safetensors.
      """,
    positional: "FILE",
    options: [.value("--out", "FILE", "where the weights go (default: only check the file)")])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    guard let input = arguments.positional else {
      throw CommandFailure.usage("nibble import needs a FILE")
    }
    let network: Network
    do {
      network = try NetworkFile.read(input)
    } catch let error as FileError {
      throw error
    } catch {
      throw CommandFailure.badData("\(input): \(error)")
    }
    if let output = arguments.value("--out") { try NetworkFile.write(network, to: output) }
    Console.output("\(input): a network of \(network.parameterCount) parameters\n")
    return ExitStatus.success
  }
}
