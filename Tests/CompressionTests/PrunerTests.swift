import NeuralNetwork
import Testing

@testable import Compression

@Suite struct PrunerTests {
  private let network = TestNetworks.seedShaped(filters: 5, units: 7)

  private func pruned(_ line: String, _ network: Network? = nil) throws -> Network {
    Pruner.prune(network ?? self.network, try Recipe(line: line).prune)
  }

  private func kernelWeights(_ network: Network) -> [Float] {
    network.kernels.flatMap(\.tensor.elements)
  }

  @Test(arguments: [0.0, 0.001, 0.1, 0.25, 0.5, 0.77, 0.9, 0.99])
  func globalPruningZeroesExactlyTheSmallest(sparsity: Double) throws {
    let before = kernelWeights(network)
    let after = kernelWeights(try pruned("prune.sparsity=\(sparsity)"))
    let count = Int((sparsity * Double(before.count) + 0.5).rounded(.down))
    // A full sort with the flat index as the second key is the definition.
    let order = before.indices.sorted {
      (before[$0].magnitude, $0) < (before[$1].magnitude, $1)
    }
    var expected = before
    for index in order.prefix(count) { expected[index] = 0 }
    #expect(after == expected)
  }

  @Test func layerPruningZeroesTheSameShareOfEachKernel() throws {
    let after = try pruned("prune.sparsity=0.37 prune.scope=layer")
    for (old, new) in zip(network.kernels, after.kernels) {
      #expect(new.tensor.zeroCount == Int((0.37 * Double(old.tensor.count) + 0.5).rounded(.down)))
      let kept = zip(old.tensor.elements, new.tensor.elements).filter { $1 != 0 }.map(\.0.magnitude)
      let gone = zip(old.tensor.elements, new.tensor.elements).filter { $1 == 0 }.map(\.0.magnitude)
      #expect((gone.max() ?? 0) <= (kept.min() ?? 0))
    }
  }

