import NeuralNetwork
import RandomNumbers
import Testing

@testable import Compression

@Suite struct SeedTests {
  private let network = TestNetworks.seedShaped(filters: 4, units: 6)

  /// Scores are the numbers of SplitMix64, which the library implements apart.
  @Test func theFirstSeedDrawsTheSequenceThatItAlwaysDrew() {
    var generator = SplitMix64(seed: 0x6E69_6262_6C65)
    for index in 0..<20 {
      #expect(
        PruningScore.randomScore(index, seed: 1)
          == UInt32(truncatingIfNeeded: generator.next() >> 32))
    }
  }

  @Test func sequencesOfSeedsShareNothing() {
    var seen: Set<UInt32> = []
    for seed in Recipe.allowedSeeds {
      for index in 0..<50 { seen.insert(PruningScore.randomScore(index, seed: seed)) }
    }
    // 4,950 draws of 2³² meet by chance 0.003 times in the mean.
    #expect(seen.count > 4_945)
  }

  @Test(arguments: [
    "prune.criterion=random prune.sparsity=0.5", "prune.criterion=random prune.pattern=2:4",
    "prune.criterion=random prune.pattern=block prune.sparsity=0.5",
    "prune.criterion=random prune.pattern=neuron prune.sparsity=0.5",
    "weights.bits=3 weights.rounding=stochastic",
  ])
  func seedsGiveOtherNetworksThatComeAgain(line: String) throws {
    func network(_ seed: Int) throws -> Network {
      try Compressor.compress(self.network, Recipe(line: "\(line) seed=\(seed)")).network
    }
    #expect(try network(2) == network(2))
    #expect(try network(1) != network(2))
    #expect(try network(2) != network(3))
    #expect(try network(1) == Compressor.compress(self.network, Recipe(line: line)).network)
  }

  @Test func aSeedThatNothingAsksForIsNotEssential() throws {
    #expect(try Recipe(line: "seed=5 weights.bits=4").canonical == Recipe(line: "weights.bits=4"))
    #expect(try Recipe(line: "seed=5").canonical == Recipe())
    let tuned = try Recipe(line: "seed=5 finetune.epochs=1")
    #expect(tuned.canonical == tuned && tuned.preparationKey == tuned)
    let drawn = try Recipe(line: "seed=5 weights.bits=4 weights.rounding=stochastic")
    #expect(drawn.weightsKey == drawn && drawn.preparationKey == Recipe())
  }
}
