import BundledContent
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Synchronization
import TerminalCanvas

@testable import TutorApp

/// A little network with a few real images.
///
/// The network has the seed network's layers with fewer filters and units and is not trained; the
/// training set is a stand-in, other images of the test set. All of that makes a measurement take
/// milliseconds and changes nothing about how it is asked for, made and shown.
enum LittleLaboratory {
  /// Makes one.
  static func make() throws -> Laboratory {
    let images = try images.get()
    let network = SeedNetwork.make(seed: 7, imageSide: 28, filters: 8, hidden: 32, classes: 10)
    return Laboratory(network: network, test: images.prefix(120), threads: 1) {
      ImageDataset(
        height: 28, width: 28, pixels: Array(images.pixels[(120 * 784)...]),
        labels: Array(images.labels[120...]))
    }
  }

  private static let images = Result {
    let content = try BundledContent.locate(explicit: nil)
    return try FashionMNIST.test(in: "\(content)/datasets/fashion-mnist").prefix(216)
  }
}

/// What a laboratory delivers on its threads, until a story takes it.
final class NewsInbox: Sendable {
  private let news = Mutex<[LaboratoryNews]>([])

  /// Files a piece of news.
  func add(_ item: LaboratoryNews) { news.withLock { $0.append(item) } }

  /// What has arrived since the last time.
  func take() -> [LaboratoryNews] {
    news.withLock { items in
      defer { items = [] }
      return items
    }
  }
}

/// A learner at an experiment whose laboratory really measures.
struct ExperimentWalk {
  /// The learner and the screen.
  private(set) var story: Story
  private let laboratory: LiveLaboratory
  private let inbox: NewsInbox
  private var performed = 0

  /// Opens an experiment with a laboratory that is ready.
  init(
    _ experiment: Experiment, width: Int, height: Int, language: Language,
    status: LaboratoryStatus, laboratory: LiveLaboratory, inbox: NewsInbox
  ) throws {
    self.laboratory = laboratory
    self.inbox = inbox
    story = try Story(
      width: width, height: height, language: language,
      screens: { _ in [HomeScreen(), LabScreen(experiment: experiment, settings: nil)] })
    send(.laboratory(.status(status)))
  }

  /// The lab as it stands.
  var lab: LabScreen? { story.model.screen as? LabScreen }

  /// The rows of the screen.
  var rows: [String] { story.rows }

  /// Presses a key.
  mutating func press(_ key: Key) { send(.input(.key(key))) }

  /// Lets news arrive until something holds; false if it does not within a minute.
  mutating func wait(until holds: (ExperimentWalk) -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      let news = inbox.take()
      for item in news { send(.laboratory(item)) }
      if holds(self) { return true }
      Thread.sleep(forTimeInterval: 0.005)
    }
    return false
  }

  /// Ends whatever is measured, so that no news of this walk reaches the next one.
  func leave() {
    laboratory.cancel()
    laboratory.cancelSeeds()
    _ = inbox.take()
  }

  private mutating func send(_ message: TutorMessage) {
    story.send(message)
    while performed < story.effects.count {
      perform(story.effects[performed])
      performed += 1
    }
  }

  /// Carries out what a screen asks of the laboratory, as the running tutor does.
  private func perform(_ effect: TutorEffect) {
    switch effect {
    case .measure(let recipe, let generation):
      laboratory.measure(recipe, generation: generation)
    case .sweep(let key, let recipe, let generation):
      laboratory.sweep(key: key, recipe: recipe, generation: generation)
    case .scanLayers(let recipe, let generation):
      laboratory.scanLayers(of: recipe, generation: generation)
    case .compareSeeds(let recipe, let generation):
      laboratory.compareSeeds(of: recipe, generation: generation)
    case .cancelSeeds: laboratory.cancelSeeds()
    case .draw(let pictures, let recipe, let generation):
      laboratory.draw(pictures, of: recipe, generation: generation)
    case .weigh(let key, let values, let recipe, let generation):
      laboratory.weigh(key: key, values: values, recipe: recipe, generation: generation)
    case .cancelMeasurements: laboratory.cancel()
    default: break
    }
  }
}
