import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct LatencyTests {
  // By NumPy 1.26: np.quantile([1..9, 30], [.25, .5, .75]) = 3.25, 5.5, 7.75; the fence reaches from
  // -3.5 to 14.5.
  @Test func quartilesWhiskersAndOutliersAreTukeys() {
    let times = LatencyDistribution([9, 1, 8, 2, 7, 3, 30, 6, 4, 5])
    #expect(times.lowerQuartile == 3.25 && times.median == 5.5 && times.upperQuartile == 7.75)
    #expect(times.lowerWhisker == 1 && times.upperWhisker == 9)
    #expect(times.outliers == [30])
    let one = LatencyDistribution([4])
    #expect(one.median == 4 && one.lowerWhisker == 4 && one.upperWhisker == 4)
    #expect(one.outliers.isEmpty)
  }

  @Test func everyKernelIsTimedAtBothBatchSizesBesideTheBaseline() throws {
    let laboratory = LabSupport.laboratory(images: 300)
    let recipe = try Recipe(line: "weights.bits=8 activations.bits=8 prune.sparsity=0.95")
    let report = try laboratory.latency(of: recipe)
    let kinds = report.series.map { "\($0.subject.rawValue) \($0.kernel) \($0.batch)" }
    #expect(kinds.prefix(2) == ["baseline float32 1", "recipe float32 1"])
    #expect(kinds.contains("recipe int8 1") && kinds.contains("recipe int8 64"))
    #expect(kinds.contains("recipe csr 1") && kinds.contains("recipe csr 64"))
    #expect(report.batches == [1, 64])
    #expect(
      report.series.allSatisfy {
        $0.distribution.times.count == LatencyMeter.rounds && $0.distribution.times[0] > 0
      })
    #expect(report.medians.keys.sorted() == ["csr", "float32", "int8"])
    #expect(report.baselineMedian == report.series[0].distribution.median)
    #expect(report.disturbedRounds == 0 && report.repeatedRounds == 0)
    #expect(!report.processor.isEmpty && report.instructionSet == InstructionSet.name)
  }

  @Test func fewImagesAreOneSmallerBatch() throws {
    let report = try LabSupport.laboratory(images: 40).latency(of: Recipe())
    #expect(report.batches == [1, 40])
    #expect(try LabSupport.laboratory(images: 1).latency(of: Recipe()).batches == [1])
  }

  private func candidate(
    _ name: String, _ run: @escaping (_ first: Int, _ images: Int) -> Void
  ) -> LatencyMeter.Candidate {
    LatencyMeter.Candidate(subject: .recipe, kernel: name, batch: 1, imagesPerRound: 8) {
      run($0, $1)
      return 1
    }
  }

  @Test func kernelsTakeTurnsAfterAWarmUp() throws {
    var calls: [String] = []
    let candidates = ["a", "b"].map { name in
      candidate(name) { first, images in calls.append("\(name)\(images)@\(first)") }
    }
    let report = try LatencyMeter.interleave(
      [candidates], rounds: 2, activity: ForegroundActivity(), isCancelled: { false })
    // An eighth of a round runs untimed before each.
    #expect(
      calls == [
        "a1@0", "a8@0", "b1@1", "b8@1",
        "a1@0", "a8@0", "b1@0", "b8@0", "a1@8", "a8@8", "b1@8", "b8@8",
      ])
    #expect(report.series.map(\.distribution.times.count) == [2, 2])
  }

  @Test func aRoundDuringWhichSomethingWasDrawnIsRepeated() throws {
    let activity = ForegroundActivity()
    var call = 0
    let drawn = candidate("a") { _, images in
      guard images == 8 else { return }
      call += 1
      // The second and third timed rounds overlap a frame.
      if call == 3 || call == 4 {
        activity.begin()
        activity.end()
      }
    }
    let report = try LatencyMeter.interleave(
      [[drawn]], rounds: 4, activity: activity, isCancelled: { false })
    #expect(report.repeatedRounds == 2 && report.disturbedRounds == 0)
    #expect(call == 1 + 4 + 2)
    #expect(report.series[0].distribution.times.count == 4)
  }

  @Test func endlessDrawingIsSaidAndNotWaitedFor() throws {
    let activity = ForegroundActivity()
    activity.begin()
    let report = try LatencyMeter.interleave(
      [[candidate("a") { _, _ in }]], rounds: 3, activity: activity, isCancelled: { false })
    #expect(report.repeatedRounds == LatencyMeter.maxRepetitions)
    #expect(report.disturbedRounds == 3)
  }

  @Test func cancellingEndsAMeasurementBetweenRounds() {
    var rounds = 0
    let counted = candidate("a") { _, _ in rounds += 1 }
    #expect(throws: LabError.cancelled) {
      try LatencyMeter.interleave(
        [[counted]], rounds: 100, activity: ForegroundActivity(), isCancelled: { rounds >= 10 })
    }
    #expect(rounds == 10)
  }

  @Test func marksTellWhetherSomethingHappenedBetween() {
    let activity = ForegroundActivity()
    let before = activity.mark
    #expect(before != nil && activity.mark == before)
    activity.begin()
    #expect(activity.mark == nil)
    activity.begin()
    activity.end()
    #expect(activity.mark == nil)
    activity.end()
    #expect(activity.mark != nil && activity.mark != before)
  }

  @Test func fasterMeansBeyondTheSpread() {
    func series(_ times: [Double]) -> LatencyReport.Series {
      LatencyReport.Series(
        subject: .recipe, kernel: "float32", batch: 1, imagesPerRound: 1,
        distribution: LatencyDistribution(times))
    }
    #expect(series([1, 2, 3]).isClearlyFaster(than: series([5, 6, 7])))
    #expect(!series([5, 6, 7]).isClearlyFaster(than: series([5, 6.1, 7])))
  }
}
