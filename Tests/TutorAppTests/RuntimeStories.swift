import Compression
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
  /// The limits of the waits so far.
  private(set) var timeouts: [Int?] = []

  init(script: [[InputEvent]], watch: @escaping (String) -> Void) {
    self.script = script
    self.watch = watch
  }

  func present(_ canvas: Canvas, theme: Theme, cursor: Point?) {
    watch(canvas.lines.joined(separator: "\n"))
  }

  func events(timeout milliseconds: Int?) -> [InputEvent] {
    timeouts.append(milliseconds)
    return script.isEmpty ? [.key(.control("c"))] : script.removeFirst()
  }

  func redraw() {}
  func suspend() {}
  func close() {}
}

private final class NoLaboratory: LaboratoryService {
  func load() {}
  func measure(_ recipe: Recipe, generation: Int) {}
  func measure(_ recipe: Recipe, generation: Int, timesBaseline: Bool) {}
  func sweep(key: String, recipe: Recipe, generation: Int) {}
  func scanLayers(of recipe: Recipe, generation: Int) {}
  func compareSeeds(of recipe: Recipe, generation: Int) {}
  func cancelSeeds() {}
  func cancel() {}
}

@Suite("The running tutor")
@MainActor struct RuntimeStories {
  private func run(
    _ setup: QuizSetup, store: ProgressStore, script: [[InputEvent]],
    clock: @escaping () -> Double = { 1_700_000_000 }, watch: @escaping (String) -> Void
  ) throws -> WatchedTerminal {
    let records = StudyRecords(store: store)
    let story = try Story(
      library: DeckCourse.library(), laboratory: .failed("no data"),
      screens: { [HomeScreen(), QuizScreen(setup, $0)] })
    let terminal = WatchedTerminal(script: script, watch: watch)
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: Mailbox(wake: WakeSignal()), records: records,
      laboratory: NoLaboratory(), model: story.model, clock: clock)
    #expect(runtime.run() == nil)
    return terminal
  }

  @Test("An answer, an undo, a new grade and a flag are in the store before the screen shows them")
  func onDiskFirst() throws {
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

  @Test("An exam's clock is drawn every second without a key, and its end needs none")
  func clock() throws {
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
}
