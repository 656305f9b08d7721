import Compression
import Foundation
import Lab
import NeuralNetwork

/// `nibble bench`: how fast the engine is, beside what the machine can do at most.
enum BenchCommand {
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
    // A report that cannot be read is refused before the work, not after it.
    let before = try arguments.value("--compare").map(BenchReport.init(file:))
    let report = try measure(arguments, runs: runs, threads: most == 1 ? [1] : [1, most])
    if arguments.has("--json") {
      Console.output(try JSONText.encode(report))
    } else if let before {
      Console.output(report.comparison(with: before))
    } else {
      Console.output(report.table)
    }
    return ExitStatus.success
  }

  private static func measure(
    _ arguments: ParsedArguments, runs: Int, threads: [Int]
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
    Console.message("measuring inference")
    try InferenceBench(laboratory: laboratory(threads[threads.count - 1]), clock: clock)
      .run(&report, threads: threads)
    Console.message("measuring slider moves")
    for threads in threads {
      try SliderBench(laboratory: laboratory(threads), threads: threads, runs: runs)
        .run(&report)
    }
    Console.message("measuring training")
    TrainingBench.run(
      &report, on: training, images: isQuick ? training.count / 10 : training.count,
      threads: threads, clock: clock)
    Console.message("measuring the start of the program")
    if let executable = Bundle.main.executablePath {
      try ProcessBench(
        executable: executable, content: try ContentOptions.contentDirectory(arguments), runs: runs
      ).run(&report, threads: threads[threads.count - 1])
    }
    return report
  }
}
