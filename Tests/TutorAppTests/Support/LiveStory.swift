import Compression
import Foundation
import Lab
import NeuralNetwork
import TerminalCanvas

@testable import TutorApp

/// A learner in the lab with a real laboratory behind it, on a small network and few images.
struct LiveStory {
  /// The learner.
  var story: Story
  /// Called for every screen that is seen.
  var watch: (Story) -> Void = { _ in }
  private let laboratory: StoryLaboratory

  /// A network of three layers and images on which its predictions differ.
  static func smallLaboratory(
    training: @escaping @Sendable () throws -> ImageDataset = { images(600) }
  ) -> Laboratory {
    Laboratory(
      network: BaselineCNN.make(seed: 7, imageSide: 28, filters: 2, hidden: 5, classes: 10),
      test: images(1_200), threads: 2, training: training)
  }

  /// Images with a bright square each.
  static func images(_ count: Int) -> ImageDataset {
    var pixels: [UInt8] = []
    for image in 0..<count {
      let (top, left) = (image * 7 % 20, image * 11 % 20)
      for row in 0..<28 {
        for column in 0..<28 {
          let isLit = (top..<top + 8).contains(row) && (left..<left + 8).contains(column)
          pixels.append(isLit ? 200 + UInt8(image % 50) : UInt8((row * column + image) % 40))
        }
      }
    }
    return ImageDataset(
      height: 28, width: 28, pixels: pixels, labels: (0..<count).map { UInt8($0 * 3 % 10) })
  }

  /// Opens the free lab.
  init(
    width: Int = 100, height: Int = 30,
    _ makeLaboratory: @escaping @Sendable () throws -> Laboratory
  ) throws {
    story = try Story(
      width: width, height: height,
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: nil)] })
    laboratory = StoryLaboratory { _ in try makeLaboratory() }
    laboratory.scheduler.load(.builtIn)
  }

  /// The lab.
  var screen: LabScreen? { story.model.screen as? LabScreen }

  /// Presses a key, carries out what it asks for, and takes in the news that have come.
  mutating func press(_ key: Key) {
    story.press(key)
    carryOut()
    watch(story)
    takeNews()
  }

  /// Takes in news until something holds.
  mutating func wait(until holds: (Story) -> Bool) {
    while !holds(story) {
      Thread.sleep(forTimeInterval: 0.002)
      takeNews()
    }
  }

  private mutating func takeNews() {
    for letter in laboratory.letters() {
      story.receive(letter)
      carryOut()
      watch(story)
    }
  }

  private mutating func carryOut() { laboratory.carryOut(story.newOrders()) }
}
