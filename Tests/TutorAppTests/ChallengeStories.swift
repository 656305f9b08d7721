import Compression
import Curriculum
import Localization
import NeuralNetwork
import Study
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Challenges.
@Suite struct ChallengeStories {
  private static let images = 1_000

  private static let facts = LaboratoryFacts(
    testSet: ImageDataset(
      height: 28, width: 28, pixels: [UInt8](repeating: 90, count: images * 784),
      labels: (0..<images).map { UInt8($0 % 10) }),
    network: BaselineCNN.make(seed: 1), baselineCorrect: 910, baselineBytes: 2_776_000)

  /// Opens the challenge with an id in the lab.
  private func story(
    _ id: String, width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, store: ProgressStore? = nil
  ) throws -> StoredStory {
    var story = try StoredStory(
      store: try store ?? .inMemory(), width: width, height: height, language: language,
      glyphs: glyphs)
    story.story.send(.laboratory(.ready(Self.facts)))
    try story.press(.character("c"))
    let challenges = story.story.model.context.challenges
    let row = try #require(challenges.firstIndex { $0.id == id })
    for _ in 0..<row { try story.press(.down) }
    try story.press(.enter)
    return story
  }

  private func measurement(
    right: Int, bytes: Int, of recipe: Recipe, latency: [String: Double] = ["float32": 40],
    baseline: Double? = nil
  ) -> Lab.Measurement {
    let labels = (0..<Self.images).map { UInt8($0 % 10) }
    let predictions = labels.enumerated().map { $0 < right ? $1 : ($1 + 1) % 10 }
    var measurement = Lab.Measurement(
      recipe: recipe,
      evaluation: Evaluation(
        predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: 0.5, parameters: 693_962, macs: 888_192,
        bytes: [.dense: bytes + 5_000, .gzip: bytes], layers: []),
      latency: latency, seconds: 0.1)
    measurement.baselineLatency = baseline
    return measurement
  }

  /// Answers the latest request with a measurement.
  private func settle(
    _ story: inout StoredStory, right: Int, bytes: Int, latency: [String: Double] = ["float32": 40],
    baseline: Double? = nil
  ) throws {
    let recipe = try story.story.lastMeasureRequest().recipe
    let found = measurement(
      right: right, bytes: bytes, of: recipe, latency: latency, baseline: baseline)
    story.story.reply(.measured(found, .accuracy))
  }

  @Test func theListHasEveryChallengeWithItsBudgetTheEasierOnesFirst() throws {
    var story = try StoredStory(store: try .inMemory(), height: 40)
    try story.press(.character("c"))
    story.story.expect("0 of 11 met")
    story.story.expect("≤ 150,000 B  ≥ 90 %")
    let difficulties = story.story.model.context.challenges.map(\.difficulty)
    #expect(difficulties == difficulties.sorted())
    story.story.expect("bytes of the shortest file")
    story.story.expect("░ budget")
  }

  @Test func theBudgetStandsBesideTheGaugesMetOrNotAtOnce() throws {
    var story = try story("combining.c.ninety")
    story.story.expect("≤ 150,000 B   …")
    story.story.expect("measuring")
    try settle(&story, right: 880, bytes: 140_000)
    story.story.expect("≤ 150,000 B ✓ 140,000 gzip")
    story.story.expect("≥ 90 % ✗ 88.00 %")
    story.story.expect("not met")
    try story.press(.left)
    story.story.expect("measuring")
    try settle(&story, right: 900, bytes: 150_000)
    story.story.expect("MET")
    try story.press(.left)
    try settle(&story, right: 900, bytes: 150_001)
    story.story.expect("≤ 150,000 B ✗ 150,001 gzip")
    story.story.expect("not met")
  }

