import Compression
import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Three seeds in the lab.
@Suite struct SeedStories {
  private static let facts = LaboratoryFacts(
    testSet: ImageDataset(
      height: 28, width: 28, pixels: [UInt8](repeating: 90, count: 100 * 784),
      labels: (0..<100).map { UInt8($0 % 10) }),
    network: BaselineCNN.make(seed: 1), baselineCorrect: 91, baselineBytes: 2_776_000)

  /// The lab with a recipe that was measured.
  private func lab(
    _ line: String, width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode
  ) throws -> (story: Story, recipe: Recipe) {
    let settings = try Recipe(line: line).settings
    var story = try Story(
      width: width, height: height, language: language, glyphs: glyphs,
      screens: { _ in
        [
          HomeScreen(),
          LabScreen(
            experiment: nil,
            settings: Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.value) })),
        ]
      })
    story.send(.laboratory(.ready(Self.facts)))
    let recipe = try story.lastMeasureRequest().recipe
    let labels = (0..<100).map { UInt8($0 % 10) }
    let evaluation = Evaluation(
      predictions: labels[...], baseline: labels[...], labels: labels[...], classes: 10)
    let size = NetworkSize(sparsity: 0, parameters: 1, macs: 1, bytes: [:], layers: [])
    story.reply(
      .measured(
        Measurement(recipe: recipe, evaluation: evaluation, size: size, latency: [:], seconds: 0),
        .accuracy))
    return (story, recipe)
  }

  private func comparison(
    of recipe: Recipe, recipeRuns: [Double], controlRuns: [Double]
  ) -> SeedComparison {
    var comparison = SeedComparison(of: recipe)
    for (index, seed) in SeedComparison.seeds.enumerated() {
      if index < controlRuns.count {
        comparison.runs.append(
          SeedRun(seed: seed, isControl: true, accuracy: controlRuns[index]))
      }
      if index < recipeRuns.count {
        comparison.runs.append(
          SeedRun(seed: seed, isControl: false, accuracy: recipeRuns[index]))
        comparison.pairs.append(
          PairedComparison(images: 10_000, gained: 150, lost: 200, disagreements: 350))
      }
    }
    return comparison
  }

  private func count(_ story: Story, _ isWanted: (TutorEffect) -> Bool) -> Int {
    story.effects.count(where: isWanted)
  }

  private func comparisons(_ story: Story) -> Int {
    count(story) { if case .ask(.compareSeeds) = $0 { true } else { false } }
  }

  @Test func nBeginsTheRunsShowsTheirPanelAndSaysHowFarTheyAreNAgainStopsThem() throws {
    var (story, recipe) = try lab("prune.sparsity=0.9 finetune.epochs=1")
    #expect(comparisons(story) == 0)
    story.press(.character("n"))
    #expect(comparisons(story) == 1)
    story.expect("three seeds and a control")
    story.expect("n trains this recipe and its control")
    let begun = comparison(of: recipe, recipeRuns: [0.91], controlRuns: [0.92])
    story.reply(.seeds(SeedRuns(comparison: begun, share: 0.457)))
    story.expect("2/6")
    story.expect("Seed 2, the control · 45 %. n stops.")
    story.expect("91.00")
    story.press(.character("n"))
    #expect(count(story) { if case .cancel(.seeds) = $0 { true } else { false } } == 1)
    story.expect("Stopped. n begins again.")
    // A reply that was under way comes too late.
    story.reply(.seeds(SeedRuns(comparison: begun, share: 0.6)))
    story.expect("Stopped. n begins again.")
    story.press(.character("n"))
    #expect(comparisons(story) == 2)
    story.expectNot("Stopped.")
  }

  @Test func aDifferenceBeyondTheNoiseIsToldFromOneWithinIt() throws {
    // Sentences are wrapped; each piece stands in one line.
    for (language, start, beyond, within) in [
      (Language.english, "Recipe minus control: −1.00", "points, more", "points, within"),
      (.simplifiedChinese, "配方减对照：−1.00 个百分点", "超出噪声", "在噪声"),
    ] {
      var (story, recipe) = try lab(
        "prune.sparsity=0.9 finetune.epochs=1", width: 200, height: 60, language: language)
      story.press(.character("n"))
      let clear = comparison(
        of: recipe, recipeRuns: [0.909, 0.91, 0.911], controlRuns: [0.919, 0.92, 0.921])
      story.reply(.seeds(SeedRuns(comparison: clear, isRunning: false)))
      story.expect(start)
      story.expect(beyond)
      story.expectNot(within)
      story.expect("91.00 ±0.10")
      story.expect("92.00 ±0.10")
      let vague = comparison(
        of: recipe, recipeRuns: [0.90, 0.91, 0.92], controlRuns: [0.91, 0.92, 0.93])
      story.press(.character("n"))
      story.reply(.seeds(SeedRuns(comparison: vague, isRunning: false)))
      story.expect(start)
      story.expect(within)
    }
  }

  @Test func runsOfARecipeThatTakesNoTrainingComeByThemselvesAndSayWhenNothingIsRandom() throws {
    var (story, recipe) = try lab("weights.bits=3", width: 120, height: 40)
    story.press(.character("n"))
    #expect(comparisons(story) == 1)
    let same = comparison(
      of: recipe, recipeRuns: [0.87, 0.87, 0.87], controlRuns: [0.91, 0.91, 0.91])
    story.reply(.seeds(SeedRuns(comparison: same, isRunning: false)))
    story.expect("in this recipe is random")
    // Three runs at one place are counted.
    let row = try #require(
      story.rows.first { $0.contains("recipe ") && $0.contains("87.00 ±0.00") })
    #expect(row.contains("3"))
  }

  @Test func anotherRecipesRunsAreNotShownAndUnfinishedOnesAreForgotten() throws {
    var (story, recipe) = try lab("prune.sparsity=0.9 finetune.epochs=1")
    story.press(.character("n"))
    let begun = comparison(of: recipe, recipeRuns: [0.91], controlRuns: [0.92])
    story.reply(.seeds(SeedRuns(comparison: begun)))
    story.expect("2/6")
    story.press(.left)
    story.expectNot("2/6")
    story.reply(.seeds(SeedRuns(comparison: begun)))
    story.expectNot("2/6")
    story.press(.character("u"))
    story.expectNot("2/6")
  }

  @Test func thePanelHoldsItsSentencesAtEverySizeAndInASCII() throws {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
      var (story, recipe) = try lab(
        "prune.sparsity=0.9 finetune.epochs=1", width: width, height: height, glyphs: .ascii)
      story.press(.character("n"))
      let clear = comparison(
        of: recipe, recipeRuns: [0.909, 0.91, 0.911], controlRuns: [0.919, 0.92, 0.921])
      story.reply(.seeds(SeedRuns(comparison: clear, isRunning: false)))
      story.expect("91.00 ~0.10")
      story.expect("baseline")
      story.expect("noise")
      #expect(story.isASCII)
    }
  }
}
