import Compression
import Lab
import Study
import TerminalCanvas
import TerminalDriver
import Testing

@testable import TutorApp

/// A terminal that plays keys and lets a test look at every picture before the next key.
@MainActor private final class WatchedTerminal: Terminal {
  let size = Size(width: 80, height: 24)
  let capabilities = TerminalCapabilities(colors: 256, unicode: true, name: "watched")
  private var script: [[InputEvent]]
  private let watch: (String) -> Void
  private let wait: () -> Void
  /// The limits of the waits so far.
  private(set) var timeouts: [Int?] = []

  init(
    script: [[InputEvent]], watch: @escaping (String) -> Void,
    wait: @escaping () -> Void = {}
  ) {
    self.script = script
    self.watch = watch
    self.wait = wait
  }

  func present(_ canvas: Canvas, theme: Theme, cursor: Point?) {
    watch(canvas.lines.joined(separator: "\n"))
  }

  func events(timeout milliseconds: Int?) -> [InputEvent] {
    timeouts.append(milliseconds)
    wait()
    return script.isEmpty ? [.key(.control("c"))] : script.removeFirst()
  }

  func redraw() {}
  func suspend() {}
  func close() {}
}

private final class NoLaboratory: LaboratoryService {
  private(set) var requests: [LabRequest] = []
  private(set) var ids: [RequestID] = []
  func carryOut(_ request: LabRequest, as id: RequestID) {
    requests.append(request)
    ids.append(id)
  }
  func endTraining(of asker: AskerID) {}
  func cancel(_ slot: LabSlot?, of asker: AskerID) {}
}

