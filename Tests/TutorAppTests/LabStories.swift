import Compression
import Curriculum
import Localization
import NeuralNetwork
import Study
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// The lab.
@Suite struct LabStories {
  /// Ten test images of which the uncompressed network gets nine right.
  private static let facts = LaboratoryFacts(
    testSet: ImageDataset(
      height: 28, width: 28, pixels: [UInt8](repeating: 90, count: 10 * 784),
      labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    network: BaselineCNN.make(seed: 1), baselineCorrect: 9, baselineBytes: 2_776_000)

  private func lab(
    experiment id: String? = nil, width: Int = 80, height: Int = 24, language: Language = .english
  ) throws -> Story {
    var story = try Story(
      width: width, height: height, language: language,
      screens: { context in
        let experiment = id.flatMap { context.experiment($0)?.experiment }
        return [HomeScreen(), LabScreen(experiment: experiment, settings: nil)]
      })
    story.send(.laboratory(.ready(Self.facts)))
    return story
  }

  private func estimate(_ accuracy: Double, of recipe: Recipe) -> Estimate {
    Estimate(
      recipe: recipe, evaluation: evaluation(right: 8, images: 10),
      band: AccuracyBand(estimate: accuracy, lower: accuracy - 0.02, upper: accuracy + 0.02),
      size: size)
  }

  private var size: NetworkSize {
    NetworkSize(
      sparsity: 0.5, parameters: 693_962, macs: 888_192,
      bytes: [.dense: 348_407, .csr16: 1_219_811, .bitmask: 331_757, .gzip: 262_150], layers: [])
  }

  /// An evaluation with so many images right; each wrong one is taken for the class after its own.
  private func evaluation(right: Int, images: Int) -> Evaluation {
    let labels = (0..<images).map { UInt8($0 % 10) }
    let predictions = labels.enumerated().map { $0 < right ? $1 : ($1 + 1) % 10 }
    return Evaluation(
      predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10)
  }

  private func measurement(right: Int, of recipe: Recipe) -> Lab.Measurement {
    Measurement(
      recipe: recipe, evaluation: evaluation(right: right, images: 10), size: size,
      latency: ["float32": 37.5], seconds: 0.1)
  }

  @Test func eachMoveOfASliderAsksForAMeasurementInPlaceOfTheOneBefore() throws {
    var story = try lab()
    let first = try story.lastMeasureRequest()
    story.press(.left)
    let second = try story.lastMeasureRequest()
    #expect(second.id.number > first.id.number && second.id.asker == first.id.asker)
    #expect(second.recipe.weights.bits == 16)
    story.press(.left, .left)
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 7)
  }

