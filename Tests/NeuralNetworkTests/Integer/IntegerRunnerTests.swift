import Testing

@testable import NeuralNetwork

@Suite struct IntegerRunnerTests {
  /// Filters, hidden units, classes, rows and columns around the kernels' vectors, panels and tiles.
  private static let sizes = [
    [32, 128, 10, 28, 28], [1, 1, 1, 4, 4], [7, 5, 3, 9, 12], [16, 16, 16, 6, 6],
    [17, 33, 17, 11, 8], [31, 20, 4, 10, 10], [33, 48, 11, 7, 16], [40, 3, 2, 8, 5],
    [64, 17, 33, 6, 7], [2, 130, 10, 28, 28],
  ]

  private func network(_ size: [Int], levels: Int = 255) -> IntegerTestNetwork {
    IntegerTestNetwork(
      height: size[3], width: size[4], filters: size[0], hidden: size[1], classes: size[2],
      levels: levels)
  }

  private func plan(_ test: IntegerTestNetwork) throws -> IntegerRunner {
    try #require(
      IntegerRunner(test.network, kernels: test.kernels, activationGrids: test.grids))
  }

  private func dataset(_ size: [Int], count: Int) -> ImageDataset {
    randomDataset(height: size[3], width: size[4], count: count, classes: size[2], seed: 42)
  }

  /// To the last bit: both sum the same whole numbers and scale them by the same floats.
  @Test(arguments: sizes, [255, 15])
  func logitsAreThoseOfTheReference(_ size: [Int], levels: Int) throws {
    let (test, dataset) = (network(size, levels: levels), dataset(size, count: 11))
    let logits = try plan(test).logits(of: dataset, in: 0..<11, threads: 1)
    #expect(logits == test.referenceLogits(of: dataset))
    #expect(Set(logits).count > 1)
  }

  /// An accumulator of 16 bits holds the sum modulo 2¹⁶; of 7,000 products of codes near 255 and 127
  /// hardly a sum fits, of codes of few levels all do.
  @Test(arguments: sizes)
  func accumulatorsOf16BitsWrapAround(_ size: [Int]) throws {
    let (test, dataset) = (network(size), dataset(size, count: 9))
    let plan = try #require(
      IntegerRunner(
        test.network, kernels: test.kernels, activationGrids: test.grids, accumulator: .int16))
    let wrapped = test.referenceLogits(of: dataset) { Int(Int16(truncatingIfNeeded: $0)) }
    #expect(plan.logits(of: dataset, in: 0..<9, threads: 1) == wrapped)
    let cache = IntegerStageCache()
    let wide = try self.plan(test).withCache(cache, of: dataset) {
      $0.logits(of: dataset, in: 0..<9, threads: 2)
    }
    // The cache knows the wide codes, which are not those of the narrow sums.
    #expect(
      plan.withCache(cache, of: dataset) { $0.logits(of: dataset, in: 0..<9, threads: 2) }
        == wrapped)
    if size == [32, 128, 10, 28, 28] { #expect(wide != wrapped) }
  }

  @Test func accumulatorsOf16BitsAreEnoughWhereNoSumOverflows() throws {
    let size = [7, 5, 3, 9, 12]
    let test = IntegerTestNetwork(
      height: size[3], width: size[4], filters: size[0], hidden: size[1], classes: size[2],
      greatest: 3, levels: 15)
    let dataset = dataset(size, count: 9)
    // 84 inputs · 15 · 3 = 3,780 is far below 2¹⁵.
    let plan = try #require(
      IntegerRunner(
        test.network, kernels: test.kernels, activationGrids: test.grids, accumulator: .int16))
    #expect(
      plan.logits(of: dataset, in: 0..<9, threads: 1)
        == (try self.plan(test).logits(of: dataset, in: 0..<9, threads: 1)))
  }

  /// The float path sums in another order and rounds each sum, so a value near the middle of two codes
  /// may fall to either: hidden codes of 256 levels move logits by well below 0.05.
  @Test(arguments: sizes)
  func logitsAreNearTheSimulatedOnes(_ size: [Int]) throws {
    let (test, dataset) = (network(size), dataset(size, count: 11))
    let logits = try plan(test).logits(of: dataset, in: 0..<11, threads: 1)
    let simulated = InferencePlan(test.network, activationGrids: test.grids)
      .logits(of: dataset, in: 0..<11, threads: 1)
    #expect(largestDifference(simulated.map(Double.init), logits) < 0.05)
  }

  @Test(arguments: sizes)
  func resultsDependNeitherOnThreadsNorOnRangesNorOnTheCache(_ size: [Int]) throws {
    let plan = try plan(network(size))
    let dataset = dataset(size, count: 71)
    let all = plan.logits(of: dataset, in: 0..<71, threads: 1)
    let cache = IntegerStageCache()
    for range in [0..<71, 0..<1, 3..<4, 5..<38, 33..<71, 70..<71, 9..<9] {
      let expected = Array(all[range.lowerBound * size[2]..<range.upperBound * size[2]])
      #expect(plan.logits(of: dataset, in: range, threads: 2) == expected)
      #expect(
        plan.withCache(cache, of: dataset) { $0.logits(of: dataset, in: range, threads: 3) }
          == expected)
    }
    let runner = plan.makeSession(images: 1)
    let predictions = plan.predictions(of: dataset, in: 0..<71, threads: 2)
    #expect((0..<71).map { runner.run(dataset, $0) } == predictions)
    #expect(
      plan.withCache(cache, of: dataset) { $0.predictions(of: dataset, in: 0..<71, threads: 2) }
        == predictions)
  }

  /// Each plan finds the codes of the one before it in the cache, some of them still right.
  @Test func changedNetworksDoNotMeetStaleCodes() throws {
    let size = [9, 21, 6, 10, 9]
    let dataset = dataset(size, count: 50)
    let cache = IntegerStageCache()
    let base = network(size)
    let other = IntegerTestNetwork(
      height: 10, width: 9, filters: 9, hidden: 21, classes: 6, seed: 43, isPerChannel: false)
    var variants: [(Network, IntegerKernels, ActivationGrids)] = []
    for layer in ["dense_1", "dense", "conv2d"] {
      var kernels = base.kernels
      kernels[layer] = other.kernels[layer]
      variants.append((base.network, kernels, base.grids))
    }
    for site in ["dense", "conv2d", "input"] {
      var grids = base.grids
      grids[site] = QuantizationParameters(scale: 0.02, levels: 100)
      variants.append((base.network, base.kernels, grids))
    }
    for bias: ParameterName in ["dense_1/bias", "dense/bias", "conv2d/bias"] {
      var network = base.network
      let parameter = other.network.parameters.first { $0.name == bias }
      network.setParameter(bias, to: try #require(parameter).tensor)
      variants.append((network, base.kernels, base.grids))
    }
    let larger = IntegerTestNetwork(height: 10, width: 9, filters: 20, hidden: 40, classes: 6)
    variants.append((larger.network, larger.kernels, larger.grids))
    for (network, kernels, grids) in variants + variants.reversed() {
      let plan = try #require(
        IntegerRunner(network, kernels: kernels, activationGrids: grids))
      for range in [10..<37, 0..<50] {
        #expect(
          plan.withCache(cache, of: dataset) { $0.logits(of: dataset, in: range, threads: 2) }
            == plan.logits(of: dataset, in: range, threads: 1))
      }
    }
    let plan = try plan(base)
    let others = self.dataset(size, count: 30)
    #expect(
      plan.withCache(cache, of: others) { $0.logits(of: others, in: 0..<30, threads: 1) }
        == plan.logits(of: others, in: 0..<30, threads: 1))
  }

  /// The largest sums of a layer: all codes 255, all weights ±127.
  @Test func extremeCodesDoNotOverflow() throws {
    let (features, hidden) = (169 * 32, 128)
    let base = BaselineCNN.make(seed: 1)
    let kernels: IntegerKernels = [
      "conv2d": IntegerKernel(codes: [Int8](repeating: 127, count: 288), scales: [1]),
      "dense": IntegerKernel(
        codes: (0..<features * hidden).map { $0 % 2 == 0 ? 127 : -127 }, scales: [1]),
      "dense_1": IntegerKernel(codes: [Int8](repeating: -128, count: 1280), scales: [1]),
    ]
    let grids = ["input", "conv2d", "dense"].reduce(into: ActivationGrids()) {
      $0[$1] = QuantizationParameters(scale: 1 / 255, levels: 255)
    }
    let plan = try #require(IntegerRunner(base, kernels: kernels, activationGrids: grids))
    let white = ImageDataset(
      height: 28, width: 28, pixels: [UInt8](repeating: 255, count: 784), labels: [0])
    // Hidden units of even index saturate at 1, the others are 0: −128 · 64.
    let logits = plan.logits(of: white, in: 0..<1, threads: 1)
    #expect(logits.allSatisfy { abs($0 + 8192) < 0.01 })
  }

  @Test func refusesWhatItCannotRun() {
    let test = network([4, 6, 5, 8, 8])
    var kernels = test.kernels
    kernels["dense"] = nil
    #expect(IntegerRunner(test.network, kernels: kernels, activationGrids: test.grids) == nil)
    kernels["dense"] = IntegerKernel(codes: [1, 2], scales: [1])
    #expect(IntegerRunner(test.network, kernels: kernels, activationGrids: test.grids) == nil)
    for site in ["input", "conv2d", "dense"] {
      var grids = test.grids
      grids[site] = nil
      #expect(IntegerRunner(test.network, kernels: test.kernels, activationGrids: grids) == nil)
      grids[site] = QuantizationParameters(scale: 1, levels: 256)
      #expect(IntegerRunner(test.network, kernels: test.kernels, activationGrids: grids) == nil)
    }
    var other = test.network
    other.layers.remove(at: 1)
    #expect(IntegerRunner(other, kernels: test.kernels, activationGrids: test.grids) == nil)
  }
}
