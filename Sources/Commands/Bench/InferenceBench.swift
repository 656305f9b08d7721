import Compression
import Lab
import NeuralNetwork

/// Times evaluation of the whole test set, single images, and single layers.
struct InferenceBench {
  /// The network, the test images and calibration.
  let laboratory: Laboratory
  let clock: BenchClock

  private var images: ImageDataset { laboratory.test }

  func run(_ report: inout BenchReport, threads: [Int]) throws {
    let narrow = try variant("weights.bits=8 activations.bits=8")
    let network = laboratory.network
    let halfWidth = BaselineCNN.make(seed: 1, imageSide: 28, filters: 16, hidden: 64, classes: 10)
    let sparse = try ["80", "90", "95"].map { percent in
      (percent, try variant("prune.scope=dense prune.sparsity=0.\(percent)").compressed.network)
    }
    let plan = InferencePlan(network)
    let title = "\(images.count) images"
    for threads in threads {
      evaluate(
        plan.predictions, "fp32 \(title)", &report, threads, macs: network.macs,
        ceiling: CeilingBench.floats)
      if let integerPlan = narrow.engine.integerPlan {
        evaluate(
          { integerPlan.predictions(of: $0, in: $1, threads: $2) }, "int8 \(title)", &report,
          threads, macs: network.macs, ceiling: CeilingBench.bytes)
      }
      for (percent, network) in sparse {
        evaluate(
          InferencePlan(network).predictions, "fp32 \(title), first dense layer \(percent) % zero",
          &report, threads, macs: usefulMACs(network), ceiling: CeilingBench.floats)
      }
      evaluate(
        InferencePlan(halfWidth).predictions, "fp32 \(title), half the filters and units",
        &report, threads, macs: halfWidth.macs, ceiling: CeilingBench.floats)
    }
    singleImages(
      plan.makeSession(images: 1), "fp32 one image", &report, macs: network.macs,
      ceiling: CeilingBench.floats)
    if let integerPlan = narrow.engine.integerPlan {
      singleImages(
        integerPlan.makeSession(images: 1), "int8 one image", &report, macs: network.macs,
        ceiling: CeilingBench.bytes)
    }
    for (percent, network) in sparse {
      singleImages(
        InferencePlan(network).makeSession(images: 1),
        "fp32 one image, first dense layer \(percent) % zero", &report,
        macs: usefulMACs(network), ceiling: CeilingBench.floats)
    }
    try layers(&report, narrow: narrow)
  }

  private func variant(_ line: String) throws -> PreparedVariant {
    try laboratory.prepare(try Recipe(line: line))
  }

  /// The multiply-adds of an image that a sparse first dense layer leaves.
  private func usefulMACs(_ network: Network) -> Int {
    network.macs - (network["dense/kernel"]?.zeroCount ?? 0)
  }

  private func evaluate(
    _ predict: (ImageDataset, Range<Int>, Int) -> [UInt8], _ name: String,
    _ report: inout BenchReport, _ threads: Int, macs: Int, ceiling: String
  ) {
    let times = clock.times { _ = predict(images, 0..<images.count, threads) }
    report.addTime(
      name, unit: "ms", threads: threads, seconds: times,
      work: (2e-9 * Double(macs * images.count), ceiling))
  }

  /// One image after another.
  ///
  /// Every image reads all weights anew, from the caches that hold them, which
  /// takes longer than the arithmetic.
  private func singleImages(
    _ runner: any RunnerSession, _ name: String, _ report: inout BenchReport, macs: Int,
    ceiling: String
  ) {
    let count = min(images.count, 1000)
    var checksum = 0
    let times = clock.times {
      for index in 0..<count { checksum &+= Int(runner.run(images, index)) }
    }
    // The predictions must be needed, or the compiler may leave the work out.
    precondition(checksum >= 0, "Classes are not negative.")
    report.addTime(
      name, unit: "µs", threads: 1, seconds: times, dividedBy: Double(count),
      work: (2e-9 * Double(macs * count), ceiling))
  }

  /// Each kernel by itself, in microseconds an image.
  private func layers(_ report: inout BenchReport, narrow: PreparedVariant) throws {
    guard let probe = try probe("", narrow: narrow) else { return }
    time(probe.convolve, "fp32 convolution", &report, probe.convolutionProducts, isInteger: false)
    time(
      probe.convolveIntegers, "int8 convolution", &report, probe.convolutionProducts,
      isInteger: true)
    time(
      probe.multiplyDense, "fp32 first dense layer", &report, probe.denseProducts, isInteger: false)
    time(
      probe.multiplyIntegers, "int8 first dense layer", &report, probe.denseProducts,
      isInteger: true)
    let patterns = [
      ("unstructured", "", ["25", "50", "70", "80", "90", "95", "98"]),
      ("block", " in blocks", ["80", "90", "95"]),
    ]
    for (pattern, title, percents) in patterns {
      for percent in percents {
        let recipe = "prune.pattern=\(pattern) prune.scope=dense prune.sparsity=0.\(percent)"
        guard let probe = try self.probe(recipe, narrow: narrow) else { continue }
        time(
          probe.multiplySparse, "fp32 first dense layer, \(percent) % zero\(title)", &report,
          probe.nonzeroProducts, isInteger: false)
      }
    }
  }

  private func probe(_ recipe: String, narrow: PreparedVariant) throws -> LayerProbe? {
    guard let kernels = narrow.compressed.integerKernels else { return nil }
    return LayerProbe(
      try variant(recipe).compressed.network, kernels: kernels,
      activationGrids: narrow.engine.grids, dataset: images)
  }

  private func time(
    _ work: () -> Void, _ name: String, _ report: inout BenchReport, _ products: Int,
    isInteger: Bool
  ) {
    let repetitions = 40
    let times = clock.times { for _ in 0..<repetitions { work() } }
    report.addTime(
      name, unit: "µs", threads: 1, seconds: times,
      dividedBy: Double(repetitions * LayerProbe.images),
      work: (
        2e-9 * Double(products * repetitions), isInteger ? CeilingBench.bytes : CeilingBench.floats
      ))
  }
}
