import BundledContent
import Curriculum
import Foundation
import Lab
import NeuralNetwork
import Synchronization
import TerminalCanvas
import Testing

@testable import Compression
@testable import TutorApp

/// A folder with a little network and a few real images, in the files that the tutor reads.
///
/// The network has the seed network's layers with fewer filters and units and is not trained; the
/// training set is a stand-in, other images of the test set. All of that makes a measurement take
/// milliseconds and changes nothing about how it is asked for, made and shown.
struct LittleLaboratoryFiles {
  private let folder: URL

  /// Where the four data files are.
  var dataDirectory: String { folder.path }
  /// The network's file.
  var modelFile: String { folder.appendingPathComponent("little.safetensors").path }

  /// Writes the files into a folder of their own.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "nibble-walk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let network = SeedNetwork.make(seed: 7, imageSide: 28, filters: 8, hidden: 32, classes: 10)
    try NetworkFile.write(network, to: modelFile)
    let images = try Self.images.get()
    try write(images, 0..<120, prefix: "t10k")
    try write(images, 120..<216, prefix: "train")
  }

  /// Removes the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static let images = Result {
    let content = try BundledContent.locate(explicit: nil)
    return try FashionMNIST.test(in: "\(content)/datasets/fashion-mnist").prefix(216)
  }

  private func write(_ images: ImageDataset, _ range: Range<Int>, prefix: String) throws {
    let count = UInt8(range.count)
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]
    let pixels = range.flatMap { images.image($0) }
    try write(header + pixels, to: "\(prefix)-images-idx3-ubyte.gz")
    try write(
      [0, 0, 8, 1, 0, 0, 0, count] + images.labels[range], to: "\(prefix)-labels-idx1-ubyte.gz")
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try FileBytes.writeAtomically(
      GzipWriter.compress(bytes), to: folder.appendingPathComponent(name).path)
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
      laboratory.measure(recipe, generation: generation, timesBaseline: false)
    case .measureAgainstBaseline(let recipe, let generation):
      laboratory.measure(recipe, generation: generation, timesBaseline: true)
    case .sweep(let key, let recipe, let generation):
      laboratory.sweep(key: key, recipe: recipe, generation: generation)
    case .scanLayers(let recipe, let generation):
      laboratory.scanLayers(of: recipe, generation: generation)
    case .compareSeeds(let recipe, let generation):
      laboratory.compareSeeds(of: recipe, generation: generation)
    case .cancelSeeds: laboratory.cancelSeeds()
    case .cancelMeasurements: laboratory.cancel()
    default: break
    }
  }
}
