import Foundation
package import NeuralNetwork

/// Measures how long networks take for an image.
///
/// One thread, caches warm. Each kernel runs a round untimed, then the kernels take turns, round by
/// round, so that a processor that grows hot or slow meanwhile does so for all alike. Before each
/// timed round a part of it runs untimed and brings the kernel's own weights back into the caches.
///
/// No round begins while the program answers a key or draws, and one during which it did is measured
/// again (see `ForegroundActivity`). The engine's other threads have nothing to do meanwhile, since
/// all its background work waits for one thread, which is the one that measures. What other programs
/// do is not corrected: those rounds are the outliers that a learner sees.
package enum LatencyMeter {
  /// The names of the kernels that a recipe may run in, by what they multiply.
  package static let kernels = ["float32", "csr", "int8"]
  /// The timed rounds of each kernel.
  package static let rounds = 25
  /// The images of a round at batch size 1; long enough for the clock's resolution, short enough to
  /// stop soon.
  package static let imagesPerRound = 20
  /// The images of the larger batch, which are one round: enough for the kernels to reach their full
  /// speed, few enough that a round is as short as one at batch size 1.
  package static let batch = 64
  /// The rounds that are measured again at most.
  static let maxRepetitions = 200

  /// How often a measurement waits, two milliseconds each time, for the program to become quiet.
  static let maxWaits = 500

  /// Something that is timed.
  struct Candidate {
    let subject: LatencyReport.Subject
    let kernel: String
    let batch: Int
    let imagesPerRound: Int
    /// Runs images from the given one on; the result depends on what they were classified as.
    let run: (_ first: Int, _ images: Int) -> Int
  }

  /// The spread of the times of a variant beside those of the uncompressed network.
  ///
  /// Batch size 1: one image after another, each classified before the next begins. The larger batch
  /// is given to the kernel at once. `float32` multiplies every weight, zeros included; `int8` does so
  /// in integer arithmetic and is there where the recipe allows it; `csr` multiplies the first dense
  /// layer's nonzero weights only and is there where that pays. A network that pruning made smaller
  /// runs in its smaller shape.
  ///
  /// - Parameters:
  ///   - baseline: the uncompressed network, in float.
  ///   - activity: what else the program does meanwhile.
  ///   - isCancelled: asked between rounds.
  /// - Throws: `LabError.cancelled`.
  package static func measure(
    _ variant: PreparedVariant, beside baseline: InferencePlan, on images: ImageDataset,
    activity: ForegroundActivity = ForegroundActivity(),
    isCancelled: () -> Bool = { false }
  ) throws(LabError) -> LatencyReport {
    let floatPlan = variant.engine.floatPlan
    let densePlan = floatPlan.skipsZeros ? variant.engine.densePlan() : floatPlan
    typealias Kernel = (
      subject: LatencyReport.Subject, name: String, single: any RunnerSession,
      many: any RunnerSession
    )
    var kernels: [Kernel] = [
      (.baseline, "float32", baseline.makeSession(images: 1), baseline.makeSession()),
      (.recipe, "float32", densePlan.makeSession(images: 1), densePlan.makeSession()),
    ]
    if floatPlan.skipsZeros {
      kernels.append((.recipe, "csr", floatPlan.makeSession(images: 1), floatPlan.makeSession()))
    }
    if let integerPlan = variant.engine.integerPlan {
      kernels.append(
        (.recipe, "int8", integerPlan.makeSession(images: 1), integerPlan.makeSession()))
    }
    let batch = min(batch, images.count)
    let singles = kernels.map { kernel in
      Candidate(
        subject: kernel.subject, kernel: kernel.name, batch: 1, imagesPerRound: imagesPerRound
      ) { first, count in
        (0..<count).reduce(0) { $0 &+ Int(kernel.single.run(images, (first + $1) % images.count)) }
      }
    }
    let batches = kernels.map { kernel in
      Candidate(
        subject: kernel.subject, kernel: kernel.name, batch: batch, imagesPerRound: batch
      ) { first, count in
        let start = first % (images.count - batch + 1)
        var sum = 0
        kernel.many.run(images, in: start..<start + count) { sum &+= Int($0) }
        return sum
      }
    }
    return try interleave(
      [singles, batch > 1 ? batches : []], rounds: rounds, activity: activity,
      isCancelled: isCancelled)
  }

  /// Times groups of candidates one after the other, the candidates of a group in turn.
  static func interleave(
    _ groups: [[Candidate]], rounds: Int, activity: ForegroundActivity,
    isCancelled: () -> Bool
  ) throws(LabError) -> LatencyReport {
    let clock = ContinuousClock()
    var checksum = 0
    var repeated = 0
    var waits = 0
    var disturbed = 0
    func time(_ candidate: Candidate, from first: Int) -> Double {
      checksum &+= candidate.run(first, max(1, candidate.imagesPerRound / 8))
      return clock.measure { checksum &+= candidate.run(first, candidate.imagesPerRound) }
        / .microseconds(candidate.imagesPerRound)
    }
    var series: [LatencyReport.Series] = []
    for candidates in groups {
      var times = [[Double]](repeating: [], count: candidates.count)
      for (index, candidate) in candidates.enumerated() {
        if isCancelled() { throw .cancelled }
        _ = time(candidate, from: index)
      }
      for round in 0..<rounds {
        for (index, candidate) in candidates.enumerated() {
          while true {
            if isCancelled() { throw .cancelled }
            while activity.mark == nil, waits < maxWaits {
              if isCancelled() { throw .cancelled }
              waits += 1
              Thread.sleep(forTimeInterval: 0.002)
            }
            let before = activity.mark
            let microseconds = time(candidate, from: round * candidate.imagesPerRound)
            let isQuiet = before != nil && before == activity.mark
            if isQuiet || repeated >= maxRepetitions {
              if !isQuiet { disturbed += 1 }
              times[index].append(microseconds)
              break
            }
            repeated += 1
          }
        }
      }
      for (candidate, times) in zip(candidates, times) where !times.isEmpty {
        series.append(
          LatencyReport.Series(
            subject: candidate.subject, kernel: candidate.kernel, batch: candidate.batch,
            imagesPerRound: candidate.imagesPerRound, distribution: LatencyDistribution(times)))
      }
    }
    // The predictions must be needed, or the compiler may leave the work out.
    precondition(checksum >= 0, "Classes are not negative.")
    return LatencyReport(
      processor: Processor.name, instructionSet: InstructionSet.name, series: series,
      repeatedRounds: repeated, disturbedRounds: disturbed)
  }
}
