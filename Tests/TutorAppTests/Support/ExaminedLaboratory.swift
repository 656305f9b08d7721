import Compression
import Lab
import NeuralNetwork

@testable import TutorApp

/// A laboratory of a few made-up images that answers a story's examinations at once.
struct ExaminedLaboratory {
  /// The laboratory, on an untrained network of the baseline CNN's shape.
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

  /// The result of an examination.
  func result(of examination: Examination) -> ExaminationResult {
    do {
      return try Examiner.result(
        of: examination, in: laboratory, isCancelled: { false }, progress: { _ in })
    } catch {
      return .failed("\(error)")
    }
  }

  /// Answers the examinations that a story asked for from a number of effects on.
  func answer(_ story: inout Story, from first: Int = 0) {
    for effect in story.effects[first...] {
      guard case .examine(let examination) = effect else { continue }
      story.send(.laboratory(.examined(examination, result(of: examination))))
    }
  }
}
