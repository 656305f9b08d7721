import Compression
import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Latency and training in the lab.
@Suite struct TimingStories {
  private static let facts = LaboratoryFacts(
    testSet: LiveStory.images(10), network: BaselineCNN.make(seed: 1), baselineCorrect: 9,
    baselineBytes: 2_776_000)

  private func lab(
    width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, settings: [String: String] = [:]
  ) throws -> Story {
    var story = try Story(
      width: width, height: height, language: language, glyphs: glyphs,
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: settings)] })
    story.send(.laboratory(.ready(Self.facts)))
    return story
  }

  private func series(
    _ subject: LatencyReport.Subject, _ kernel: String, _ batch: Int, _ microseconds: Double
  ) -> LatencyReport.Series {
    LatencyReport.Series(
      subject: subject, kernel: kernel, batch: batch, imagesPerRound: 20,
      distribution: LatencyDistribution((0..<25).map { microseconds * (1 + 0.002 * Double($0)) }))
  }

  private var report: LatencyReport {
    LatencyReport(
      processor: "AMD EPYC 9R14", instructionSet: "AVX-512 with VNNI",
      series: [
        series(.baseline, "float32", 1, 37), series(.recipe, "float32", 1, 37.1),
        series(.recipe, "csr", 1, 26), series(.recipe, "int8", 1, 8.5),
        series(.baseline, "float32", 64, 13), series(.recipe, "float32", 64, 13.1),
        series(.recipe, "csr", 64, 4), series(.recipe, "int8", 64, 4.4),
      ], repeatedRounds: 2)
  }

  private func measurement(
    of recipe: Recipe, sparsity: Double = 0.9, macs: Int = 888_192
  ) -> Lab.Measurement {
    let labels = (0..<10).map(UInt8.init)
    var measurement = Measurement(
      recipe: recipe,
      evaluation: Evaluation(
        predictions: labels[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: sparsity, parameters: 693_962, macs: macs, bytes: [.dense: 348_407], layers: []),
      latency: [:], seconds: 0.1)
    measurement.add(report)
    return measurement
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)], [Language.english, .simplifiedChinese])
  func theTimesStandInABoxPlotWithTheProcessorAtEverySizeInBothLanguages(
    size: (Int, Int), language: Language
  ) throws {
    // ASCII has no Chinese.
    for glyphs in [Preferences.Glyphs.unicode, .ascii]
    where glyphs == .unicode || language == .english {
      var story = try lab(
        width: size.0, height: size.1, language: language, glyphs: glyphs,
        settings: ["prune.sparsity": "0.9"])
      try story.show("latency")
      let recipe = try story.lastMeasureRequest().recipe
      story.reply(.measured(measurement(of: recipe), .accuracy))
      #expect(story.isASCII == (glyphs == .ascii))
      story.expect("37.9")
      story.expect(glyphs == .unicode ? "4.4×" : "4.4x")
      story.expect("AMD EPYC 9R14")
      story.expect(
        language == .english
          ? "Masked, not smaller: 90 % zeros" : "只是掩码，并未变小：90 % 为零")
      if size.1 >= 60 {
        story.expect(language == .english ? "64 images at once" : "一批 64 张")
      }
    }
  }

  @Test func theSentenceTellsASmallerNetworkFromAMaskedOneAndFromRoundedWeights() throws {
    var story = try lab(settings: ["weights.bits": "8"])
    try story.show("latency")
    let recipe = try story.lastMeasureRequest().recipe
    story.expect("Timed as soon as nothing else")
    story.reply(.measured(measurement(of: recipe, sparsity: 0, macs: 400_000), .accuracy))
    story.expect("Fewer operations, yet f32 is no")
    story.reply(.measured(measurement(of: recipe, sparsity: 0.3), .accuracy))
    // An int8 kernel ran: rounding did pay, and its zeros are no mask.
    story.expectNot("Masked")
    story.expectNot("Rounded weights alone")
  }

  @Test func noTimeIsShownBeforeTheGuess() throws {
    var story = try lab()
    try story.show("latency")
    story.press(.character("p"))
    story.expect("The times come after your guess")
    try story.show("training")
    story.expect("The training is shown after")
  }

  private func curve(step: Int, isOver: Bool = false) -> TrainingCurve {
    var curve = TrainingCurve()
    curve.step = step
    curve.steps = 938
    curve.epoch = 1 + step / 470
    curve.epochs = 2
    curve.secondsLeft = 4.2
    curve.isOver = isOver
    curve.losses = (1...max(1, step)).map {
      TrainingCurve.Loss(step: $0, value: 0.3 + 2 / Double($0))
    }
    curve.looks = stride(from: 0, through: step, by: 50).map {
      TrainingCurve.Look(
        step: $0, images: 1_000, correct: 870 - 700 / (1 + $0 / 50),
        sparsity: 0.5 + Double($0) / 2000,
        changedCodes: $0 == 0 ? nil : 0.0123)
    }
    return curve
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)], [Language.english, .simplifiedChinese])
  func aTrainingShowsLossAccuracyZerosAndWhatIsLeftAndItsKeys(size: (Int, Int), language: Language)
    throws
  {
    let isEnglish = language == .english
    // ASCII has no Chinese.
    for glyphs in [Preferences.Glyphs.unicode, .ascii]
    where glyphs == .unicode || language == .english {
      var story = try lab(
        width: size.0, height: size.1, language: language, glyphs: glyphs,
        settings: ["prune.sparsity": "0.9", "finetune.epochs": "2"])
      try story.show("training")
      story.reply(.training(curve(step: 400)))
      #expect(story.isASCII == (glyphs == .ascii))
      story.expect(isEnglish ? "step 400/938" : "步 400/938")
      story.expect(isEnglish ? "5 s left" : "还剩 5 秒")
      story.expect(isEnglish ? "first 1,000" : "前 1,000 张测试图像")
      story.expect(isEnglish ? "loss, nats" : "损失，nat")
      story.expect(isEnglish ? "zeros 70.0 %" : "零 70.0 %")
      story.expect(isEnglish ? "e end here" : "e 到此为止")
      // The gauge says how far it is.
      story.expect(isEnglish ? "training 42 %" : "训练 42 %")
    }
  }

  @Test func anEndedTrainingIsLabelledAndNeverTakenForTheRecipesResult() throws {
    var story = try lab(settings: ["prune.sparsity": "0.9", "finetune.epochs": "2"])
    let (recipe, id) = try story.lastMeasureRequest()
    story.reply(.training(curve(step: 100)))
    story.press(.character("e"))
    let last = story.effects.last
    guard case .endTraining = last else {
      Issue.record("e ends the training")
      return
    }
    story.reply(.training(curve(step: 120, isOver: true)))
    let stopped = StoppedTraining(measurement: measurement(of: recipe), step: 120, steps: 938)
    story.reply(.stopped(stopped))
    story.expect("(100.00 %)")
    story.expect("stopped at step 120/938")
    story.expect("stopped after 120 of 938 steps: not the recipe's result")
    let screen = try #require(story.model.screen as? LabScreen)
    let isUnmeasured = screen.session.results.measurement == nil
    let points = screen.session.curve.points.count
    #expect(isUnmeasured)
    #expect(points == 0)
    // The same key begins anew; so does any knob.
    story.press(.character("e"))
    let again = try story.lastMeasureRequest()
    let isSame = again.recipe == recipe
    #expect(isSame)
    #expect(again.id != id)
    story.expectNot("stopped")
    // What is told of the training that was left is not taken in.
    story.reply(.stopped(stopped), to: id)
    story.expectNot("stopped at")
  }

  @Test func cancellingGoesBackToTheRecipeBeforeOrToTheOneThatDoesNotTrain() throws {
    var story = try lab(settings: ["finetune.epochs": "1"])
    let first = try story.lastMeasureRequest()
    story.press(.left)
    let second = try story.lastMeasureRequest()
    #expect(second.recipe != first.recipe)
    story.reply(.training(curve(step: 10)))
    story.press(.character("z"))
    #expect(try story.lastMeasureRequest().recipe == first.recipe)
    let third = try story.lastMeasureRequest()
    story.reply(.training(curve(step: 10)))
    story.press(.character("z"))
    let last = try story.lastMeasureRequest()
    #expect(last.recipe.finetune.epochs == 0 && last.id != third.id)
    // Without a training the keys do nothing.
    let count = story.effects.count
    story.press(.character("z"), .character("e"))
    #expect(story.effects.count == count)
  }

  @Test func withoutATrainingThePanelSaysWhy() throws {
    var story = try lab()
    try story.show("training")
    story.expect("finetune.epochs is 0")
  }

  @Test func howFarTheCurveIsComesWithItsPointsAndOnlyForItsOwnRecipe() throws {
    var story = try lab()
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.measured(measurement(of: recipe), .accuracy))
    func progress() throws -> SweepProgress? {
      try #require(story.model.screen as? LabScreen).session.results.sweeps[.curve]
    }
    story.reply(.point(SweepPoint("8", accuracy: 0.9, isExact: false, done: 3, count: 10)))
    #expect(try progress() == SweepProgress(done: 3, count: 10))
    story.reply(.point(SweepPoint("8", accuracy: 0.9, isExact: true, done: 14, count: 10)))
    #expect(try progress()?.isExact == true && progress()?.doneInPass == 4)
    try story.show("sensitivity")
    let point = SweepPoint("dense/3", accuracy: 0.9, isExact: false, done: 7, count: 24)
    story.reply(.layerPoint(layer: "dense", bits: 3, point))
    #expect(try progress()?.doneInPass == 4)
    story.expect("≈ 7/24")
    story.press(.left)
    #expect(try progress() == nil)
  }
}
