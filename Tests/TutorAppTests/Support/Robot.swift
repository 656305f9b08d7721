import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Study
import Synchronization
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
  private let records: StudyRecords
  private let sample: SampleLaboratory
  private var waiting: [TutorEffect] = []
  private var seen = 0

  /// Opens the tutor at a place; the laboratory is ready unless it is said to be loading.
  init(
    _ window: Window, at place: Place = .home, isLoading: Bool = false,
    store: ProgressStore? = nil
  ) throws {
    Self.useUniversalTime
    sample = try SampleLaboratory.shared.get()
    records = StudyRecords(store: try store ?? .inMemory())
    // Without shades of gray a picture is made of characters, which a text can hold.
    story = try Story(
      width: window.width, height: window.height, language: window.language,
      library: try SampleCourse.library(), hasShades: false,
      screens: { [HomeScreen()] + Self.screens(at: place, $0) }
    )
    try refresh()
    if !isLoading { try send(.laboratory(.status(.ready(sample.facts)))) }
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
      return QuizScreen(chapterID: "sample", items: [id], grades: [], seed: 7, context).map { [$0] }
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
      let effects = waiting
      waiting = []
      for effect in effects {
        for news in try Self.news(for: effect, sample, extent) { try send(.laboratory(news)) }
      }
    }
  }

  /// Turns pages of the lab until a plot is shown, and answers what it asks for.
  mutating func show(_ kind: PlotKind) throws {
    try story.show(kind)
    try carryOut()
    try answer()
  }

  /// Tells that the laboratory cannot be used.
  mutating func failLaboratory(_ reason: String) throws {
    try send(.laboratory(.status(.failed(reason))))
  }

  /// Opens the network that was asked for, with the sample's in its place.
  mutating func openFiles(model: String) throws {
    try send(
      .laboratory(
        .status(
          .ready(
            LaboratoryFacts(
              testSet: sample.facts.testSet, network: sample.facts.network,
              baselineCorrect: sample.facts.baselineCorrect,
              baselineBytes: sample.facts.baselineBytes,
              source: LaboratorySource(model: model))))))
  }

  /// Refuses the files that were asked for.
  mutating func refuseFiles(_ english: String, _ chinese: String) throws {
    try send(.laboratory(.filesRefused(Phrase(english, chinese))))
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

  /// Does for the store what is asked of it, and keeps what is asked of the laboratory.
  private mutating func carryOut() throws {
    while seen < story.effects.count {
      let effect = story.effects[seen]
      seen += 1
      let context = story.model.context
      switch effect {
      case .measure, .sweep, .scanLayers, .compareSeeds, .draw, .weigh, .examine:
        waiting.append(effect)
      case .cancelMeasurements:
        waiting = []
      case .recordAnswer(let answer): try records.recordAnswer(answer, at: context.now)
      case .undoAnswer(let item, let time):
        try records.undoAnswer(itemID: item, givenAt: time, at: context.now)
      case .setFlag(let item, let isSet): try records.setFlag(item, isSet, at: context.now)
      case .storeStudySettings(let settings): try records.storeStudySettings(settings)
      case .recordQuestionSeen(let question, let chapter):
        try records.recordQuestionSeen(question, chapter: chapter, at: context.now)
      case .setBookmark(let question, let isSet): try records.setBookmark(question, isSet)
      case .records(let request):
        let news = try records.perform(request, chapters: context.chapters, at: context.now)
        if let news { story.send(.records(news)) }
      default: continue
      }
      try refresh()
    }
  }

  private mutating func refresh() throws {
    let context = story.model.context
    story.send(.progress(try records.snapshot(chapters: context.chapters, at: context.now)))
  }

  /// What the laboratory reports for a request.
  private static func news(
    for effect: TutorEffect, _ sample: SampleLaboratory, _ extent: Extent
  ) throws -> [LaboratoryNews] {
    switch effect {
    case .measure(let recipe, let generation):
      let readings = try sample.readings(of: recipe)
      let told =
        switch extent {
        case .training: readings.prefix(1)
        case .estimate:
          readings.prefix(while: { if case .measurement = $0 { false } else { true } })
        case .all: readings[...]
        }
      return told.map { reading in
        switch reading {
        case .training(let curve): .training(curve, generation: generation)
        case .estimate(let estimate): .estimated(estimate, generation: generation)
        case .histograms(let histograms): .histograms(histograms, generation: generation)
        case .measurement(let measurement): .measured(measurement, generation: generation)
        }
      }
    case .sweep(let name, let recipe, let generation):
      let key = try #require(RecipeKey.named(name))
      return try BackgroundRunner.sweepValues(of: key).compactMap { value in
        var varied = recipe
        guard key.write(&varied, value), (try? varied.checkCombination()) != nil else { return nil }
        let point = try sample.point(of: varied, isExact: true)
        return .swept(
          key: name, value: value, accuracy: point.accuracy, isExact: true, band: point.band,
          generation: generation)
      }
    case .scanLayers(let recipe, let generation):
      return try LayerSensitivity.points(of: sample.laboratory.network, under: recipe).map {
        let point = try sample.point(of: $0.recipe, isExact: true)
        return .scanned(
          layer: $0.layer, bits: $0.bits, CurvePoint(accuracy: point.accuracy, isExact: true),
          generation: generation)
      }
    case .compareSeeds(let recipe, let generation):
      let comparison = Last<SeedComparison>()
      try sample.laboratory.compareSeeds(of: recipe) { found, _ in comparison.value = found }
      return comparison.value.map {
        [.seeded(SeedRuns(comparison: $0, share: 0, isRunning: false), generation: generation)]
      } ?? []
    case .draw(let pictures, let recipe, let generation):
      return try pictures.compactMap {
        try sample.laboratory.picture($0, of: recipe).map { .drawn($0, generation: generation) }
      }
    case .weigh(let name, let values, let recipe, let generation):
      let key = try #require(RecipeKey.named(name))
      return try values.compactMap { value in
        var varied = recipe
        guard key.write(&varied, value), (try? varied.checkCombination()) != nil else { return nil }
        return .weighed(
          key: name, value: value, bytes: try sample.laboratory.size(of: varied).bytes,
          generation: generation)
      }
    case .examine(let examination):
      return [
        .examined(
          examination,
          try Examiner.result(
            of: examination, in: sample.laboratory, isCancelled: { false }, progress: { _ in }))
      ]
    default: return []
    }
  }
}

/// The last value that was put in, from whichever thread.
private final class Last<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  var value: Value? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
