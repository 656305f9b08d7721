import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// Find the fault: the engine hides one, the learner measures three things and names it.
struct FaultHuntScreen: TutorScreen {
  /// What the right part shows where there is no room for everything.
  enum Page: Hashable, Sendable {
    case report, histogram
    case reading(FaultProbe)
    case verdict
  }

  /// The case, once it was begun.
  private(set) var current: FaultHuntCase?
  /// What the colleague reports.
  private(set) var report: FaultReport?
  /// The share of the fine-tuning that is done, while it runs.
  private(set) var training: Double?
  /// The probes in the order in which they were asked for.
  private(set) var asked: [FaultProbe] = []
  /// What they measured.
  private(set) var readings: [FaultProbe: ProbeReading] = [:]
  /// The probe that is being measured.
  private(set) var running: FaultProbe?
  /// Whether the faults are listed in place of the probes.
  private(set) var isAccusing = false
  /// The chosen probe.
  private(set) var probe = SelectionState()
  /// The chosen fault.
  private(set) var suspect = SelectionState()
  /// The fault that was named.
  private(set) var accused: Fault?
  /// What the network would be without the fault; measured once the fault was named.
  private(set) var healthy: FaultReport?
  /// What the right part shows.
  private(set) var page = Page.report
  /// How far it is scrolled.
  private(set) var scroll = ScrollState()
  /// Why something could not be measured.
  private(set) var failure: String?

  /// The name of the screen.
  static let name = Phrase("Find the fault")

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + context.text(Self.name)
  }

  /// The pages that there are, in order.
  var pages: [Page] {
    [.report, .histogram] + asked.map(Page.reading) + (accused == nil ? [] : [.verdict])
  }

  /// How many probes are left.
  var probesLeft: Int { max(0, FaultHuntCase.allowedProbes - asked.count) }

  /// The attempts at cases that were kept, oldest first.
  static func attempts(_ context: TutorContext) -> [ChallengeAttempt] {
    context.progress.attempts.filter { $0.challengeID.hasPrefix(idPrefix) }
  }

  /// Attempts that learners have stored begin with it.
  private static let idPrefix = "sabotage."

  // MARK: Replies

  /// A case that is open begins anew: what was measured belongs to the network before.
  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    guard let current, accused == nil else { return [] }
    return begin(current)
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    switch reply {
    case .tuning(let share): training = share
    case .report(let found):
      training = nil
      // The report of the network without the fault is asked for once the fault was named.
      if accused == nil { report = found } else { healthy = found }
    case .reading(let reading):
      running = nil
      readings[reading.probe] = reading
      show(.reading(reading.probe))
    case .refused(let slot, let error):
      failure = "\(error)"
      if slot == .probe {
        // What could not be measured is not counted.
        asked.removeAll { $0 == running }
        running = nil
      }
    default: break
    }
    return []
  }

  private mutating func show(_ page: Page) {
    self.page = page
    scroll = ScrollState()
  }

  // MARK: Keys

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    failure = command == .back ? nil : failure
    switch command {
    case .back:
      if isAccusing {
        isAccusing = false
        return []
      }
      return [.pop]
    case .open:
      return current == nil ? begin(context) : isAccusing ? accuse(&context) : ask(&context)
    case .newCase: return accused == nil ? [] : begin(context)
    case .accuse:
      if report != nil, accused == nil { isAccusing.toggle() }
    case .nextView, .previousView:
      let pages = pages
      let step = command == .nextView ? 1 : pages.count - 1
      show(pages[((pages.firstIndex(of: page) ?? 0) + step) % pages.count])
    case .pageUp, .pageDown:
      let view = FaultHuntView(screen: self, context: context, area: area)
      _ = scroll.perform(
        command, lines: view.lines(of: page).count, visible: view.pageHeight)
    default:
      if isAccusing {
        _ = suspect.perform(command, count: FaultHuntCase.faults.count, visible: 1)
      } else {
        _ = probe.perform(command, count: FaultProbe.allCases.count, visible: 1)
      }
    }
    return []
  }

  /// Begins the next case: the first that was not named yet, or the one after the case before.
  private mutating func begin(_ context: TutorContext) -> [TutorEffect] {
    guard case .ready = context.laboratory else { return [] }
    let number = current.map { $0.number + 1 } ?? Self.attempts(context).count
    return begin(FaultHuntCase(seed: FaultHuntCase.sharedSeed, number: number))
  }

  private mutating func begin(_ next: FaultHuntCase) -> [TutorEffect] {
    self = FaultHuntScreen()
    current = next
    return [.ask(.report(next.recipe))]
  }

  /// Measures the chosen probe, if one is left.
  private mutating func ask(_ context: inout TutorContext) -> [TutorEffect] {
    guard let current, report != nil else { return [] }
    let chosen = FaultProbe.allCases[max(0, min(probe.index, FaultProbe.allCases.count - 1))]
    if asked.contains(chosen) {
      show(.reading(chosen))
      return []
    }
    guard running == nil else {
      context.notice = context.text(
        Phrase("One probe at a time: the last one is still being measured."))
      return []
    }
    // Once the fault is known everything may be looked at.
    guard probesLeft > 0 || accused != nil else {
      context.notice = context.text(Phrase("Your three probes are used: f names the fault."))
      return []
    }
    failure = nil
    running = chosen
    asked.append(chosen)
    show(.reading(chosen))
    return [.ask(.probe(chosen, current.recipe))]
  }

  /// Takes the chosen fault as the learner's answer and keeps what came of it.
  private mutating func accuse(_ context: inout TutorContext) -> [TutorEffect] {
    guard let current, let report, accused == nil else { return [] }
    let named = FaultHuntCase.faults[max(0, min(suspect.index, FaultHuntCase.faults.count - 1))]
    accused = named
    isAccusing = false
    show(.verdict)
    return [
      .store(
        .recordAttempt(
          ChallengeAttempt(
            challengeID: Self.idPrefix + current.fault.rawValue, at: context.now,
            recipe: current.recipe.line, correct: report.evaluation.correct,
            images: report.evaluation.images, bytes: report.size.bytes[.dense] ?? 0, latency: nil,
            isMet: named == current.fault))),
      .ask(.report(current.intended)),
    ]
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    FaultHuntKeys.bindings(hasBegun: current != nil, isAccusing: isAccusing, isOver: accused != nil)
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let view = FaultHuntView(screen: self, context: context, area: area)
    switch mouse.action {
    case .press:
      guard current != nil, let row = view.listRow(at: mouse.point) else { return [] }
      if isAccusing {
        suspect.index = row
      } else {
        probe.index = row
      }
    case .scrollUp, .scrollDown:
      scroll.scroll(mouse, lines: view.lines(of: page).count, visible: view.pageHeight)
    case .drag, .release: break
    }
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    FaultHuntView(screen: self, context: context, area: area).draw(into: &canvas)
  }
}
