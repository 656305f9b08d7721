import Compression
import Localization
import Testing

@testable import Lab
@testable import TutorApp

@Suite("What is guessed in the lab")
struct GuessedQuantityTests {
  @Test(
    "Guesses are read with the units that people type",
    arguments: [
      ("accuracy", "85", 0.85), ("accuracy", "0.85", 0.85), ("bytes.csr16", "300 KB", 300_000),
      ("bytes.csr16", "1.5MiB", 1_572_864), ("bytes.dense", "348,407", 348_407),
      ("sparsity", "50", 0.5), ("sparsity", "0.5", 0.5), ("sparsity", "1 %", 0.01),
      ("speedup.int8", "2.5x", 2.5), ("speedup.int8", "2×", 2), ("flips", "120", 120),
      ("sqnr@dense/kernel", "20 dB", 20),
    ])
  func reading(name: String, text: String, value: Double) throws {
    let guess = try #require(GuessedQuantity(name).guess(from: text))
    #expect(abs(guess - value) < 1e-9 * max(1, value))
  }

  @Test(
    "What has no such unit is no guess",
    arguments: [
      ("bytes.dense", "many"), ("bytes.dense", "3 apples"), ("speedup.csr", "5 %"),
      ("sparsity", "140"), ("flips", "-3"), ("flips", ""),
    ])
  func refusing(name: String, text: String) {
    #expect(GuessedQuantity(name).guess(from: text) == nil)
  }

  @Test("The truth is there when what it needs was measured")
  func truth() {
    let labels: [UInt8] = [0, 1]
    var measurement = Measurement(
      recipe: Recipe(),
      evaluation: Evaluation(
        predictions: [0, 0], baseline: [0, 1], labels: labels[...], classes: 2),
      size: NetworkSize(sparsity: 0.5, parameters: 10, macs: 20, bytes: [:], layers: []),
      latency: [:], seconds: 0)
    #expect(GuessedQuantity("accuracy").value(in: measurement) == 0.5)
    #expect(GuessedQuantity("flips").value(in: measurement) == 1)
    #expect(GuessedQuantity("bytes.dense").value(in: measurement) == nil)
    measurement.size.bytes[.dense] = 77
    #expect(GuessedQuantity("bytes.dense").value(in: measurement) == 77)
    #expect(GuessedQuantity("speedup.int8").value(in: measurement) == nil)
    measurement.latency["int8"] = 4
    measurement.baselineLatency = 10
    #expect(GuessedQuantity("speedup.int8").value(in: measurement) == 2.5)
  }

  @Test("Shares are apart by points, other numbers by a part of the truth")
  func distances() {
    #expect(
      GuessedQuantity("sparsity").distance(0.5, 0.625, isEnglish: true) == "off by 12.50 points")
    #expect(GuessedQuantity("bytes.dense").distance(150, 200, isEnglish: true) == "off by 25 %")
    #expect(GuessedQuantity("bytes.dense").isClose(190, 200))
    #expect(!GuessedQuantity("bytes.dense").isClose(150, 200))
  }
}
