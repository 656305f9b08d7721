import Compression
import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// The step inspector.
@Suite struct InspectorStories {
  private static let laboratory = PromptLaboratory()

  /// Opens the inspector from the lab.
  private func story(
    recipe line: String, width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode
  ) throws -> Story {
    let recipe = try Recipe(line: line)
    let settings = Dictionary(recipe.settings.map { ($0.key, $0.value) }) { first, _ in first }
    var story = try Story(
      width: width, height: height, language: language, glyphs: glyphs,
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: settings)] })
    story.send(.laboratory(.ready(Self.laboratory.facts)))
    story.press(.character("i"))
    Self.laboratory.answer(&story)
    return story
  }

  private func screen(_ story: Story) throws -> InspectorScreen {
    try #require(story.model.screen as? InspectorScreen)
  }

  private static let integers = "weights.bits=8 activations.bits=8"

  @Test func aRecipeThatLeavesFloatsSaysWhichKnobsToTurnAndEnterTurnsThem() throws {
    for (language, offer) in [
      (Language.english, "Enter opens the nearest one that does:"),
      (.simplifiedChinese, "按回车打开最接近的全整数配方："),
    ] {
      for (width, height) in [(80, 24), (120, 40)] {
        var story = try story(
          recipe: "weights.bits=4 weights.granularity=group:16", width: width, height: height,
          language: language)
        story.expect("weights.granularity=group:16")
        story.expect("activations.bits=32")
        story.expectNot("weights.bits=4  ")
        story.expect(offer)
        story.press(.enter)
        Self.laboratory.answer(&story)
        #expect(try screen(story).recipe.line == "weights.bits=4 activations.bits=8")
        #expect(try screen(story).step != nil)
        story.expectNot(offer)
      }
    }
  }

  @Test func theStepsOnTheScreenAreThoseOfTheEngine() throws {
    let story = try story(recipe: Self.integers)
    let screen = try screen(story)
    let shown = try #require(screen.step)
    let step = try Self.laboratory.laboratory.inspect(
      screen.recipe, layer: "conv2d", place: shown.step.place, image: 0
    ).step
    #expect(shown.step == step)
    story.expect(InspectorText.grouped(step.accumulator))
    story.expect(InspectorText.grouped(step.products))
    let made = try #require(step.requantization)
    story.expect(InspectorText.grouped(made.multiplier.multiplier))
    story.expect("/2^\(made.multiplier.totalShift)")
    story.expect(InspectorText.grouped(made.product))
    story.expect("output code")
    // It starts where the layer's sum is largest.
    let sums = try #require(screen.inspection?.trace.accumulators[0])
    #expect(sums.max() == step.accumulator)
  }

  @Test func arrowsBracketsAndWMoveOverRowsColumnsFiltersAndLayers() throws {
    var story = try story(recipe: Self.integers)
    let start = try #require(try screen(story).step?.step.place)
    story.press(.left, .up, .character("]"))
    let moved = try #require(try screen(story).step?.step.place)
    #expect(moved == [max(0, start[0] - 1), max(0, start[1] - 1), (start[2] + 1) % 32])
    story.press(.character("m"))
    #expect(try screen(story).step?.step.place == start)
    story.press(.character("w"))
    story.expect("128 units")
    let unit = try #require(try screen(story).step?.step.place.first)
    story.press(.character("["))
    #expect(try screen(story).step?.step.place == [(unit + 127) % 128])
    story.press(.character("w"))
    story.expect("logits")
    story.expect("Ankle boot")
    story.press(.character("w"))
    // The place of each layer is remembered.
    #expect(try screen(story).step?.step.place == start)
  }

  @Test func aUnitsThousandsOfProductsArePagedAndAddUpToItsSum() throws {
    var story = try story(recipe: Self.integers)
    story.press(.character("w"), .character("v"))
    let step = try #require(try screen(story).step?.step)
    #expect(step.terms.count == 5_408)
    story.expect("bias")
    story.press(.pageDown)
    story.expectNot("bias  ")
    story.press(.end)
    story.expect("5407")
    story.expect("all")
    story.expect(InspectorText.grouped(step.exactSum))
    story.press(.character("o"))
    story.expect("largest first")
    let sorted = InspectorProducts.terms(of: step, order: .size).map(\.product.magnitude)
    #expect(sorted == sorted.sorted(by: >))
    story.expect(InspectorText.grouped(InspectorProducts.terms(of: step, order: .size)[0].product))
  }

  @Test func aResultForAnImageThatWasLeftIsNeverShownAsTheCurrentOne() throws {
    var story = try story(recipe: Self.integers)
    let asked = story.requests.count
    story.press(.character(","), .character(","), .character("<"))
    #expect(try screen(story).image == 1)
    story.expect("image 0: T-shirt/top")
    let left = try #require(
      story.requests.last {
        if case .inspect(_, 2) = $0.request { true } else { false }
      })
    story.reply(Self.laboratory.reply(to: left.request), to: left.id)
    #expect(try screen(story).inspection?.image == 0)
    Self.laboratory.answer(&story, from: asked)
    #expect(try screen(story).inspection?.image == 1)
    story.expect("image 1: Trouser")
    // Backwards from the first image is the last.
    story.press(.character("<"), .character("<"))
    #expect(try screen(story).image == 11)
  }

  @Test func theBitsOfAllSumsAreThoseOfTheSurvey() throws {
    var story = try story(recipe: Self.integers)
    story.press(.character("v"), .character("v"), .character("v"))
    let survey = try #require(try screen(story).survey)
    #expect(survey.images == 12)
    for layer in survey.layers {
      story.expect(layer.layer)
      story.expect(InspectorText.grouped(layer.least))
      story.expect(InspectorText.grouped(layer.greatest))
    }
    story.expect("12 images")
    story.expect("2^15")
  }

  @Test func sumsThat16BitsWrapSayWhatTheyShouldHaveBeen() throws {
    var story = try story(recipe: Self.integers + " fault=int16-accumulator")
    story.press(.character("w"))
    for _ in 0..<128 {
      let step = try #require(try screen(story).step?.step)
      if Int64(step.accumulator) != step.exactSum {
        story.expect("not \(InspectorText.grouped(step.exactSum))")
        return
      }
      story.press(.character("]"))
    }
    Issue.record("no sum of the layer is beyond 16 bits")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func everyPageOfEveryLayerIsDrawnAtEverySizeInBothLanguages(width: Int, height: Int) throws {
    for language in Language.allCases {
      for glyphs in [Preferences.Glyphs.unicode, .ascii] {
        var story = try story(
          recipe: Self.integers, width: width, height: height, language: language, glyphs: glyphs)
        for layer in ["conv2d", "dense", "dense_1"] {
          for _ in InspectorScreen.Page.allCases {
            #expect(story.rows[1].contains(layer))
            if glyphs == .ascii { #expect(story.isASCII) }
            story.press(.character("v"))
          }
          if width >= 120, glyphs == .unicode {
            for title in language == .english
              ? ["from codes to code", "products", "how many bits"]
              : ["从编码到编码", "乘积", "累加和需要多少位"]
            { story.expect(title) }
          }
          story.press(.character("w"))
        }
      }
    }
  }

  @Test func qGoesBackToTheLabWhoseRecipeIsAsItWas() throws {
    var story = try story(recipe: "weights.bits=4")
    story.press(.enter, .character("q"))
    let lab = try #require(story.model.screen as? LabScreen)
    #expect(lab.session.recipe.line == "weights.bits=4")
  }
}
