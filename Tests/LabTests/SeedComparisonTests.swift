import Compression
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab

@Suite struct SeedComparisonTests {
  private func compare(_ line: String) throws -> (SeedComparison, [SeedComparison]) {
    let reports = Mutex<[SeedComparison]>([])
    try LabSupport.laboratory(images: 300).compareSeeds(of: Recipe(line: line)) { comparison, _ in
      reports.withLock { $0.append(comparison) }
    }
    let all = reports.withLock { $0 }
    return (try #require(all.last), all)
  }

  @Test func theControlTrainsAlikeAndCompressesNothing() throws {
    let tuned = SeedComparison(
      of: try Recipe(
        line: "prune.sparsity=0.9 weights.bits=4 finetune.epochs=2 finetune.mode=qat "
          + "finetune.rate=0.0003 finetune.distill=4 fault=no-gradient seed=7"))
    #expect(
      tuned.control
        == (try Recipe(line: "finetune.epochs=2 finetune.rate=0.0003 finetune.distill=4")))
    #expect(!tuned.isItsOwnControl)
    #expect(SeedComparison(of: try Recipe(line: "weights.bits=4")).control == Recipe())
    for (line, isItsOwn) in [
      ("", true), ("seed=3", true), ("finetune.epochs=1 seed=3", true),
      ("finetune.epochs=1 weights.bits=8", false), ("fault=int8-bias", false),
      ("finetune.epochs=1 prune.pattern=block weights.rounding=gptq", true),
    ] {
      let comparison = SeedComparison(of: try Recipe(line: line))
      #expect(comparison.isItsOwnControl == isItsOwn, "\(line)")
    }
  }

  @Test func runsAreThoseOfTheRecipeWithItsSeeds() throws {
    let line = "prune.criterion=random prune.sparsity=0.7"
    let (comparison, reports) = try compare(line)
    #expect(reports.map(\.runs.count) == [0, 1, 2, 3, 4, 5, 6])
    #expect(comparison.isComplete && !reports[5].isComplete && reports[5].verdict == nil)
    let laboratory = LabSupport.laboratory(images: 300)
    let baseline = try laboratory.evaluation(of: Recipe(), images: 300)
    for (index, seed) in SeedComparison.seeds.enumerated() {
      let evaluation = try laboratory.evaluation(
        of: Recipe(line: "\(line) seed=\(seed)"), images: 300)
      #expect(
        comparison.runs[2 * index]
          == SeedRun(seed: seed, isControl: true, accuracy: baseline.accuracy))
      #expect(
        comparison.runs[2 * index + 1]
          == SeedRun(seed: seed, isControl: false, accuracy: evaluation.accuracy))
      // Beside the uncompressed network the counts are the evaluation's own.
      #expect(
        comparison.pairs[index]
          == PairedComparison(
            images: 300, gained: evaluation.gained, lost: evaluation.lost,
            disagreements: evaluation.flips.count))
    }
  }

  @Test func fineTunedNetworksAreComparedImageByImage() throws {
    let (comparison, _) = try compare("weights.bits=2 finetune.epochs=1")
    let laboratory = LabSupport.laboratory(images: 300)
    for (index, seed) in SeedComparison.seeds.enumerated() {
      let labels = laboratory.test.labels
      func rights(_ line: String) throws -> [Bool] {
        let network = try laboratory.compressed(Recipe(line: line)).network
        let predictions = InferencePlan(network).predictions(
          of: laboratory.test, in: 0..<300, threads: 1)
        return zip(predictions, labels).map { $0 == $1 }
      }
      let recipe = try rights("weights.bits=2 finetune.epochs=1 seed=\(seed)")
      let control = try rights("finetune.epochs=1 seed=\(seed)")
      let pairs = comparison.pairs[index]
      #expect(pairs.gained == zip(recipe, control).count { $0 && !$1 })
      #expect(pairs.lost == zip(recipe, control).count { !$0 && $1 })
      #expect(pairs.images == 300)
    }
  }

  @Test func aCancelledComparisonEndsSoon() throws {
    let runs = Mutex(0)
    #expect(throws: LabError.cancelled) {
      try LabSupport.laboratory(images: 300).compareSeeds(
        of: Recipe(line: "weights.bits=3"), isCancelled: { runs.withLock { $0 } >= 2 }
      ) { comparison, _ in runs.withLock { $0 = comparison.runs.count } }
    }
    #expect(runs.withLock { $0 } == 2)
  }

  /// Worked by hand: means 0.90 and 0.92, both standard deviations 0.01, so that
  /// a = 2.776445 · √(2 · 0.0001 / 3) = 0.022670; with g = 100 and l = 300 of 10,000,
  /// b = 1.96 · √(400 − 4) / 10,000 = 0.0039003; together 0.023003.
  @Test func theVerdictIsThatOfPaperAndPencil() {
    let pairs = [PairedComparison](
      repeating: PairedComparison(images: 10_000, gained: 100, lost: 300, disagreements: 400),
      count: 3)
    let verdict = SeedVerdict(
      recipe: [0.89, 0.90, 0.91], control: [0.91, 0.92, 0.93], pairs: pairs)
    #expect(abs(verdict.difference + 0.02) < 1e-12)
    #expect(abs(verdict.noise - 0.023003) < 2e-6)
    #expect(!verdict.isSignificant)
    let certain = SeedVerdict(
      recipe: [0.90, 0.90, 0.90], control: [0.92, 0.92, 0.92], pairs: pairs)
    #expect(abs(certain.noise - 0.0039003) < 1e-6)
    #expect(certain.isSignificant)
  }
}
