import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Compression
@testable import Lab
@testable import TutorApp

/// A lab whose measurements a story makes up: a hundred images, of which the baseline gets ninety right.
struct WorkflowStory {
  /// The learner.
  var story: Story

  /// The learner's window sizes.
  static let sizes = [(80, 24), (120, 40), (200, 60)]

  /// The facts of a little laboratory.
  static func facts(source: LaboratorySource = .builtIn) -> LaboratoryFacts {
    LaboratoryFacts(
      testSet: ImageDataset(
        height: 28, width: 28, pixels: [UInt8](repeating: 90, count: 100 * 784),
        labels: (0..<100).map { UInt8($0 % 10) }),
      network: BaselineCNN.make(seed: 1), baselineCorrect: 90, baselineBytes: 2_776_000,
      source: source)
  }

  /// Opens the lab, free or for an experiment whose guess is skipped.
  init(
    experiment id: String? = nil, width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, isAboveFreeLab: Bool = false
  ) throws {
    story = try Story(
      width: width, height: height, language: language, glyphs: glyphs,
      screens: { context in
        let experiment = id.flatMap { context.experiment($0)?.experiment }
        let below: [any TutorScreen] =
          isAboveFreeLab ? [LabScreen(experiment: nil, settings: nil)] : []
        return [HomeScreen()] + below + [LabScreen(experiment: experiment, settings: nil)]
      })
    story.send(.laboratory(.ready(Self.facts())))
    if id != nil { story.press(.escape) }
  }

  /// The lab, which must be the screen that is shown.
  var screen: LabScreen {
    get throws { try #require(story.model.screen as? LabScreen) }
  }

  /// The latest request for a measurement.
  var request: (recipe: Recipe, id: RequestID) {
    get throws { try story.lastMeasureRequest() }
  }

  /// Answers the latest request: the first so many images are right, the others are taken for the class
  /// after their own.
  mutating func measure(right: Int, bytes: Int, latency: Double = 30) throws {
    let (recipe, id) = try request
    story.reply(
      .measured(
        Self.measurement(of: recipe, right: 0..<right, bytes: bytes, latency: latency), .accuracy),
      to: id)
  }

  /// A measurement with some of a hundred images right.
  static func measurement(
    of recipe: Recipe, right: Range<Int>, bytes: Int, latency: Double = 30
  ) -> Lab.Measurement {
    let labels = (0..<100).map { UInt8($0 % 10) }
    func predictions(_ right: Range<Int>) -> [UInt8] {
      labels.enumerated().map { right.contains($0) ? $1 : ($1 + 1) % 10 }
    }
    return Measurement(
      recipe: recipe,
      evaluation: Evaluation(
        predictions: predictions(right)[...], baseline: predictions(0..<90)[...],
        labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: 0.5, parameters: 693_962, macs: 888_192,
        bytes: [.dense: bytes + 1_000, .gzip: bytes],
        layers: [
          CompressedNetwork.KernelReport(
            name: "dense/kernel", shape: [5_408, 128], bits: recipe.weights.bits,
            zeroCount: 10, signalToNoise: Double(recipe.weights.bits) * 6)
        ]), latency: ["float32": latency], seconds: 0.1,
      baselineLatency: 30)
  }

  /// Pages through the plots until a kind is shown.
  mutating func show(_ kind: String) throws { try story.show(kind) }
}
