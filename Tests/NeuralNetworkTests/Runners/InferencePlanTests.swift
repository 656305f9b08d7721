import NeuralNetwork
import RandomNumbers
import Testing

@Suite struct InferencePlanTests {
  /// Filters, hidden units, classes, rows and columns around the kernels' vectors and tiles.
  private static let sizes = [
    [32, 128, 10, 28, 28], [1, 1, 1, 4, 4], [7, 5, 3, 9, 12], [16, 16, 16, 6, 6],
    [17, 33, 17, 11, 8], [31, 20, 4, 10, 10], [33, 48, 11, 7, 16], [40, 3, 2, 8, 5],
    [64, 17, 10, 6, 7], [2, 130, 10, 28, 28],
  ]

  private func network(_ size: [Int], seed: UInt64 = 21) -> Network {
    randomConvNet(
      height: size[3], width: size[4], filters: size[0], hidden: size[1], classes: size[2],
      seed: seed)
  }

  private func dataset(_ size: [Int], count: Int) -> ImageDataset {
    randomDataset(height: size[3], width: size[4], count: count, classes: size[2], seed: 22)
  }

  /// Values are of the order of 1 and sums have up to 5,408 terms, so that float sums agree with
  /// double ones to about 1e-6; a lane out of place shows at 1e-2.
  @Test(arguments: sizes)
  func logitsAreThoseOfTheReference(_ size: [Int]) {
    let (network, dataset) = (network(size), dataset(size, count: 7))
    let logits = InferencePlan(network).logits(of: dataset, in: 0..<7, threads: 1)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 2e-5)
  }

  /// To the last bit: 71 images are two whole blocks and a ragged one.
  @Test(arguments: sizes)
  func logitsDependNeitherOnThreadsNorOnRanges(_ size: [Int]) {
    let plan = InferencePlan(network(size))
    let dataset = dataset(size, count: 71)
    let all = plan.logits(of: dataset, in: 0..<71, threads: 1)
    for threads in 2...3 {
      #expect(plan.logits(of: dataset, in: 0..<71, threads: threads) == all)
    }
    for range in [0..<1, 3..<4, 5..<38, 33..<71, 70..<71, 9..<9] {
      let part = plan.logits(of: dataset, in: range, threads: 2)
      #expect(part == Array(all[range.lowerBound * size[2]..<range.upperBound * size[2]]))
    }
  }

  @Test(arguments: sizes)
  func singleImagesAgreeWithBlocks(_ size: [Int]) {
    let plan = InferencePlan(network(size))
    let dataset = dataset(size, count: 33)
    let runner = plan.makeSession(images: 1)
    let predictions = plan.predictions(of: dataset, in: 0..<33, threads: 2)
    #expect((0..<33).map { runner.run(dataset, $0) } == predictions)
  }

  @Test func predictionsAreTheLargestLogitsAndTiesGoToTheLowerClass() {
    var network = network([4, 6, 5, 8, 8])
    network.setParameter("dense_1/kernel", to: Tensor(zeros: [6, 5]))
    network.setParameter("dense_1/bias", to: Tensor(shape: [5], elements: [0, 2, 1, 2, -1]))
    let plan = InferencePlan(network)
    let dataset = dataset([4, 6, 5, 8, 8], count: 3)
    #expect(plan.predictions(of: dataset, in: 0..<3, threads: 1) == [1, 1, 1])
    #expect(plan.makeSession(images: 1).run(dataset, 0) == 1)
  }

  /// A value that lies within float rounding of the middle between two grid values may go either way,
  /// so the comparison is with the grid's step rather than with float rounding: no logit moves by
  /// more than a few steps' worth, and nearly all agree closely.
  @Test(arguments: sizes)
  func valuesAreRoundedToTheirGrids(_ size: [Int]) {
    let grids = [
      "input": QuantizationParameters(scale: 1 / 15, levels: 15),
      "conv2d": QuantizationParameters(scale: 0.06, levels: 15),
      "dense": QuantizationParameters(scale: 0.05, levels: 31),
    ]
    let (network, dataset) = (network(size), dataset(size, count: 9))
    let plan = InferencePlan(network, activationGrids: grids)
    let logits = plan.logits(of: dataset, in: 0..<9, threads: 1)
    let expected = referenceLogits(network, dataset, grids: grids)
    let differences = zip(expected, logits).map { abs($0 - Double($1)) }
    #expect((differences.max() ?? 1) < 0.05)
    #expect(differences.filter { $0 > 1e-4 }.count <= differences.count / 3)
    #expect(logits != InferencePlan(network).logits(of: dataset, in: 0..<9, threads: 1))

    plan.visitActivations(of: dataset, in: 0..<9) { site, values in
      #expect(values.allSatisfy { grids[site]?.rounded($0) == $0 }, "\(site)")
    }
  }

  @Test(arguments: sizes)
  func visitsTheValuesOfEverySite(_ size: [Int]) {
    let (network, dataset) = (network(size), dataset(size, count: 40))
    var visited: [String: [Float]] = [:]
    InferencePlan(network).visitActivations(of: dataset, in: 2..<40) { site, values in
      visited[site, default: []] += values
    }
    var expected: [String: [Double]] = [:]
    let reference = ReferenceNetwork<Double>(network)
    for index in 2..<40 {
      let trace = reference.forward(dataset.image(index).map { Double(Float($0) / 255) })
      reference.visitSites(of: trace) { site, values in expected[site, default: []] += values }
    }
    #expect(Set(visited.keys) == ["input", "conv2d", "dense"])
    for (site, values) in expected {
      #expect(largestDifference(values, visited[site] ?? []) < 1e-5, "\(site)")
    }
  }

  @Test func otherNetworksRunLayerByLayer() throws {
    var network = network([3, 4, 2, 9, 9])
    network.layers.remove(at: 1)
    let features = 7 * 7 * 3
    var dense = try #require(network.layers[2] as? Dense)
    var generator = SplitMix64(seed: 1)
    dense = Dense(
      name: dense.name,
      kernel: Tensor(shape: [features, 4], elements: randomFloats(features * 4, from: &generator)),
      bias: dense.bias, activation: .relu)
    network.layers[2] = dense
    let dataset = dataset([3, 4, 2, 9, 9], count: 5)
    let plan = InferencePlan(network)
    let logits = plan.logits(of: dataset, in: 0..<5, threads: 2)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 1e-4)
    let runner = plan.makeSession(images: 1)
    #expect(
      (0..<5).map { runner.run(dataset, $0) }
        == plan.predictions(of: dataset, in: 0..<5, threads: 1))
    var sites: [String] = []
    plan.visitActivations(of: dataset, in: 0..<1) { site, _ in sites.append(site) }
    #expect(sites == ["input", "conv2d", "dense"])
  }
}
