import Compression
import Foundation
import Lab
import NeuralNetwork

/// `nibble bench`: how fast the engine is, beside what the machine can do at most.
enum BenchCommand {
  /// A group of figures that can be measured by itself; the ceilings are always measured.
  private enum Part: String, CaseIterable {
    case inference, slider, training, start
  }

  static let syntax = CommandSyntax(
    call: "nibble bench",
    abstract: """
      Measures this machine's ceilings, then training, evaluation, single images, single layers, \
      moves of a slider, the start of the program and its memory; every time also as a share of a \
      ceiling measured in the same run. Other programs that run meanwhile disturb it.
      """,
    options: [
      .value("--runs", "N", "timed runs of each figure, at least 5 (default 5)"),
      .value("--threads", "N", "threads, besides one (default: all allowed processors)"),
      .value(
        "--only", "PARTS",
        "measure some parts only: \(Part.allCases.map(\.rawValue).joined(separator: ", "))"),
      .switch("--quick", "time training on a tenth of an epoch"),
      .switch("--json", "print the report as JSON"),
      .value("--compare", "FILE", "print this run beside the report in FILE"),
      ContentOptions.model, ContentOptions.data, ContentOptions.content,
    ])

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try ParsedArguments(words, syntax: syntax)
    if arguments.has("--help") {
      Console.output(syntax.helpText)
      return ExitStatus.success
    }
    let runs = try arguments.integer("--runs", in: 5...1000, default: 5)
    let most = try arguments.integer("--threads", in: 1...256, default: Parallel.processorCount)
    let parts = try parts(arguments)
    // A report that cannot be read is refused before the work, not after it.
    let before = try arguments.value("--compare").map(BenchReport.init(file:))
    let report = try measure(
      arguments, parts: parts, runs: runs, threads: most == 1 ? [1] : [1, most])
    if arguments.has("--json") {
      Console.output(try report.json())
    } else if let before {
      Console.output(report.comparison(with: before))
    } else {
      Console.output(report.table)
    }
    return ExitStatus.success
  }

  private static func parts(_ arguments: ParsedArguments) throws -> Set<Part> {
    guard let words = arguments.value("--only") else { return Set(Part.allCases) }
    return Set(
      try words.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let part = Part(rawValue: String(word)) else {
          throw CommandFailure.usage(
            "--only takes some of \(Part.allCases.map(\.rawValue).joined(separator: ", ")), "
              + "with commas between, not '\(word)'")
        }
        return part
      })
  }

  private static func measure(
    _ arguments: ParsedArguments, parts: Set<Part>, runs: Int, threads: [Int]
  ) throws -> BenchReport {
    let isQuick = arguments.has("--quick")
    let clock = BenchClock(runs: runs)
    var report = BenchReport(instructionSet: InstructionSet.name, isQuick: isQuick)
    let network = try NetworkFile.read(try ContentOptions.modelFile(arguments))
    let data = try ContentOptions.dataDirectory(arguments)
    let test = try FashionMNIST.test(in: data)
    let training = try FashionMNIST.training(in: data)

    Console.message("measuring the ceilings")
    CeilingBench.run(&report, threads: threads, clock: clock)
    func laboratory(_ threads: Int) -> Laboratory {
      Laboratory(network: network, test: test, threads: threads, training: { training })
    }
    if parts.contains(.inference) {
      Console.message("measuring inference")
      try InferenceBench(laboratory: laboratory(threads[threads.count - 1]), clock: clock)
        .run(&report, threads: threads)
    }
    if parts.contains(.slider) {
      Console.message("measuring slider moves")
      for threads in threads {
        try SliderBench(laboratory: laboratory(threads), threads: threads, runs: runs)
          .run(&report)
      }
    }
    if parts.contains(.training) {
      Console.message("measuring training")
      TrainingBench.run(
        &report, on: training, images: isQuick ? training.count / 10 : training.count,
        threads: threads, clock: clock)
    }
    if parts.contains(.start), let executable = Bundle.main.executablePath {
      Console.message("measuring the start of the program")
      try ProcessBench(
        executable: executable, content: try ContentOptions.contentDirectory(arguments), runs: runs
      ).run(&report, threads: threads[threads.count - 1])
    }
    return report
  }
}
