import BundledContent
import Foundation
import NeuralNetwork
import Synchronization

@testable import Compression
@testable import Lab
@testable import TutorApp

/// A laboratory of a little network and 120 test images whose figures are the same on every run.
///
/// The network has the built-in layers with 8 filters and 32 units, and is not trained; the label
/// of an image is what the uncompressed network says of it, except of every tenth image. So the
/// baseline has 90 % right, and compression loses accuracy as it does with a trained network. Times
/// and the course of a training, which a clock decides, are made up.
struct SampleLaboratory: Sendable {
  /// What measures.
  let laboratory: Laboratory
  /// What the screens are told of it.
  let facts: LaboratoryFacts

  /// The images of a first figure.
  static let estimateImages = 60

  private let known = Memory<[LabReply]>()

  /// The one that all snapshots share, since it remembers what it measured.
  static let shared = Result { try SampleLaboratory() }

  /// Makes one.
  init() throws {
    let content = try BundledContent.locate(explicit: nil)
    let images = try FashionMNIST.test(in: "\(content)/datasets/fashion-mnist").prefix(216)
    let network = SeedNetwork.make(seed: 7, imageSide: 28, filters: 8, hidden: 32, classes: 10)
    let unlabelled = Laboratory(network: network, test: images, threads: 1) { images }
    let labels = try unlabelled.baselinePredictions().enumerated().map {
      $0 % 10 == 9 ? ($1 + 1) % 10 : $1
    }
    func part(_ range: Range<Int>) -> ImageDataset {
      ImageDataset(
        height: 28, width: 28,
        pixels: Array(images.pixels[range.lowerBound * 784..<range.upperBound * 784]),
        labels: Array(labels[range]))
    }
    let (test, training) = (part(0..<120), part(120..<216))
    laboratory = Laboratory(network: network, test: test, threads: 1) { training }
    facts = LaboratoryFacts(
      testSet: test, network: network,
      baselineCorrect: try laboratory.evaluation(of: Recipe(), images: test.count).correct,
      baselineBytes: try laboratory.size(of: Recipe(), formats: [.dense]).bytes[.dense] ?? 0)
  }

  /// Everything that a request is answered by, one reply after another.
  func replies(to request: LabRequest) throws -> [LabReply] {
    try known.value(for: "\(request)") {
      if case .measure(let recipe) = request { return try measurement(of: recipe) }
      let replies = Mutex<[LabReply]>([])
      let control = WorkControl(
        isCancelled: { false }, isTrainingEnded: { false },
        reply: { reply in replies.withLock { $0.append(reply) } })
      var work = Bench(laboratory: laboratory, activity: ForegroundActivity()).work(on: request)
      do {
        while try work.performStep(control) {}
      } catch {
        control.reply(.refused(request.slot, error))
      }
      return replies.withLock { $0 }
    }
  }

  /// How the training goes, a first figure, the exact one, the same with its bytes, and the same
  /// with its times.
  private func measurement(of recipe: Recipe) throws -> [LabReply] {
    var replies: [LabReply] = []
    if recipe.finetune.epochs > 0 {
      replies = [.training(Self.curve(until: 20)), .training(Self.curve(until: 48))]
    }
    replies.append(
      .estimate(
        try laboratory.estimate(
          of: recipe, images: Self.estimateImages, isCancelled: { false })))
    replies.append(
      .histograms(
        try Dictionary(
          uniqueKeysWithValues: laboratory.compressed(recipe).kernels.map {
            ($0.name, try laboratory.weightHistogram(of: $0.name, under: recipe, bins: 160))
          })))
    let whole = try laboratory.measure(recipe, measuresLatency: false)
    var measured = whole
    measured.seconds = 0.1
    measured.size.bytes = [:]
    replies.append(.measured(measured, .accuracy))
    measured.size = whole.size
    replies.append(.measured(measured, .bytes))
    measured.add(Self.latency)
    replies.append(.measured(measured, .latency))
    return replies
  }

  /// A training of 48 steps, as it stands after some of them.
  static func curve(until step: Int) -> TrainingCurve {
    var curve = TrainingCurve()
    (curve.step, curve.steps, curve.epochs) = (step, 48, 1)
    curve.secondsLeft = Double(48 - step) / 10
    curve.losses = (1...step).map {
      TrainingCurve.Loss(step: $0, value: 0.4 + 1.6 / Double($0))
    }
    curve.looks = stride(from: 4, through: step, by: 4).map {
      TrainingCurve.Look(
        step: $0, images: 120, correct: 60 + $0, sparsity: 0.5,
        changedCodes: $0 == 4 ? nil : 1 / Double($0))
    }
    curve.isOver = step == 48
    return curve
  }

  /// Times as a computer might have measured them.
  static let latency = LatencyReport(
    processor: "AMD EPYC 9R14", instructionSet: "AVX-512 with VNNI",
    series: [
      series(.baseline, "float32", 1, 37), series(.recipe, "float32", 1, 37.1),
      series(.recipe, "csr", 1, 26), series(.recipe, "int8", 1, 8.5),
      series(.baseline, "float32", 64, 13), series(.recipe, "float32", 64, 13.1),
      series(.recipe, "csr", 64, 4), series(.recipe, "int8", 64, 4.4),
    ], repeatedRounds: 2)

  private static func series(
    _ subject: LatencyReport.Subject, _ kernel: String, _ batch: Int, _ microseconds: Double
  ) -> LatencyReport.Series {
    LatencyReport.Series(
      subject: subject, kernel: kernel, batch: batch, imagesPerRound: 20,
      distribution: LatencyDistribution((0..<25).map { microseconds * (1 + 0.002 * Double($0)) }))
  }
}

/// Values that are made once; who comes while one is made waits for it.
final class Memory<Value: Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])

  /// The value of a name, made if there is none.
  func value(for name: String, _ make: () throws -> Value) throws -> Value {
    try values.withLock { values in
      if let known = values[name] { return known }
      let value = try make()
      values[name] = value
      return value
    }
  }
}
