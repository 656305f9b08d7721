import BundledContent
import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

@testable import TutorApp

/// A little network with a few real images.
///
/// The network has the baseline CNN's layers with fewer filters and units and is not trained; the
/// training set is a stand-in, other images of the test set. All of that makes a measurement take
/// milliseconds and changes nothing about how it is asked for, made and shown.
enum LittleLaboratory {
  /// Makes one.
  static func make() throws -> Laboratory {
    let images = try images.get()
    let network = BaselineCNN.make(seed: 7, imageSide: 28, filters: 8, hidden: 32, classes: 10)
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

/// A learner at an experiment whose laboratory really measures.
struct ExperimentWalk {
  /// The learner and the screen.
  private(set) var story: Story
  private let laboratory: StoryLaboratory

  /// Opens an experiment with a laboratory that is ready.
  init(
    _ experiment: Experiment, width: Int, height: Int, language: Language,
    status: LaboratoryStatus, laboratory: StoryLaboratory
  ) throws {
    self.laboratory = laboratory
    story = try Story(
      width: width, height: height, language: language,
      screens: { _ in [HomeScreen(), LabScreen(experiment: experiment, settings: nil)] })
    story.send(.laboratory(status))
    laboratory.carryOut(story.newOrders())
  }

  /// The lab as it stands.
  var lab: LabScreen? { story.model.screen as? LabScreen }

  /// The rows of the screen.
  var rows: [String] { story.rows }

  /// Presses a key.
  mutating func press(_ key: Key) {
    story.press(key)
    laboratory.carryOut(story.newOrders())
  }

  /// Lets news arrive until something holds; false if it does not within a minute.
  mutating func wait(until holds: (ExperimentWalk) -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      for letter in laboratory.letters() {
        story.receive(letter)
        laboratory.carryOut(story.newOrders())
      }
      if holds(self) { return true }
      Thread.sleep(forTimeInterval: 0.005)
    }
    return false
  }

  /// Ends whatever is measured, so that no news of this walk reaches the next one.
  func leave() {
    for asker in story.model.screenIDs { laboratory.scheduler.cancel(nil, of: asker) }
    _ = laboratory.letters()
  }
}
