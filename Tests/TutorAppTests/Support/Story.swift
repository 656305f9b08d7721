import BundledContent
import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// A learner who presses keys and reads the screen.
struct Story {
  /// The tutor.
  private(set) var model: TutorModel
  /// Every effect that left the model, oldest first.
  private(set) var effects: [TutorEffect] = []
  /// What was asked of the laboratory, oldest first, with the ids that the runtime would give.
  private(set) var orders: [LabOrder] = []
  /// What was asked of the store and not done yet, with the screens that asked.
  private var storeRequests: [(asker: ScreenID, request: StoreRequest)] = []
  private var ledger = RequestLedger()
  private var ordersGiven = 0

  /// Opens the tutor with the bundled lessons unless others are given.
  init(
    width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, library: CourseLibrary? = nil,
    laboratory: LaboratoryStatus = .loading, hasShades: Bool = true,
    screens: ((TutorContext) -> [any TutorScreen])? = nil
  ) throws {
    let library = try library ?? Self.library()
    let context = TutorContext(
      preferences: Preferences(language: language, glyphs: glyphs), library: library,
      progress: StudyProgress(), laboratory: laboratory, now: 1_700_000_000,
      terminalIsUnicode: true, terminalHasShades: hasShades)
    model = TutorModel(
      context: context, screens: screens?(context) ?? [HomeScreen()],
      size: Size(width: width, height: height))
  }

  /// The bundled lessons, in which no fault may hide a part.
  static func library() throws -> CourseLibrary {
    let (library, faults) = try bundled.get()
    #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
    return library
  }

  /// Read once for all stories, since a whole course takes seconds without optimisation.
  private static let bundled = Result {
    CourseLibrary.load(contentDirectory: try BundledContent.locate(explicit: nil))
  }

  /// Sends a message.
  mutating func send(_ message: TutorMessage) {
    let before = model.screenIDs
    let asked = model.update(message)
    for screen in before where !model.screenIDs.contains(screen) {
      ledger.close(screen)
      orders.append(.cancel(nil, of: screen))
    }
    for (asker, effect) in asked.map({ ($0.asker, $0.effect) }) {
      effects.append(effect)
      switch effect {
      case .ask(let request):
        orders.append(.carryOut(request, as: ledger.enter(request, of: asker)))
      case .cancel(let slot):
        ledger.cancel(slot, of: asker)
        orders.append(.cancel(slot, of: asker))
      case .endTraining: orders.append(.endTraining(of: asker))
      case .store(let request): storeRequests.append((asker, request))
      default: break
      }
    }
  }

  /// Answers a request, as the runtime does: what nobody waits for goes nowhere.
  mutating func reply(_ reply: LabReply, to id: RequestID) {
    if let asker = ledger.asker(of: id) { send(.reply(reply, to: asker)) }
  }

  /// Takes in what came from another thread.
  mutating func receive(_ letter: Letter) {
    switch letter {
    case .message(let message): send(message)
    case .reply(let reply, let id): self.reply(reply, to: id)
    }
  }

  /// Reads what a store holds.
  mutating func read(_ store: ProgressStore) throws {
    send(.progress(try StudyProgress(of: store, at: model.context.now)))
  }

  /// Lets a store do what was asked of it, as the runtime does.
  mutating func carryOut(with store: ProgressStore) throws {
    while !storeRequests.isEmpty {
      let (asker, request) = storeRequests.removeFirst()
      let now = model.context.now
      let reply = try store.perform(request, at: now)
      try model.context.progress.refresh(after: request, of: store, at: now)
      send(.stored(reply, to: asker))
    }
  }

  /// What was asked of the laboratory since the last time.
  mutating func newOrders() -> [LabOrder] {
    defer { ordersGiven = orders.count }
    return Array(orders[ordersGiven...])
  }

  /// Presses keys one after another.
  mutating func press(_ keys: Key...) {
    for key in keys { send(.input(.key(key))) }
  }

  /// Lets some seconds pass on the learner's clock; a screen with a clock hears of it.
  mutating func wait(_ seconds: Double) {
    model.context.now += seconds
    send(.tick)
  }

  /// Types a text.
  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// Pastes a text.
  mutating func paste(_ text: String) { send(.input(.paste(text))) }

  /// Presses the left button on a cell.
  mutating func click(x: Int, y: Int) {
    send(.input(.mouse(MouseEvent(.press, at: Point(x: x, y: y)))))
    send(.input(.mouse(MouseEvent(.release, at: Point(x: x, y: y)))))
  }

  /// The screen as rows of text.
  var rows: [String] { TutorView.draw(model).canvas.lines }

  /// The screen as one text.
  var text: String { rows.joined(separator: "\n") }

  /// Whether the screen holds nothing beyond ASCII.
  var isASCII: Bool { !text.contains { !$0.isASCII } }

  /// The first row that holds a text.
  func row(of text: String) -> Int? { rows.firstIndex { $0.contains(text) } }

  /// Expects a text on the screen.
  func expect(
    _ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(
      self.text.contains(text), "'\(text)' is not on the screen:\n\(self.text)",
      sourceLocation: sourceLocation)
  }

  /// Expects a text to be absent from the screen.
  func expectNot(
    _ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(
      !self.text.contains(text), "'\(text)' is on the screen:\n\(self.text)",
      sourceLocation: sourceLocation)
  }
}
