import Compression
import NeuralNetwork
import RandomNumbers
import Synchronization

@testable import Lab
@testable import TutorApp

/// A laboratory of a few made-up images that answers a story's requests at once.
struct PromptLaboratory {
  /// The laboratory, on an untrained network of the seed network's shape.
  let laboratory: Laboratory
  /// What a screen is told when it is ready.
  let facts: LaboratoryFacts

  /// Makes a laboratory.
  init() {
    var numbers = SplitMix64(seed: 6)
    let images = ImageDataset(
      height: 28, width: 28,
      pixels: (0..<12 * 784).map { index in
        let (row, column) = (index % 784 / 28, index % 28)
        let isLit = (6..<22).contains(row) && (8..<20).contains(column)
        return isLit ? UInt8(100 + numbers.nextIndex(below: 156)) : 0
      }, labels: (0..<12).map { UInt8($0 % 10) })
    let network = BaselineCNN.make(seed: 1)
    laboratory = Laboratory(network: network, test: images, threads: 2) { images }
    facts = LaboratoryFacts(
      testSet: images, network: network, baselineCorrect: 6, baselineBytes: 2_776_000)
  }

  /// The last reply to a request, measured on the calling thread.
  func reply(to request: LabRequest) -> LabReply {
    var work = Bench(laboratory: laboratory, activity: ForegroundActivity()).work(on: request)
    let last = Mutex<LabReply?>(nil)
    let control = WorkControl(
      isCancelled: { false }, isTrainingEnded: { false },
      reply: { reply in last.withLock { $0 = reply } })
    do {
      while try work.performStep(control) {}
    } catch {
      return .refused(request.slot, error)
    }
    return last.withLock { $0 } ?? .refused(request.slot, Refusal("no reply"))
  }

  /// Answers what a story asked of the laboratory from a number of requests on.
  func answer(_ story: inout Story, from first: Int = 0) {
    for (request, id) in story.requests.dropFirst(first) where id.slot.isLook {
      story.reply(reply(to: request), to: id)
    }
  }
}

extension LabSlot {
  /// Whether its work looks into a network.
  fileprivate var isLook: Bool {
    [.inspection, .survey, .report, .probe].contains(self)
  }
}