  @Test func oneLayerAloneIsPruned() throws {
    let after = try pruned("prune.sparsity=0.5 prune.scope=dense")
    #expect(
      after.kernels.map(\.tensor.zeroCount) == [0, (network.kernels[1].tensor.count + 1) / 2, 0])
  }

  @Test func biasesStay() throws {
    let after = try pruned("prune.sparsity=0.99")
    let old = network.parameters.filter { !$0.isKernel }
    #expect(after.parameters.filter { !$0.isKernel } == old)
  }

  @Test func ofEqualMagnitudesTheLowerIndexGoesFirst() throws {
    var equal = network
    for kernel in network.kernels {
      let alternating = kernel.tensor.elements.indices.map { $0 % 2 == 0 ? Float(0.5) : -0.5 }
      equal.setParameter(
        kernel.name, to: Tensor(shape: kernel.tensor.shape, elements: alternating))
    }
    let after = kernelWeights(try pruned("prune.sparsity=0.3", equal))
    let count = Int((0.3 * Double(after.count) + 0.5).rounded(.down))
    #expect(after.prefix(count).allSatisfy { $0 == 0 })
    #expect(after.dropFirst(count).allSatisfy { $0 != 0 })
  }

  @Test func pruningTwiceIsPruningOnce() throws {
    for line in [
      "prune.sparsity=0.6", "prune.sparsity=0.6 prune.scope=layer", "prune.pattern=2:4",
      "prune.pattern=4:8", "prune.sparsity=0.4 prune.criterion=random",
    ] {
      let once = try pruned(line)
      #expect(try pruned(line, once) == once, "\(line)")
    }
  }

  @Test func aSparserRandomNetworkContainsTheZerosOfADenserOne() throws {
    let some = kernelWeights(try pruned("prune.sparsity=0.3 prune.criterion=random"))
    let more = kernelWeights(try pruned("prune.sparsity=0.6 prune.criterion=random"))
    #expect(zip(some, more).allSatisfy { $0 != 0 || $1 == 0 })
    #expect(some.filter { $0 == 0 }.count == Int((0.3 * Double(some.count) + 0.5).rounded(.down)))
    // A random choice is not the choice by magnitude.
    #expect(some != kernelWeights(try pruned("prune.sparsity=0.3")))
  }

  @Test func theRankingTurnedRoundTakesTheGreatestWeights() throws {
    let before = kernelWeights(network)
    let after = kernelWeights(try pruned("prune.sparsity=0.1 prune.criterion=largest"))
    let gone = before.indices.filter { after[$0] == 0 && before[$0] != 0 }
    #expect(gone.count == Int((0.1 * Double(before.count) + 0.5).rounded(.down)))
    let least = try #require(gone.map { before[$0].magnitude }.min())
    let kept = try #require(
      before.indices.filter { after[$0] != 0 }.map { before[$0].magnitude }.max())
    #expect(kept <= least)
    #expect(throws: RecipeError.self) {
      try Recipe(
        line: "prune.sparsity=0.5 prune.criterion=largest finetune.epochs=1 "
          + "finetune.schedule=polynomial"
      ).checkCombination()
    }
  }

  @Test func blocksAndFiltersOfGreatestMagnitudeGoByTheRankingTurnedRound() throws {
    let line = "prune.pattern=block prune.scope=dense prune.sparsity=0.5 prune.criterion="
    func mean(_ network: Network) -> Float {
      let weights = network.kernels[1].tensor.elements.filter { $0 != 0 }
      return weights.reduce(0) { $0 + $1.magnitude } / Float(weights.count)
    }
    #expect(try mean(pruned(line + "largest")) < mean(pruned(line + "random")))
    #expect(try mean(pruned(line + "random")) < mean(pruned(line + "magnitude")))
    let norms = PruningScore.channelScores(
      of: network.kernels[0].tensor, criterion: .magnitude, seed: 1)
    let kept = norms.indices.sorted { norms[$0] < norms[$1] }.prefix(2).sorted()
    let smaller = try pruned("prune.pattern=filter prune.sparsity=0.6 prune.criterion=largest")
    let old = network.parameters[1].tensor.elements
    #expect(smaller.parameters[1].tensor.elements == kept.map { old[$0] })
  }

  @Test func groupsKeepTheLargestAndTheLowerOfEqualOnes() {
    // Two outputs, nine inputs: two groups of four and one input left over.
    let first: [Float] = [1, -3, 2, 0.5, 4, 4, -4, 4, 0.1]
    let second: [Float] = [0, 0, 0, 0, 1, 2, 3, 4, 9]
    let kernel = Tensor(shape: [9, 2], elements: zip(first, second).flatMap { [$0, $1] })
    let scores = PruningScore.scores(of: kernel.elements, criterion: .magnitude, offset: 0, seed: 1)
    let result = GroupPruner.prune(kernel, scores: scores, keeping: 2, ofEach: 4)
    let columns = (0..<2).map { column in (0..<9).map { result.elements[$0 * 2 + column] } }
    #expect(columns[0] == [0, -3, 2, 0, 4, 4, 0, 0, 0.1])
    #expect(columns[1] == [0, 0, 0, 0, 0, 0, 3, 4, 9])
  }

  @Test(arguments: [("2:4", 2, 4), ("1:4", 1, 4), ("4:8", 4, 8)])
  func everyGroupOfADenseKernelKeepsItsShare(pattern: String, kept: Int, size: Int) throws {
    let after = try pruned("prune.pattern=\(pattern)")
    #expect(after.kernels[0] == network.kernels[0])
    for index in [1, 2] {
      let (old, new) = (network.kernels[index].tensor, after.kernels[index].tensor)
      let (inputs, outputs) = (old.shape[0], old.shape[1])
      for output in 0..<outputs {
        let column = (0..<inputs).map { new.elements[$0 * outputs + output] }
        for start in stride(from: 0, to: inputs / size * size, by: size) {
          #expect(column[start..<start + size].filter { $0 != 0 }.count == kept)
        }
        for input in inputs / size * size..<inputs {
          #expect(column[input] == old.elements[input * outputs + output])
        }
      }
    }
  }

  @Test func removingFiltersShrinksTheNetworkAndKeepsItsFunction() throws {
    // Filters of zeros feed zeros: the network without them computes the same logits.
    var silent = network
    var conv = try #require(silent.layers[0] as? Conv2D)
    for index in conv.kernel.elements.indices where [1, 3].contains(index % 5) {
      conv.kernel.elements[index] = 0
    }
    conv.bias.elements[1] = 0
    conv.bias.elements[3] = 0
    silent.layers[0] = conv
    let smaller = try pruned("prune.pattern=filter prune.sparsity=0.4", silent)
    #expect(smaller.kernels.map(\.tensor.shape) == [[3, 3, 1, 3], [169 * 3, 7], [7, 10]])
    #expect(smaller.parameterCount == 27 + 3 + 169 * 3 * 7 + 7 + 70 + 10)
    try expectEqualLogits(silent, smaller)
  }

  @Test func removingNeuronsShrinksTheNetworkAndKeepsItsFunction() throws {
    var silent = network
    var dense = try #require(silent.layers[3] as? Dense)
    for index in dense.kernel.elements.indices where [0, 4, 6].contains(index % 7) {
      dense.kernel.elements[index] = 0
    }
    for unit in [0, 4, 6] { dense.bias.elements[unit] = 0 }
    silent.layers[3] = dense
    let smaller = try pruned("prune.pattern=neuron prune.sparsity=0.43", silent)
    #expect(smaller.kernels.map(\.tensor.shape) == [[3, 3, 1, 5], [845, 4], [4, 10]])
    try expectEqualLogits(silent, smaller)
  }

  @Test func filtersOfLeastL1NormGo() throws {
    let norms = PruningScore.channelScores(
      of: network.kernels[0].tensor, criterion: .magnitude, seed: 1)
    let kept = norms.indices.sorted { norms[$0] > norms[$1] }.prefix(2).sorted()
    let smaller = try pruned("prune.pattern=filter prune.sparsity=0.6")
    let old = network.parameters[1].tensor.elements
    #expect(smaller.parameters[1].tensor.elements == kept.map { old[$0] })
  }

  @Test func atLeastOneFilterAndOneNeuronStay() throws {
    #expect(try pruned("prune.pattern=filter prune.sparsity=0.99").kernels[0].tensor.count == 9)
    #expect(
      try pruned("prune.pattern=neuron prune.sparsity=0.99").kernels[2].tensor.shape == [1, 10])
  }

  private func expectEqualLogits(_ first: Network, _ second: Network) throws {
    var random = TestRandom(3)
    let images = ImageDataset(
      height: 28, width: 28,
      pixels: (0..<4 * 784).map { _ in UInt8.random(in: 0...255, using: &random) },
      labels: [0, 1, 2, 3])
    let a = InferencePlan(first).logits(of: images, in: 0..<4, threads: 1)
    let b = InferencePlan(second).logits(of: images, in: 0..<4, threads: 1)
    // Sums in another order differ in the last bits.
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 * max(1, abs($0)) })
  }
}