/// The running tutor.
@Suite
@MainActor struct RuntimeStories {
  private func run(
    _ setup: QuizSetup, store: ProgressStore, script: [[InputEvent]],
    clock: @escaping () -> Double = { 1_700_000_000 }, watch: @escaping (String) -> Void
  ) throws -> WatchedTerminal {
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { [HomeScreen(), QuizScreen(setup, $0)] })
    let terminal = WatchedTerminal(script: script, watch: watch)
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: Mailbox(wake: WakeSignal()), store: store,
      laboratory: NoLaboratory(), model: story.model, clock: clock)
    #expect(runtime.run() == nil)
    return terminal
  }

  @Test func anAnswerAnUndoANewGradeAndAFlagAreInTheStoreBeforeTheScreenShowsThem() throws {
    let store = try ProgressStore.inMemory()
    var graded = 0
    var taken = 0
    var regraded = 0
    var flagged = 0
    // One of the two choices is right, and only a right answer takes another grade.
    let keys: [Key] = [
      .enter, .character("4"), .character("u"), .down, .enter, .character("4"), .character("u"),
      .up, .enter, .character("f"), .enter,
    ]
    _ = try run(
      QuizSetup(.chapter, chapterID: "deck"), store: store, script: keys.map { [.key($0)] }
    ) { screen in
      do {
        let reviews = try store.reviews().map(\.review)
        if screen.contains("✓ Right.") || screen.contains("✗ Not right.") {
          graded += 1
          #expect(!reviews.isEmpty, "\(screen)")
          #expect(reviews.last?.wasRight == screen.contains("✓ Right."))
        }
        if screen.contains("Taken back") {
          taken += 1
          #expect(reviews.isEmpty)
        }
        if screen.contains("[easy]") {
          regraded += 1
          #expect(reviews.map(\.rating) == [.easy])
        }
        if screen.contains("* flagged") {
          flagged += 1
          #expect(try store.flags().count == 1)
        }
      } catch {
        Issue.record(error)
      }
    }
    #expect(graded >= 3 && taken == 2 && regraded >= 1 && flagged >= 1)
  }

  @Test func anExamsClockIsDrawnEverySecondWithoutAKeyAndItsEndNeedsNone() throws {
    var now = 1_700_000_000.0
    var setup = QuizSetup(.exam, chapterID: "deck")
    setup.minutes = 1
    var shown: [String] = []
    // Each wait without a key lasts a second.
    let terminal = try run(
      setup, store: try ProgressStore.inMemory(), script: Array(repeating: [], count: 62),
      clock: {
        now += 0.25
        return now
      },
      watch: { screen in
        for line in screen.split(separator: "\n") {
          if let range = line.firstRange(of: "left ") {
            shown.append(String(line[range.upperBound...].prefix(4)))
          }
        }
        now = now.rounded(.down) + 1
      })
    #expect(shown.first == "1:00")
    #expect(Set(shown).count > 50, "\(shown)")
    #expect(shown.last == "0:01")
    #expect(terminal.timeouts.prefix(30).allSatisfy { $0 == 1000 })
  }

  @Test func theRecipesLineGoesToTheTerminalsClipboardAndFilesToTheLaboratory() throws {
    let keys: [Key] = [.character("y"), .control("y"), .escape, .character("F"), .enter]
    let terminal = MemoryTerminal(
      size: Size(width: 80, height: 24), script: keys.map { [.key($0)] })
    let laboratory = NoLaboratory()
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: nil)] })
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: Mailbox(wake: WakeSignal()),
      store: try ProgressStore.inMemory(), laboratory: laboratory,
      model: story.model, clock: { 1_700_000_000 })
    // Without more of the script the terminal is gone.
    #expect(runtime.run() == 1)
    #expect(terminal.copies == ["nibble measure"])
    #expect(laboratory.requests == [.measure(Recipe()), .open(.builtIn)])
  }

  @Test func whenNothingHappensTheTutorNeitherWakesNorDraws() throws {
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: nil)] })
    var frames = 0
    // A key that scrolls, one that changes the recipe; then a second passes, in which the place is
    // stored; then only a signal from outside ends the wait.
    let terminal = WatchedTerminal(
      script: [[.key(.pageUp)], [.key(.left)], [], [.wake], [.wake]], watch: { _ in frames += 1 })
    let activity = ForegroundActivity()
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: Mailbox(wake: WakeSignal()),
      store: try ProgressStore.inMemory(), laboratory: NoLaboratory(),
      model: story.model, activity: activity, clock: { 1_700_000_000 })
    #expect(runtime.run() == nil)
    // One frame at the start and one for each time that the wait ended.
    #expect(frames == 1 + 5)
    // The changed recipe is stored after a second without keys; from then on no wait has a limit.
    #expect(terminal.timeouts == [nil, nil, 1000, nil, nil, nil])
    #expect(activity.mark != nil)
  }

  @Test func theTutorCountsAsBusyWhileItDrawsAndAsQuietWhileItWaits() throws {
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { _ in [HomeScreen()] })
    let activity = ForegroundActivity()
    var marks: [ForegroundActivity.Mark] = []
    let terminal = WatchedTerminal(
      script: [[.key(.down)], [.key(.up)]], watch: { _ in #expect(activity.mark == nil) },
      wait: { if let mark = activity.mark { marks.append(mark) } })
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: Mailbox(wake: WakeSignal()),
      store: try ProgressStore.inMemory(), laboratory: NoLaboratory(),
      model: story.model, activity: activity, clock: { 1_700_000_000 })
    #expect(runtime.run() == nil)
    #expect(marks.count == 3)
    #expect(marks[0] != marks[1] && marks[1] != marks[2])
  }

  @Test func aFloodOfNewsFromATrainingIsOneFrameAndKeysComeBeforeIt() throws {
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { _ in [HomeScreen(), LabScreen(experiment: nil, settings: nil)] })
    let laboratory = NoLaboratory()
    let mailbox = Mailbox(wake: WakeSignal())
    var frames: [String] = []
    var curve = TrainingCurve()
    curve.steps = 469
    // Before each key a hundred steps were done.
    let terminal = WatchedTerminal(
      script: (0..<20).map { [.key($0.isMultiple(of: 2) ? .left : .right)] },
      watch: { frames.append($0) },
      wait: {
        for _ in 0..<100 {
          curve.step += 1
          if let id = laboratory.ids.last {
            mailbox.post(.reply(.training(curve), id))
          }
        }
      })
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: mailbox,
      store: try ProgressStore.inMemory(), laboratory: laboratory,
      model: story.model, clock: { 1_700_000_000 })
    #expect(runtime.run() == nil)
    #expect(frames.count == 21)
    // Each key is seen in the very next frame: 16 bits, then 32 again.
    for (index, frame) in frames.dropFirst().enumerated() {
      #expect(frame.contains("weights.bits=16") == index.isMultiple(of: 2))
    }
  }
}
