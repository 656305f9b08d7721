import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// A window in which a screen is looked at.
struct Window: Sendable, Hashable, CustomTestStringConvertible {
  /// The language of lessons and interface.
  let language: Language
  /// The cells of a row.
  let width: Int
  /// The rows.
  let height: Int

  /// Both languages in the smallest window and in a usual one.
  static let all = Language.allCases.flatMap { language in
    [(80, 24), (120, 40)].map { Window(language: language, width: $0, height: $1) }
  }

  var testDescription: String { "\(language.rawValue)-\(width)x\(height)" }
}

/// Drives the whole tutor, with the sample course, a store in memory and the sample laboratory.
///
/// What screens ask of the laboratory waits until the robot answers it, so that the screen before
/// an answer can be looked at as well. The store answers at once, as in the running tutor. How
/// requests and answers look is known in this file alone.
struct Robot {
  /// Where the robot begins.
  enum Place: Sendable {
    /// The first screen.
    case home
    /// The lab with every knob.
    case lab
    /// The lab with some settings, such as `weights.bits=4`.
    case recipe(String)
    /// The lab at an experiment of the sample course.
    case experiment(String)
    /// A quiz over one item of the sample course.
    case item(String)
  }

  /// How much of a measurement is told.
  enum Extent: Sendable {
    /// The first figures of a training.
    case training
    /// A first figure from a part of the test set.
    case estimate
    /// Everything.
    case all
  }

  private(set) var story: Story
  private let store: ProgressStore
  private let sample: SampleLaboratory
  private var waiting: [(request: LabRequest, id: RequestID)] = []

  /// Opens the tutor at a place; the laboratory is ready unless it is said to be loading.
  init(
    _ window: Window, at place: Place = .home, isLoading: Bool = false,
    store: ProgressStore? = nil
  ) throws {
    Self.useUniversalTime
    sample = try SampleLaboratory.shared.get()
    self.store = try store ?? .inMemory()
    // Without shades of gray a picture is made of characters, which a text can hold.
    story = try Story(
      width: window.width, height: window.height, language: window.language,
      library: try SampleCourse.library(), hasShades: false,
      screens: { [HomeScreen()] + Self.screens(at: place, $0) }
    )
    try story.read(self.store)
    try send(.started)
    // What is asked before there is a network is not met.
    waiting = []
    if !isLoading { try send(.laboratory(.ready(sample.facts))) }
  }

  private static func screens(at place: Place, _ context: TutorContext) -> [any TutorScreen] {
    switch place {
    case .home: return []
    case .lab: return [LabScreen(experiment: nil, settings: nil)]
    case .recipe(let line):
      let pairs = line.split(separator: " ").map { $0.split(separator: "=").map(String.init) }
      return [
        LabScreen(
          experiment: nil, settings: Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) }))
      ]
    case .experiment(let id):
      return context.experiment(id).map { [LabScreen(experiment: $0.experiment, settings: nil)] }
        ?? []
    case .item(let id):
      return QuizScreen(chapterID: "sample", items: [id], seed: 7, context).map { [$0] }
        ?? []
    }
  }

  /// Dates on screens are the learner's own; these are the same everywhere.
  private static let useUniversalTime: Void = {
    setenv("TZ", "UTC", 1)
    NSTimeZone.resetSystemTimeZone()
  }()

  // MARK: Doing

  /// Presses keys one after another.
  mutating func press(_ keys: Key...) throws {
    for key in keys { try send(.input(.key(key))) }
  }

  /// Presses a key several times.
  mutating func press(_ key: Key, times: Int) throws {
    for _ in 0..<times { try press(key) }
  }

  /// Types a text.
  mutating func type(_ text: String) throws {
    for character in text { try press(.character(character)) }
  }

  /// Lets some seconds pass.
  mutating func wait(_ seconds: Double) throws {
    story.wait(seconds)
    try carryOut()
  }

  /// Gives the window another size.
  mutating func resize(width: Int, height: Int) throws {
    try send(.input(.resize(Size(width: width, height: height))))
  }

  /// Answers everything that was asked of the laboratory, and what is asked because of that.
  mutating func answer(_ extent: Extent = .all) throws {
    while !waiting.isEmpty {
      let (request, id) = waiting.removeFirst()
      for reply in try sample.replies(to: request) {
        switch (extent, reply) {
        case (.training, .training), (.estimate, .training), (.estimate, .estimate),
          (.estimate, .histograms), (.all, _):
          try tell(reply, id)
          if case .training = extent { return }
        default: break
        }
      }
    }
  }

  /// Turns pages of the lab until a plot is shown, and answers what it asks for.
  mutating func show(_ kind: String) throws {
    try story.show(kind)
    try carryOut()
    try answer()
  }

  /// Tells that the laboratory cannot be used.
  mutating func failLaboratory(_ reason: String) throws {
    try send(.laboratory(.failed(reason)))
  }

  /// Opens the network that was asked for, with the sample's in its place.
  mutating func openFiles(model: String) throws {
    let id = try #require(waiting.last { $0.id.slot == .files }).id
    waiting = []
    try send(
      .laboratory(
        .ready(
          LaboratoryFacts(
            testSet: sample.facts.testSet, network: sample.facts.network,
            baselineCorrect: sample.facts.baselineCorrect,
            baselineBytes: sample.facts.baselineBytes, source: LaboratorySource(model: model)))))
    try tell(.opened, id)
  }

  /// Refuses the files that were asked for.
  mutating func refuseFiles(_ error: any Error) throws {
    let id = try #require(waiting.last { $0.id.slot == .files }).id
    try tell(.refused(.files, error), id)
  }

  // MARK: Seeing

  /// The name of the screen's type.
  var screen: String { "\(Swift.type(of: story.model.screen))" }

  /// The rows of the screen without the blanks at their ends, and where the cursor stands.
  var rows: [String] {
    let (canvas, cursor) = TutorView.draw(story.model)
    let rows = canvas.lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }
    return rows + (cursor.map { ["cursor: column \($0.x), row \($0.y)"] } ?? [])
  }

  // MARK: What is asked

  private mutating func send(_ message: TutorMessage) throws {
    story.send(message)
    try carryOut()
  }

  private mutating func tell(_ reply: LabReply, _ id: RequestID) throws {
    story.reply(reply, to: id)
    try carryOut()
  }

  /// Does for the store what is asked of it, and keeps what is asked of the laboratory.
  private mutating func carryOut() throws {
    for order in story.newOrders() {
      switch order {
      case .carryOut(let request, let id):
        waiting.removeAll { $0.id.asker == id.asker && id.slot.ended.contains($0.id.slot) }
        waiting.append((request, id))
      case .cancel(let slot, let asker):
        waiting.removeAll {
          $0.id.asker == asker && (slot?.ended.contains($0.id.slot) ?? true)
        }
      case .endTraining: break
      }
    }
    try story.carryOut(with: store)
  }
}