  @Test func aSubmittedMeasurementIsStoredAndStandsInTheListAndOnThePlot() throws {
    let store = try ProgressStore.inMemory()
    var story = try story("combining.c.ninety", store: store)
    try story.press(.character("a"))
    story.story.expect("Wait until everything is measured")
    try settle(&story, right: 880, bytes: 140_000)
    try story.press(.character("a"))
    story.story.expect("Not met yet")
    try story.press(.left)
    try settle(&story, right: 905, bytes: 120_000)
    try story.press(.character("a"))
    story.story.expect("Budget met!")
    let attempts = try store.challengeAttempts()
    #expect(attempts.map(\.isMet) == [false, true])
    #expect(attempts.map(\.correct) == [880, 905])
    #expect(attempts.map(\.bytes) == [140_000, 120_000])
    #expect(attempts[1].recipe == "weights.bits=16")
    try story.press(.character("q"))
    story.story.expect("1 of 11 met")
    let row = try #require(story.story.rows.first { $0.contains("150 KB at 90 %") })
    #expect(row.contains("✓"))
    #expect(row.contains("120,000 B  90.50 %"))
    story.story.expect("2 attempts")
    #expect(story.story.rows.contains { $0.contains("│") && $0.contains("●") })
  }

  @Test func whereSpeedCountsItIsThatOfTheFastestKernelAgainstTheUncompressedNetwork() throws {
    var story = try story("combining.c.twice")
    try settle(&story, right: 908, bytes: 600_000, latency: [:])
    story.story.expect("≥ 2×   …")
    story.story.expect("measuring")
    try story.press(.left)
    try settle(
      &story, right: 908, bytes: 600_000, latency: ["float32": 40, "int8": 10], baseline: 38)
    story.story.expect("≥ 2× ✓ 3.8×")
    try story.press(.character("a"))
    #expect(try story.store.challengeAttempts().map(\.latency) == [10])
  }

  @Test func hintsComeOneByOneAndThenThereAreNoMore() throws {
    var story = try story("combining.c.binary")
    try story.press(.character("h"))
    story.story.expect("Hint 1: One bit is the sign")
    story.story.expectNot("Hint 2")
    story.story.expect("2 left")
    try story.press(.character("h"), .character("h"), .character("h"))
    story.story.expect("There are no more hints.")
    // The challenge allows no pruning, so the lab offers none.
    story.story.expectNot("Sparsity")
  }

  @Test func aChallengeComesBackAfterARestartWithItsRecipeAndItsAttempts() throws {
    let story = try Story(screens: {
      ScreenRestoration.screens(
        for: [
          .home(selection: 0), .challenges(selection: 2),
          .challenge(id: "combining.c.ninety", settings: ["weights.bits": "3"]),
          .challenge(id: "combining.c.gone", settings: [:]),
        ], $0)
    })
    story.expect("Challenges · 150 KB at 90 %")
    #expect(story.model.screens.count == 3)
    var ready = story
    ready.send(.started)
    #expect(
      ready.measureRequests.contains { $0.recipe.weights.bits == 3 })
  }

  @Test func wideWindowsShowTheTextBesideTheListChineseAndASCIIHaveTheirOwnSigns() throws {
    var wide = try StoredStory(
      store: try .inMemory(), width: 132, height: 44, language: .simplifiedChinese)
    try wide.press(.character("c"))
    wide.story.expect("用任意旋钮达到预算：已完成 0/11")
    wide.story.expect("最短文件的字节数")
    wide.story.expect("≤ 350,000 B  ≥ 90.5 %   0 次尝试")
    var ascii = try story("combining.c.ninety", glyphs: .ascii)
    try settle(&ascii, right: 880, bytes: 140_000)
    #expect(ascii.story.isASCII, "\(ascii.story.text)")
    ascii.story.expect("@")
    try ascii.press(.character("a"), .character("q"))
    #expect(ascii.story.isASCII, "\(ascii.story.text)")
  }

  @Test func theBestAttemptIsOneThatMeetsTheBudgetsThenTheOneWithMostToSpare() throws {
    let library = try Story.library()
    let challenge = try #require(
      library.chapters(in: .english).flatMap(\.challenges).first { $0.id == "combining.c.ninety" })
    func attempt(_ correct: Int, _ bytes: Int) -> ChallengeAttempt {
      ChallengeAttempt(
        challengeID: challenge.id, at: 0, recipe: "", correct: correct, images: 10_000,
        bytes: bytes, latency: nil, isMet: correct >= 9_000 && bytes <= 150_000)
    }
    let far = attempt(5_000, 20_000)
    let near = attempt(8_990, 149_000)
    let met = attempt(9_000, 149_000)
    let better = attempt(9_050, 90_000)
    #expect(challenge.best(of: []) == nil)
    #expect(challenge.best(of: [far, near]) == near)
    #expect(challenge.best(of: [near, met, far]) == met)
    #expect(challenge.best(of: [better, met]) == better)
  }
}
