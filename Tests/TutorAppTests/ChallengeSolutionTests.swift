import BundledContent
import Compression
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Testing

@testable import TutorApp

/// One way to meet each challenge, with what `nibble measure` said of it.
struct ChallengeSolution: Sendable, CustomTestStringConvertible {
  /// The challenge.
  var id: String
  /// The recipe.
  var recipe: String
  /// The images classified right of 10,000.
  var correct: Int
  /// The length of the shortest file.
  var bytes: Int
  /// How many times as fast as the uncompressed network, rounded down; only where it counts.
  var speedup: Double?

  var testDescription: String { id }

  /// Whether measuring it trains nothing.
  var isQuick: Bool { !recipe.contains("finetune") }

  /// Measured with the bundled network on the whole test set; speeds on an x86-64
  /// with AVX-512 and VNNI.
  static let all = [
    ChallengeSolution(
      id: "combining.c.warm", recipe: "weights.bits=4", correct: 9_068, bytes: 262_150),
    ChallengeSolution(
      id: "combining.c.twice", recipe: "weights.bits=8 activations.bits=8", correct: 9_098,
      bytes: 611_798, speedup: 4),
    ChallengeSolution(
      id: "combining.c.ninety", recipe: "prune.sparsity=0.9 weights.bits=4 finetune.epochs=1",
      correct: 9_037, bytes: 83_289),
    ChallengeSolution(
      id: "combining.c.untrained", recipe: "weights.bits=2 weights.codebook=kmeans",
      correct: 8_899, bytes: 167_309),
    ChallengeSolution(
      id: "combining.c.sixty", recipe: "prune.sparsity=0.95 weights.bits=4 finetune.epochs=1",
      correct: 8_817, bytes: 50_128),
    ChallengeSolution(
      id: "combining.c.better", recipe: "prune.sparsity=0.9 weights.bits=4 finetune.epochs=2",
      correct: 9_109, bytes: 84_093),
    ChallengeSolution(
      id: "combining.c.binary", recipe: "weights.bits=1 finetune.epochs=2 finetune.mode=qat",
      correct: 8_837, bytes: 88_235),
    ChallengeSolution(
      id: "combining.c.eightfold",
      recipe: "prune.pattern=neuron prune.sparsity=0.75 weights.bits=8 activations.bits=8 "
        + "finetune.epochs=2", correct: 9_112, bytes: 148_241, speedup: 11),
    ChallengeSolution(
      id: "combining.c.fifty",
      recipe: "prune.sparsity=0.95 weights.bits=4 finetune.epochs=5 finetune.schedule=polynomial",
      correct: 9_127, bytes: 49_983),
    ChallengeSolution(
      id: "combining.c.everything",
      recipe: "prune.pattern=neuron prune.sparsity=0.75 weights.bits=8 activations.bits=8 "
        + "finetune.epochs=2", correct: 9_112, bytes: 148_241, speedup: 11),
    ChallengeSolution(
      id: "combining.c.extreme",
      recipe: "prune.sparsity=0.97 weights.bits=4 finetune.epochs=5 finetune.schedule=polynomial",
      correct: 9_055, bytes: 33_868),
  ]
}

/// Solutions of the challenges.
@Suite struct ChallengeSolutionTests {
  private static func challenge(_ id: String) throws -> Challenge {
    let challenges = try Story.library().chapters(in: .english).flatMap(\.challenges)
    return try #require(challenges.first { $0.id == id })
  }

  private static let laboratory = Result {
    let content = try BundledContent.locate(explicit: nil)
    let data = content + "/datasets/fashion-mnist"
    return Laboratory(
      network: try NetworkFile.read(content + "/models/baseline.safetensors"),
      test: try FashionMNIST.test(in: data), training: { try FashionMNIST.training(in: data) })
  }

  @Test func everyChallengeHasASolutionHere() throws {
    let ids = try Story.library().chapters(in: .english).flatMap(\.challenges).map(\.id)
    #expect(Set(ids) == Set(ChallengeSolution.all.map(\.id)))
  }

  @Test(arguments: ChallengeSolution.all)
  func aSolutionsFiguresMeetTheBudgetsWithAllowedKnobs(_ solution: ChallengeSolution) throws {
    let challenge = try Self.challenge(solution.id)
    let recipe = try Recipe(line: solution.recipe)
    try recipe.checkCombination()
    let keys = solution.recipe.split(separator: " ").compactMap {
      $0.split(separator: "=").first.map(String.init)
    }
    #expect(challenge.knobs.isEmpty || keys.allSatisfy(challenge.knobs.contains))
    if let bytes = challenge.limit(of: "bytes") { #expect(Double(solution.bytes) <= bytes) }
    if let accuracy = challenge.limit(of: "accuracy") {
      #expect(Double(solution.correct) >= accuracy * 10_000)
    }
    if let speedup = challenge.limit(of: "speedup") {
      let reached = try #require(solution.speedup)
      #expect(reached >= speedup)
    }
  }

  @Test(arguments: ChallengeSolution.all.filter(\.isQuick))
  func solutionsWithoutTrainingMeasureAsTheyDid(_ solution: ChallengeSolution) throws {
    let measurement = try Self.laboratory.get().measure(
      Recipe(line: solution.recipe), measuresLatency: false)
    let file = try #require(measurement.size.shortest)
    // Another processor may round a few images differently, and a new format may be shorter.
    #expect(abs(measurement.evaluation.correct - solution.correct) <= 5)
    #expect(file.bytes <= solution.bytes)
    let challenge = try Self.challenge(solution.id)
    let checks = challenge.checks(measurement).filter { $0.budget.quantity != "speedup" }
    #expect(checks.allSatisfy { $0.isMet == true })
  }

  @Test func noChallengeIsMetBeforeAKnobWasTurned() throws {
    var measurement = try Self.laboratory.get().measure(Recipe(), measuresLatency: false)
    measurement.latency = ["float32": 40]
    measurement.baselineLatency = 40
    for challenge in try Story.library().chapters(in: .english).flatMap(\.challenges) {
      #expect(challenge.settings.isEmpty)
      #expect(challenge.isMet(measurement) == false)
    }
  }
}