  @Test func anEstimateWithItsBandComesFirstTheExactFigureTakesItsPlace() throws {
    var story = try lab()
    story.expect("accuracy   …")
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.estimate(estimate(0.83, of: recipe)))
    story.expect("≈ 83.00 %")
    story.expect("±2.00")
    story.reply(.measured(measurement(right: 8, of: recipe), .accuracy))
    story.expect("accuracy   80.00 %")
    story.expect("▼10.00")
    story.expect("flips 2")
    story.expect("348,407  8.0× smaller")
    story.expect("f32 37.5 µs")
    story.expectNot("≈")
  }

  @Test func aResultForSettingsThatWereLeftIsNeverShown() throws {
    var story = try lab()
    let (recipe, id) = try story.lastMeasureRequest()
    story.press(.left)
    story.reply(.measured(measurement(right: 8, of: recipe), .accuracy), to: id)
    story.reply(.estimate(estimate(0.83, of: recipe)), to: id)
    story.expect("accuracy   …")
    story.expectNot("80.00 %")
    story.expectNot("83.00 %")
  }

  @Test func oneLayerIsRoundedAtATimeAsSoonAsThatViewIsShown() throws {
    var story = try lab()
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.measured(measurement(right: 8, of: recipe), .accuracy))
    try story.show("sensitivity")
    let scan = try #require(story.requests.last)
    #expect(scan.request == .scanLayers(of: recipe))
    func send(_ layer: String, _ accuracy: Double, isExact: Bool = true) {
      let point = SweepPoint("\(layer)/3", accuracy: accuracy, isExact: isExact)
      story.reply(.layerPoint(layer: layer, bits: 3, point), to: scan.id)
    }
    send("conv2d", 0.9)
    send("dense", 0.4)
    send("dense", 0.1, isExact: false)
    story.expect("one layer rounded at a time")
    story.expect("conv2d")
    story.expect("dense")
    let screen = try #require(story.model.screen as? LabScreen)
    #expect(screen.session.sensitivity.point(layer: "dense", bits: 3)?.accuracy == 0.4)
    // Another recipe starts anew.
    story.press(.left)
    let moved = try #require(story.model.screen as? LabScreen)
    #expect(moved.session.sensitivity.base != moved.session.recipe)
    send("stale", 0.1)
    let later = try #require(story.model.screen as? LabScreen)
    #expect(!later.session.sensitivity.layers.contains("stale"))
  }

  @Test func everyLayerIsTriedAloneAtEveryBitWidthOnTopOfWhatTheRecipeDoes() throws {
    let base = try Recipe(line: "prune.sparsity=0.5 weights.bits=4")
    let points = LayerScan.points(of: BaselineCNN.make(seed: 1), under: base)
    #expect(points.count == 24)
    #expect(Set(points.map(\.layer)) == ["conv2d", "dense", "dense_1"])
    let dense = try #require(points.first { $0.name == "dense/2" })
    #expect(dense.recipe.line == "prune.sparsity=0.5 weights.bits=2 weights.layers=dense")
  }

  @Test func aCurveGrowsFromTheExactPointsAndMovingItsOwnKnobKeepsIt() throws {
    var story = try lab()
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.measured(measurement(right: 8, of: recipe), .accuracy))
    #expect(story.requests.last?.request == .sweep(key: "weights.bits", through: recipe))
    story.reply(.point(SweepPoint("4", accuracy: 0.5, isExact: true)))
    story.press(.left)
    let screen = try #require(story.model.screen as? LabScreen)
    #expect(screen.session.curve.points.count == 2)
    story.press(.down, .right)
    let moved = try #require(story.model.screen as? LabScreen)
    #expect(moved.session.curve.key.name != "weights.bits")
    #expect(moved.session.curve.points.isEmpty)
  }

  @Test func aGuessComesBeforeTheRunTheCurveIsHiddenTheGuessStandsBesideTheTruth() throws {
    var story = try lab(experiment: "quantization.bits")
    story.expect("Accuracy with weights.bits=2 weights.granularity=tensor?")
    story.press(.enter)
    story.expect("Type a percentage, such as 85.")
    story.type("85")
    story.press(.enter)
    let recipe = try story.lastMeasureRequest().recipe
    #expect(recipe.weights.bits == 2)
    story.expect("your guess 85.00 %")
    story.reply(.measured(measurement(right: 1, of: recipe), .accuracy))
    story.expect("your guess 85.00 %  ·  truth 10.00 %  ·  off by 75.00 points")
    let recorded = story.effects.contains { effect in
      if case .store(.recordPrediction("quantization.bits", _, 0.85, 0.1)) = effect {
        true
      } else {
        false
      }
    }
    #expect(recorded)
    // The explanation is there once the guess was made.
    story.press(.character("t"))
    story.expect("▌ Explanation")
  }

  @Test func bytesCanBeGuessedTheyStayHiddenAndTheTruthComesWhenTheyAreWritten() throws {
    var story = try lab(experiment: "quantization.bits")
    var screen = try #require(story.model.screen as? LabScreen)
    screen.guessed = try Quantity("bytes.dense")
    story = try Story(screens: { _ in [HomeScreen(), screen] })
    story.send(.laboratory(.ready(Self.facts)))
    story.expect("Bytes as dense with weights.bits=2 weights.granularity=tensor?")
    story.type("400 KB")
    story.press(.enter)
    let recipe = try story.lastMeasureRequest().recipe
    var found = measurement(right: 8, of: recipe)
    found.size.bytes = [:]
    story.reply(.measured(found, .accuracy))
    story.expect("your guess 400,000 B")
    story.expectNot("truth")
    found.size.bytes = [.dense: 500_000]
    story.reply(.measured(found, .accuracy))
    story.expect("your guess 400,000 B  ·  truth 500,000 B  ·  off by 20 %")
    let recorded = story.effects.contains { effect in
      if case .store(.recordPrediction) = effect { true } else { false }
    }
    #expect(!recorded)
  }

  @Test func pHidesWhatTheSlidersDoUntilAGuessIsMade() throws {
    var story = try lab()
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.measured(measurement(right: 9, of: recipe), .accuracy))
    let before = story.measureRequests.count
    story.press(.character("p"), .left, .left)
    #expect(story.measureRequests.count == before)
    story.expect("Predicting")
    story.expect("accuracy   ?")
    story.press(.enter)
    story.type("70%")
    story.press(.enter)
    let guessed = try story.lastMeasureRequest().recipe
    #expect(guessed.weights.bits == 8)
    story.reply(.measured(measurement(right: 7, of: guessed), .accuracy))
    story.expect("off by 0.00 points")
  }

  @Test func aValueMayBeTypedAWrongOneNamesWhatIsAllowed() throws {
    var story = try lab()
    story.type("3")
    story.expect("weights.bits = 3")
    story.press(.enter)
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 3)
    story.type("9")
    story.press(.enter)
    story.expect("weights.bits must be one of 1 … 8, 16, 32, not 9")
    story.press(.escape)
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 3)
  }

  @Test func aShareMayBeTypedAsPercent() throws {
    var story = try lab()
    while (story.model.screen as? LabScreen)?.focusedKnob.name != "prune.sparsity" {
      story.press(.up)
    }
    story.type("85%")
    story.press(.enter)
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.85)
    story.press(.right)
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.86)
    story.press(.character("]"))
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.9)
    story.press(.shiftLeft)
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.8)
  }

  @Test func undoGoesBackStepByStepResetToTheStart() throws {
    var story = try lab(experiment: "quantization.bits")
    story.press(.escape, .left)
    story.wait(2)
    story.press(.left)
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 6)
    story.press(.character("u"))
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 7)
    story.press(.left, .left, .character("r"))
    #expect(try story.lastMeasureRequest().recipe.weights.bits == 8)
  }

  @Test func theMouseChoosesSetsAndDragsASliderAlsoPastItsEnd() throws {
    var story = try lab(width: 100, height: 30)
    let row = try #require(story.row(of: "Sparsity"))
    let cells = Array(story.rows[row])
    let knob = try #require(cells.firstIndex(of: "●"))
    story.send(.input(.mouse(MouseEvent(.press, at: Point(x: knob, y: row)))))
    story.send(.input(.mouse(MouseEvent(.drag, at: Point(x: knob + 6, y: row + 3)))))
    let dragged = try story.lastMeasureRequest().recipe.prune.sparsity
    #expect(dragged > 0.2)
    story.send(.input(.mouse(MouseEvent(.drag, at: Point(x: 99, y: row)))))
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.99)
    story.send(.input(.mouse(MouseEvent(.release, at: Point(x: 99, y: row)))))
    story.send(.input(.mouse(MouseEvent(.drag, at: Point(x: knob, y: row)))))
    #expect(try story.lastMeasureRequest().recipe.prune.sparsity == 0.99)
  }

  @Test func aRecipeThatContradictsItselfSaysWhy() throws {
    var story = try lab()
    story.reply(.refused(.measurement, Refusal("the recipe contradicts itself")))
    story.expect("the recipe contradicts itself")
  }

  @Test func aNetworkThatCannotBeReadSaysWhyInTheLabAndOnTheHomeScreen() throws {
    var story = try Story(screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: nil)]
    })
    story.send(.laboratory(.failed("baseline.safetensors: the file is cut off")))
    story.expect("baseline.safetensors")
    story.press(.character("q"))
    story.expect("baseline.safetensors: the file is cut off")
  }

  @Test(arguments: Language.allCases)
  func theViewsShowFlippedImagesAndLayers(language: Language) throws {
    var story = try lab(language: language)
    let recipe = try story.lastMeasureRequest().recipe
    story.reply(.measured(measurement(right: 7, of: recipe), .accuracy))
    try story.show("flips")
    story.expect(language == .english ? "flipped images" : "预测翻转的图像")
    story.expect("Sneaker→Bag")
    story.expect("▀▀▀▀")
    try story.show("layers")
    story.expect(language == .english ? "What changed most" : "变化最多的预测")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func everyExperimentOpensAndDrawsAtEverySizeInBothLanguages(width: Int, height: Int) throws {
    for language in Language.allCases {
      for chapter in try Story.library().chapters(in: language) {
        for experiment in chapter.experiments {
          var story = try lab(
            experiment: experiment.id, width: width, height: height, language: language)
          story.press(.escape)
          let recipe = try story.lastMeasureRequest().recipe
          story.reply(.measured(measurement(right: 8, of: recipe), .accuracy))
          story.expect("80.00 %")
          for _ in 0..<4 { story.press(.character("v")) }
          for key in (story.model.screen as? LabScreen)?.session.knobs ?? [] {
            story.expect(key.title(language))
          }
        }
      }
    }
  }

  @Test func cShowsTheRecipeAsAProgramTabTheOtherFrameworksQTheLabAgain() throws {
    var story = try lab()
    story.press(.left, .character("c"))
    story.expect("Lab · Keras")
    story.expect("nibble show recipe --as keras --set weights.bits=16")
    story.expect("# weights.bits=16")
    story.press(.tab)
    story.expect("Lab · PyTorch")
    story.press(.end)
    story.expect("logits.argmax(1)")
    story.press(.character("q"))
    story.expect("accuracy   …")
  }

  @Test func whatAFrameworkCannotDoIsNamedByItsSettingInBothLanguages() throws {
    for (language, sentence, hint) in [
      (Language.english, "TFMOT 0.8.1 fixes the input at 8 bits", "PyTorch can: press Tab."),
      (.simplifiedChinese, "把输入固定为 8 位", "PyTorch 可以：按 Tab 查看。"),
    ] {
      var story = try Story(
        language: language,
        screens: { _ in
          var recipe = Recipe()
          recipe.activations.bits = 4
          recipe.finetune.epochs = 1
          recipe.finetune.mode = .qat
          return [HomeScreen(), CodeScreen(recipe: recipe)]
        })
      story.expect("activations.bits=4")
      story.expect(sentence)
      story.expect(hint)
      story.press(.tab)
      story.expectNot(hint)
      story.expect("import torch")
    }
  }
}
