import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct SparseDenseTests {
  /// Filters, hidden units, classes, rows and columns, and the share of zeros.
  private static let cases: [(size: [Int], sparsity: Double)] = [
    ([32, 128, 10, 28, 28], 0.9), ([1, 1, 1, 4, 4], 1), ([7, 5, 3, 9, 12], 0.6),
    ([16, 16, 16, 6, 6], 0.5), ([17, 33, 17, 11, 8], 0.97), ([31, 20, 4, 10, 10], 0.8),
    ([33, 48, 11, 7, 16], 0.99), ([40, 3, 2, 8, 5], 0.7),
  ]

  private func network(_ size: [Int], sparsity: Double) -> Network {
    var network = randomConvNet(
      height: size[3], width: size[4], filters: size[0], hidden: size[1], classes: size[2],
      seed: 51)
    var kernel = network.kernels[1].tensor
    var generator = SplitMix64(seed: 52)
    // At least the wanted share: a zero on every place that the generator leaves out.
    for index in generator.shuffled(Array(0..<kernel.count))
      .prefix(Int((sparsity * Double(kernel.count)).rounded(.up)))
    {
      kernel.elements[index] = 0
    }
    network.setParameter("dense/kernel", to: kernel)
    return network
  }

  /// The same with all zeros in squares of four inputs and outputs, but for a few inside others.
  private func networkOfSquares(_ size: [Int], sparsity: Double) -> Network {
    var network = network(size, sparsity: 0)
    var kernel = network.kernels[1].tensor
    let (inputs, outputs) = (kernel.shape[0], kernel.shape[1])
    let columns = (outputs + 3) / 4
    var generator = SplitMix64(seed: 54)
    let squares = (inputs + 3) / 4 * columns
    let zero = Set(
      generator.shuffled(Array(0..<squares)).prefix(
        Int((sparsity * Double(squares)).rounded(.up))))
    for input in 0..<inputs {
      for output in 0..<outputs {
        let index = input * outputs + output
        if zero.contains(input / 4 * columns + output / 4) || index % 97 == 0 {
          kernel.elements[index] = 0
        }
      }
    }
    network.setParameter("dense/kernel", to: kernel)
    return network
  }

  /// One image takes single weights, a group takes squares: the same logits to the last bit.
  @Test(arguments: cases)
  func squaresGiveWhatSingleWeightsGive(_ size: [Int], sparsity: Double) throws {
    let network = networkOfSquares(size, sparsity: sparsity)
    let kernel = network.kernels[1].tensor
    let weights = SparseDenseWeights(kernel)
    // Outputs that do not fill their squares make single weights cheaper.
    if size[1] % 4 == 0 { #expect(weights.squares != nil) }
    let (plan, dataset) = (InferencePlan(network), dataset(size, count: 70))
    try #require(plan.skipsZeros)
    let logits = plan.logits(of: dataset, in: 0..<70, threads: 2)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 2e-5)
    let single = (0..<70).flatMap { plan.logits(of: dataset, in: $0..<$0 + 1, threads: 1) }
    #expect(single == logits)
  }

  @Test func scatteredWeightsAreNotTakenInSquares() {
    let kernel = network([32, 128, 10, 28, 28], sparsity: 0.9).kernels[1].tensor
    let weights = SparseDenseWeights(kernel)
    #expect(weights.squares == nil)
  }

  private func dataset(_ size: [Int], count: Int) -> ImageDataset {
    randomDataset(height: size[3], width: size[4], count: count, classes: size[2], seed: 53)
  }

  @Test(arguments: cases)
  func logitsAreThoseOfTheReferenceAndOfTheFullProduct(_ size: [Int], sparsity: Double) {
    let (network, dataset) = (network(size, sparsity: sparsity), dataset(size, count: 70))
    let plan = InferencePlan(network)
    #expect(plan.skipsZeros)
    let logits = plan.logits(of: dataset, in: 0..<70, threads: 1)
    #expect(largestDifference(referenceLogits(network, dataset), logits) < 2e-5)
    let full = InferencePlan(network, skipsZeros: false)
    #expect(!full.skipsZeros)
    #expect(
      largestDifference(
        full.logits(of: dataset, in: 0..<70, threads: 1).map(Double.init), logits) < 2e-5)
  }

  /// To the last bit: 135 images are two whole groups and a ragged one.
  @Test(arguments: cases)
  func logitsDependNeitherOnThreadsNorOnRanges(_ size: [Int], sparsity: Double) {
    let plan = InferencePlan(network(size, sparsity: sparsity))
    let dataset = dataset(size, count: 135)
    let all = plan.logits(of: dataset, in: 0..<135, threads: 1)
    #expect(plan.logits(of: dataset, in: 0..<135, threads: 3) == all)
    for range in [0..<1, 3..<7, 5..<38, 60..<135, 134..<135, 9..<9] {
      let part = plan.logits(of: dataset, in: range, threads: 2)
      #expect(part == Array(all[range.lowerBound * size[2]..<range.upperBound * size[2]]))
    }
    let runner = plan.makeSession(images: 1)
    let predictions = plan.predictions(of: dataset, in: 0..<135, threads: 2)
    #expect((0..<135).map { runner.run(dataset, $0) } == predictions)
  }

  @Test func visitedValuesAreThoseOfTheFullProduct() {
    let size = [17, 33, 10, 11, 8]
    let (network, dataset) = (network(size, sparsity: 0.8), dataset(size, count: 70))
    func values(_ plan: InferencePlan) -> [String: [Float]] {
      var visited: [String: [Float]] = [:]
      plan.visitActivations(of: dataset, in: 1..<70) { visited[$0, default: []] += $1 }
      return visited
    }
    let (sparse, full) = (
      values(InferencePlan(network)), values(InferencePlan(network, skipsZeros: false))
    )
    #expect(sparse["conv2d"] == full["conv2d"])
    #expect(sparse["input"] == full["input"])
    #expect(
      largestDifference((full["dense"] ?? []).map(Double.init), sparse["dense"] ?? []) < 1e-5)
  }

  @Test func fewZerosAreMultiplied() {
    #expect(!InferencePlan(network([7, 5, 3, 9, 12], sparsity: 0.4)).skipsZeros)
  }

  @Test func transposesTiles() {
    let (rows, stride) = (16, 48)
    let input = FloatBuffer((0..<rows * stride).map(Float.init))
    let columns = FloatBuffer(count: stride * SparseDenseForward.groupImages)
    SparseDenseForward.interleave(input.base, stride: stride, into: columns.base + 16)
    for k in 0..<stride {
      for row in 0..<rows {
        #expect(
          columns.base[k * SparseDenseForward.groupImages + 16 + row] == Float(row * stride + k))
      }
    }
  }
}
