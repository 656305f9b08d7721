import Compression
import Curriculum
import Lab
import TerminalCanvas
import TerminalDriver
import Testing

@testable import TutorApp

/// What the runtime would tell the laboratory.
enum LabOrder {
  case carryOut(LabRequest, as: RequestID)
  case cancel(LabSlot?, of: AskerID)
  case endTraining(of: AskerID)

  /// Tells it.
  func give(to laboratory: any LaboratoryService) {
    switch self {
    case .carryOut(let request, let id): laboratory.carryOut(request, as: id)
    case .cancel(let slot, let asker): laboratory.cancel(slot, of: asker)
    case .endTraining(let asker): laboratory.endTraining(of: asker)
    }
  }
}

/// Why a story's laboratory refuses.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension LabReply {
  /// The slot of the requests that are answered so.
  var slot: LabSlot {
    switch self {
    case .training, .stopped, .estimate, .histograms, .measured: .measurement
    case .picture: .pictures
    case .point: .curve
    case .layerPoint: .layers
    case .bytes: .crossings
    case .seeds: .seeds
    case .inspection: .inspection
    case .survey: .survey
    case .tuning, .report: .report
    case .reading: .probe
    case .opened: .files
    case .refused(let slot, _): slot
    }
  }
}

extension SweepPoint {
  /// A point as a story makes it up.
  init(
    _ value: String, accuracy: Double, isExact: Bool, done: Int = 1, count: Int = 12
  ) {
    self.init(
      index: 0, value: value, accuracy: accuracy,
      band: .wilson(correct: Int(accuracy * 100), images: 100), sparsity: 0, isExact: isExact,
      progress: SweepProgress(done: done, count: count))
  }
}

/// What stories of the lab have in common.
extension Story {
  /// What was asked of the laboratory so far, oldest first.
  var requests: [(request: LabRequest, id: RequestID)] {
    orders.compactMap { order in
      if case .carryOut(let request, let id) = order { (request, id) } else { nil }
    }
  }

  /// The measurements that were asked for so far.
  var measureRequests: [(recipe: Recipe, id: RequestID)] {
    requests.compactMap { request, id in
      if case .measure(let recipe) = request { (recipe, id) } else { nil }
    }
  }

  /// The measurement that was asked for last.
  func lastMeasureRequest() throws -> (recipe: Recipe, id: RequestID) {
    try #require(measureRequests.last)
  }

  /// Answers the newest request of the reply's slot.
  mutating func reply(
    _ reply: LabReply, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    guard let id = requests.last(where: { $0.id.slot == reply.slot })?.id else {
      Issue.record("nobody asked for \(reply.slot)", sourceLocation: sourceLocation)
      return
    }
    self.reply(reply, to: id)
  }

  /// Pages through the plots until a kind is shown.
  mutating func show(_ kind: String) throws {
    for _ in LabPanels.plots {
      let screen = try #require(model.screen as? LabScreen)
      let layout = LabLayout(area: model.area, knobCount: screen.session.knobs.count)
      if screen.visiblePanels(in: layout).contains(where: { $0.name == kind }) { return }
      press(.character("v"))
    }
    Issue.record("no page shows \(kind)")
  }
}

/// A laboratory that really measures, and what it tells on its threads until a story takes it.
final class StoryLaboratory {
  /// What measures.
  let scheduler: BackgroundScheduler
  private let mailbox = Mailbox(wake: WakeSignal())

  /// Makes one that has read nothing yet.
  init(_ open: @escaping BackgroundScheduler.Opener) {
    scheduler = BackgroundScheduler(
      status: { [mailbox] in mailbox.post(.message(.laboratory($0))) },
      reply: { [mailbox] in mailbox.post(.reply($0, $1)) }, open: open)
  }

  /// Does what a story asks for.
  func carryOut(_ orders: [LabOrder]) {
    for order in orders { order.give(to: scheduler) }
  }

  /// What has come since the last time.
  func letters() -> [Letter] { mailbox.take() }
}
