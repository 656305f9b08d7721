import Compression
import Lab
import Study
import TerminalCanvas
import TerminalDriver
import Testing

@testable import TutorApp

/// A laboratory that answers the first measurement at once and holds back the others.
private final class HeldLaboratory: LaboratoryService {
  /// The measurements asked for, oldest first.
  private(set) var asked: [(recipe: Recipe, id: RequestID)] = []
  /// Whose work was ended, oldest first.
  private(set) var cancelled: [AskerID] = []
  private let mailbox: Mailbox

  init(_ mailbox: Mailbox) { self.mailbox = mailbox }

  func carryOut(_ request: LabRequest, as id: RequestID) {
    guard case .measure(let recipe) = request else { return }
    asked.append((recipe, id))
    if asked.count == 1 { answer(asked[0], right: 0..<61) }
  }

  func endTraining(of asker: AskerID) {}

  func cancel(_ slot: LabSlot?, of asker: AskerID) {
    if slot == nil { cancelled.append(asker) }
  }

  private func answer(_ request: (recipe: Recipe, id: RequestID), right: Range<Int>) {
    let found = WorkflowStory.measurement(of: request.recipe, right: right, bytes: 1_000)
    mailbox.post(.reply(.measured(found, .accuracy), request.id))
  }
}

/// Replies that come too late.
@Suite
@MainActor struct OvertakenReplyStories {
  @Test func theResultOfALabThatWasLeftNeverShowsInTheLabThatWasOpenedInItsPlace() throws {
    let mailbox = Mailbox(wake: WakeSignal())
    let laboratory = HeldLaboratory(mailbox)
    let story = try Story(
      library: DeckCourse.library(), laboratory: .ready(WorkflowStory.facts()),
      screens: { _ in
        [HomeScreen(), LabScreen(experiment: nil, settings: ["weights.bits": "2"])]
      })
    // The lab asks at once. Its answer is under way when one batch of keys leaves the lab and opens
    // another.
    let terminal = MemoryTerminal(
      size: Size(width: 80, height: 24), script: [[.key(.character("q")), .key(.character("l"))]])
    let runtime = TutorRuntime(
      terminal: terminal, mailbox: mailbox,
      store: try ProgressStore.inMemory(), laboratory: laboratory,
      model: story.model, clock: { 1_700_000_000 })
    #expect(runtime.run() == 1)
    #expect(laboratory.asked.map(\.recipe.line) == ["weights.bits=2", ""])
    let screen = try #require(terminal.canvas).lines.joined(separator: "\n")
    #expect(screen.contains("accuracy   …"), "\(screen)")
    #expect(!screen.contains("61.00 %"), "\(screen)")
    // The lab that was left wants nothing any more, and in the end neither does the other.
    #expect(laboratory.cancelled.first == laboratory.asked[0].id.asker)
    #expect(laboratory.cancelled.last == laboratory.asked[1].id.asker)
  }
}
