import Compression
import Testing

@testable import Lab

/// Recipes measured so far.
@Suite struct VisitedRecipesTests {
  /// A measurement with so many of 100 images right and a shortest file of some bytes.
  private func measurement(_ line: String, right: Int, bytes: Int?) throws -> Measurement {
    let labels = (0..<100).map { UInt8($0 % 10) }
    let predictions = labels.enumerated().map { $0 < right ? $1 : ($1 + 1) % 10 }
    return Measurement(
      recipe: try Recipe(line: line),
      evaluation: Evaluation(
        predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: 0, parameters: 10, macs: 10,
        bytes: bytes.map { [.dense: $0 + 50, .gzip: $0] } ?? [:], layers: []),
      latency: [:], seconds: 0)
  }

  @Test func theFrontHoldsWhatNothingDominatesFromTheShortestFileToTheLongest() throws {
    var visited = VisitedRecipes()
    for (line, right, bytes) in [
      ("weights.bits=8", 90, 800), ("weights.bits=4", 88, 400), ("weights.bits=3", 88, 500),
      ("weights.bits=2", 40, 200), ("weights.bits=1", 40, 300), ("weights.bits=16", 90, 1_600),
    ] {
      visited.add(try measurement(line, right: right, bytes: bytes))
    }
    #expect(visited.front.map(\.recipe.weights.bits) == [2, 4, 8])
    let wide = try #require(visited.find(try Recipe(line: "weights.bits=16")))
    #expect(visited.dominator(of: wide)?.recipe.weights.bits == 8)
    let best = try #require(visited.front.first)
    #expect(visited.dominator(of: best) == nil)
    #expect(best.format == .gzip && best.accuracy == 0.4)
  }

  @Test func aRecipeCountsOnceWhateverHasNoEffectInItAndOnlyOnceItsBytesAreKnown() throws {
    var visited = VisitedRecipes()
    visited.add(try measurement("weights.bits=4", right: 80, bytes: nil))
    #expect(visited.all.isEmpty)
    visited.add(try measurement("weights.bits=4", right: 80, bytes: 400))
    visited.add(try measurement("weights.bits=4 finetune.mode=qat", right: 80, bytes: 400))
    #expect(visited.all.count == 1)
    #expect(visited.find(try Recipe(line: "weights.bits=4"))?.bytes == 400)
  }
}
