import Compression
import Foundation
import NeuralNetwork

/// `nibble train`: trains a built-in network and writes its weights.
enum TrainCommand {
  static let syntax = CommandSyntax(
    call: "nibble train",
    abstract: """
      Trains a built-in network on the 60,000 training images with Adam and writes its weights as \
      safetensors. The same seed gives the same weights for any number of threads.
      """,
    options: [
      ContentOptions.network,
      .value("--epochs", "N", "passes over the training images (default 5)"),
      .value("--batch-size", "N", "images a step (default 32)"),
      .value("--seed", "N", "seed of initial weights and order of images (default 1)"),
      .value("--threads", "N", "threads (default: all allowed processors)"),
      .value("--out", "FILE", "where the weights go (default NETWORK.safetensors)"),
      ContentOptions.data, ContentOptions.content,
      .switch("--json", "print the result as JSON"),
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let network = try ContentOptions.builtInNetwork(arguments)
    var options = TrainingOptions()
    options.epochs = try arguments.integer("--epochs", in: 1...1000, default: 5)
    options.batchSize = try arguments.integer("--batch-size", in: 1...4096, default: 32)
    options.seed = UInt64(try arguments.integer("--seed", in: 0...Int.max, default: 1))
    options.threads = try arguments.integer(
      "--threads", in: 1...256, default: Parallel.processorCount)
    let output = arguments.value("--out") ?? network.fileName
    try checkWritable(output)
    let data = try ContentOptions.dataDirectory(arguments)
    let training = try FashionMNIST.training(in: data)
    let test = try FashionMNIST.test(in: data)

    let interrupt = InterruptFlag()
    let bar = TrainingProgressBar()
    let start = Date()
    let trained = Trainer.train(
      network.make(seed: options.seed), on: training, options: options,
      isCancelled: { interrupt.signal != nil }, progress: { bar.show($0) })
    bar.finish()
    guard let trained else {
      Console.message("stopped; nothing was written")
      return ExitStatus.signal(interrupt.signal ?? SIGINT)
    }
    let seconds = Date().timeIntervalSince(start)
    try NetworkFile.write(trained, to: output)
    let correct = correctPredictions(of: trained, on: test, threads: options.threads)
    let accuracy = Double(correct) / Double(test.count)
    if arguments.has("--json") {
      let report = JSONValue.object([
        ("file", .string(output)), ("network", .string(network.rawValue)),
        ("seed", .integer(Int(options.seed))),
        ("epochs", .integer(options.epochs)), ("batchSize", .integer(options.batchSize)),
        ("threads", .integer(options.threads)), ("correct", .integer(correct)),
        ("images", .integer(test.count)), ("accuracy", .number(accuracy)),
        ("seconds", .number(seconds)),
      ])
      Console.output(report.text + "\n")
    } else {
      Console.output(
        "\(output): \(correct) of \(test.count) test images right "
          + String(format: "(%.2f %%), trained in %.1f s\n", accuracy * 100, seconds))
    }
    return ExitStatus.success
  }

  /// Refuses an output that could not be written before the work is done, not after it.
  private static func checkWritable(_ path: String) throws(CommandFailure) {
    let directory = (path as NSString).deletingLastPathComponent
    let folder = directory.isEmpty ? "." : directory
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw .environment("\(path): the folder \(folder) does not exist") }
    guard access(folder, W_OK) == 0 else {
      throw .environment("\(path): the folder \(folder) may not be written")
    }
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      throw .environment("\(path) is a folder, not a file")
    }
  }

  private static func correctPredictions(
    of network: Network, on dataset: ImageDataset, threads: Int
  ) -> Int {
    let predictions = InferencePlan(network).predictions(
      of: dataset, in: 0..<dataset.count, threads: threads)
    return zip(predictions, dataset.labels).count { $0 == $1 }
  }
}
