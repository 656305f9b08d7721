import Dispatch
import Lab
import NeuralNetwork
import Synchronization

/// Carries out examinations on threads of their own, one of each kind at a time.
final class Examiner: Sendable {
  private let queues: [Examination.Kind: DispatchQueue]
  /// The number of the newest request of each kind; an older one stops.
  private let newest = Mutex<[Examination.Kind: Int]>([:])
  private let deliver: @Sendable (LaboratoryNews) -> Void
  private let activity: ForegroundActivity

  /// Makes an examiner whose results go to `deliver`, on other threads.
  ///
  /// - Parameter activity: told of every examination, so that none overlaps a measurement of time.
  init(
    activity: ForegroundActivity, deliver: @escaping @Sendable (LaboratoryNews) -> Void
  ) {
    self.deliver = deliver
    self.activity = activity
    queues = Dictionary(
      uniqueKeysWithValues: Examination.Kind.allCases.map {
        ($0, DispatchQueue(label: "nibble.examine.\($0)", qos: .userInitiated))
      })
  }

  /// Looks into a network in place of the request of the same kind before.
  func examine(_ examination: Examination, in laboratory: Laboratory) {
    let kind = examination.kind
    let number = newest.withLock { newest in
      newest[kind, default: 0] += 1
      return newest[kind, default: 0]
    }
    queues[kind]?.async { [self] in
      let isCancelled: @Sendable () -> Bool = { [self] in
        newest.withLock { $0[kind] != number }
      }
      @Sendable func publish(_ result: ExaminationResult) {
        if !isCancelled() { deliver(.examined(examination, result)) }
      }
      guard !isCancelled() else { return }
      activity.begin()
      defer { activity.end() }
      do {
        publish(
          try Self.result(
            of: examination, in: laboratory, isCancelled: isCancelled, progress: publish))
      } catch LabError.cancelled {
        return
      } catch {
        publish(.failed("\(error)"))
      }
    }
  }

  /// Ends whatever is looked at; nothing of it is published any more.
  func cancel() {
    newest.withLock { newest in
      for kind in Examination.Kind.allCases { newest[kind, default: 0] += 1 }
    }
  }

  /// Looks into a network on the calling thread.
  static func result(
    of examination: Examination, in laboratory: Laboratory,
    isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (ExaminationResult) -> Void
  ) throws -> ExaminationResult {
    switch examination {
    case .image(let recipe, let image):
      .image(try laboratory.inspect(recipe, image: image, isCancelled: isCancelled))
    case .sums(let recipe, let images):
      .sums(
        try laboratory.accumulators(
          of: recipe, images: min(images, laboratory.test.count), isCancelled: isCancelled
        ) { progress(.sums($0)) })
    case .report(let recipe):
      .report(
        try laboratory.faultReport(of: recipe, isCancelled: isCancelled) { training in
          progress(.training(training.share))
        })
    case .probe(let probe, let recipe):
      .probe(try laboratory.probe(probe, on: recipe, isCancelled: isCancelled))
    }
  }
}

extension TrainingProgress {
  /// The share of all epochs that is done.
  fileprivate var share: Double {
    let done = Double(epoch - 1) + Double(imagesSeen) / Double(max(1, imagesTotal))
    return done / Double(max(1, epochs))
  }
}
