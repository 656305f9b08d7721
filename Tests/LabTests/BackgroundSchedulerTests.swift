import Compression
import Dispatch
import Foundation
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab

@Suite(.timeLimit(.minutes(2))) struct BackgroundSchedulerTests {
  private let laboratory = LabSupport.laboratory()

  @Test func aRecipeIsEstimatedMeasuredAndTimed() async throws {
    let inbox = Inbox()
    let recipe = try Recipe(line: "weights.bits=2 weights.granularity=tensor")
    BackgroundScheduler(laboratory, reply: inbox.put).ask(.measure(recipe), 5)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.map(\.kind) == ["estimate", "histograms", "exact", "weighed", "timed"])
    #expect(inbox.received.allSatisfy { $0.number == 5 })
    let expected = try LabSupport.laboratory().measure(recipe, measuresLatency: false)
    guard case .estimate(let estimate) = inbox.received[0].reply,
      case .histograms(let histograms) = inbox.received[1].reply,
      case .measured(let exact, .accuracy) = inbox.received[2].reply,
      case .measured(let weighed, .bytes) = inbox.received[3].reply,
      case .measured(let timed, .latency) = inbox.received[4].reply
    else {
      Issue.record("the replies are not those of their kinds")
      return
    }
    #expect(estimate.evaluation.images == 1_000 && estimate.size.bytes.isEmpty)
    #expect(estimate.band.lower <= exact.accuracy && exact.accuracy <= estimate.band.upper)
    #expect(exact.evaluation == expected.evaluation && exact.size.bytes.isEmpty)
    #expect(weighed.evaluation == expected.evaluation && weighed.size == expected.size)
    #expect(weighed.latency.isEmpty && timed.latency["float32"] ?? 0 > 0)
    #expect(timed.evaluation == exact.evaluation)
    #expect(timed.baselineLatency ?? 0 > 0 && timed.latencySpread?.batches == [1, 64])
    #expect(histograms.keys.sorted() == ["conv2d/kernel", "dense/kernel", "dense_1/kernel"])
  }

  @Test func nothingOfAnOvertakenRequestComesAfterTheNewOneWasAccepted() async throws {
    let latest = Mutex(0)
    let late = Mutex(0)
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory) { reply, id in
      if id.number < latest.withLock({ $0 }) { late.withLock { $0 += 1 } }
      inbox.put(reply, id)
    }
    for number in 1...60 {
      scheduler.ask(.measure(try Recipe(line: "prune.sparsity=\(Double(number) / 100)")), number)
      // From here on only this request may be answered.
      latest.withLock { $0 = number }
      if number % 7 == 0 { try await Task.sleep(for: .milliseconds(3)) }
    }
    await inbox.wait { $0.kind == "timed" && $0.number == 60 }
    #expect(late.withLock { $0 } == 0)
    #expect(
      inbox.received.filter { $0.number == 60 }.map(\.kind) == [
        "estimate", "histograms", "exact", "weighed", "timed",
      ])
  }

  @Test func aReceiverMayAskForTheNextRecipe() async throws {
    let inbox = Inbox()
    let next = try Recipe(line: "weights.bits=3")
    let asked = Mutex<BackgroundScheduler?>(nil)
    let scheduler = BackgroundScheduler(laboratory) { reply, id in
      inbox.put(reply, id)
      if case .estimate = reply, id.number == 1 {
        asked.withLock { $0 }?.ask(.measure(next), 2)
      }
    }
    asked.withLock { $0 = scheduler }
    scheduler.ask(.measure(try Recipe(line: "weights.bits=4")), 1)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.map(\.number) == [1, 2, 2, 2, 2, 2])
  }

  @Test func aCurveIsEstimatedAtAllPointsAndThenMeasured() async throws {
    let inbox = Inbox()
    let base = try Recipe(line: "weights.bits=8")
    BackgroundScheduler(laboratory, reply: inbox.put)
      .ask(.sweep(key: "prune.scope", through: base), 3)
    await inbox.wait(for: \.endsCurve)
    let points = inbox.received.compactMap(\.point)
    let count = try #require(Knob.named("prune.scope")).positions.count
    #expect(points.map(\.isExact) == (0..<2 * count).map { $0 >= count })
    for point in points.suffix(count) {
      var recipe = base
      try recipe.set("prune.scope", point.value)
      let expected = try LabSupport.laboratory().measure(recipe, measuresLatency: false)
      #expect(point.accuracy == expected.accuracy)
      #expect(point.band == expected.band)
      #expect(point.sparsity == expected.size.sparsity)
    }
    let progress = points.map(\.progress)
    #expect(progress == (1...2 * count).map { SweepProgress(done: $0, count: count) })
    #expect(progress[count - 1].doneInPass == 0 && progress[count].doneInPass == 1)
    #expect(progress.map(\.isFinished) == (1...2 * count).map { $0 == 2 * count })
  }

  @Test func aWaitingRecipeGoesBeforeTheCurveOfAnotherAsker() async throws {
    let inbox = Inbox()
    let moved = try Recipe(line: "prune.sparsity=0.3")
    let asked = Mutex<BackgroundScheduler?>(nil)
    let scheduler = BackgroundScheduler(laboratory) { reply, id in
      inbox.put(reply, id)
      if case .point(let point) = reply, point.index == 2, !point.isExact {
        asked.withLock { $0 }?.ask(.measure(moved), 2, asker: 2)
      }
    }
    asked.withLock { $0 = scheduler }
    let positions = try #require(Knob.named("weights.bits")).positions.count
    scheduler.ask(.sweep(key: "weights.bits", through: Recipe()), 1, asker: 1)
    await inbox.wait(for: \.endsCurve)
    let kinds = inbox.received.map { "\($0.number) \($0.kind)" }
    // Right after the third point come the other's figures, then the curve goes on where it was.
    #expect(
      Array(kinds[3...7]) == ["2 estimate", "2 histograms", "2 exact", "2 weighed", "2 timed"])
    #expect(kinds.count { $0.hasPrefix("1 ") } == 2 * positions)
    #expect(
      inbox.received.compactMap(\.point).map(\.index) == (0..<2).flatMap { _ in 0..<positions })
  }

  @Test func theLatencyWaitsForEverythingElseOfItsAsker() async throws {
    let inbox = Inbox()
    let asked = Mutex<BackgroundScheduler?>(nil)
    let scheduler = BackgroundScheduler(laboratory) { reply, id in
      inbox.put(reply, id)
      if case .measured(_, .accuracy) = reply {
        asked.withLock { $0 }?.ask(.sweep(key: "weights.bits", through: Recipe()), 2)
      }
    }
    asked.withLock { $0 = scheduler }
    scheduler.ask(.measure(Recipe()), 1)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.suffix(2).map(\.kind) == ["exact point", "timed"])
  }

  @Test func anotherMeasurementEndsWhatBelongsToTheOneBefore() async throws {
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory, reply: inbox.put)
    scheduler.ask(.measure(Recipe()), 1)
    scheduler.ask(.sweep(key: "weights.bits", through: Recipe()), 2)
    scheduler.ask(.compareSeeds(of: Recipe()), 3)
    scheduler.ask(.measure(try Recipe(line: "weights.bits=4")), 4)
    let before = inbox.received.count
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.dropFirst(before).allSatisfy { $0.number == 4 })
  }

  @Test func anotherCurveAndCancellingEndACurve() async throws {
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory, reply: inbox.put)
    scheduler.ask(.sweep(key: "weights.bits", through: Recipe()), 1)
    // With a pattern that conv2d cannot have, that value is left out of the curve.
    scheduler.ask(
      .sweep(key: "prune.scope", through: try Recipe(line: "prune.pattern=2:4")), 2)
    let before = inbox.received.count
    await inbox.wait { $0.number == 2 && $0.endsCurve }
    #expect(inbox.received.dropFirst(before).allSatisfy { $0.number == 2 })
    #expect(inbox.received.count { $0.number == 2 } == 2 * 4)
    scheduler.ask(.sweep(key: "weights.bits", through: Recipe()), 3)
    scheduler.cancel(.curve, of: AskerID(1))
    let after = inbox.received.count
    scheduler.ask(.measure(Recipe()), 4)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.dropFirst(after).allSatisfy { $0.number == 4 })
  }

  @Test func slotsAreServedInTheirOrderAndLeaveOneAnotherAlone() async throws {
    let inbox = Inbox()
    // The first picture holds the thread until all other work is there.
    let gate = DispatchSemaphore(value: 0)
    let held = Laboratory(
      network: LabSupport.network(), test: LabSupport.images(60), threads: 1
    ) {
      gate.wait()
      return LabSupport.images(64, seed: 9)
    }
    let scheduler = BackgroundScheduler(held, reply: inbox.put)
    let recipe = try Recipe(line: "weights.bits=3")
    let calibrated = try Recipe(line: "weights.bits=4 weights.rounding=gptq")
    scheduler.ask(.draw(FeaturePicture(of: 0), of: calibrated), 1)
    scheduler.ask(.compareSeeds(of: recipe), 2)
    scheduler.ask(.weigh(key: "weights.bits", values: ["8", "4"], through: recipe), 3)
    scheduler.ask(.sweep(key: "weights.granularity", through: recipe), 4)
    scheduler.ask(
      .draw([PictureRequest(StoragePicture()), PictureRequest(FilterPicture())], of: recipe), 5)
    gate.signal()
    await inbox.wait { if case .seeds(let runs) = $0.reply { !runs.isRunning } else { false } }
    var order = inbox.received.map(\.number).filter { $0 != 1 }
    order = order.enumerated().filter { $0 == 0 || order[$0 - 1] != $1 }.map(\.element)
    #expect(order == [5, 4, 3, 2])
  }

  @Test func aClosedAskerWantsNothingAndTheOneBelowGoesOn() async throws {
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory, reply: inbox.put)
    let recipe = try Recipe(line: "weights.bits=2")
    scheduler.ask(.measure(recipe), 1, asker: 1)
    scheduler.ask(.measure(Recipe()), 2, asker: 2)
    scheduler.cancel(nil, of: AskerID(2))
    let before = inbox.received.count
    await inbox.wait { $0.kind == "timed" }
    let rest = inbox.received.dropFirst(before)
    #expect(rest.allSatisfy { $0.number == 1 })
    guard case .measured(let measurement, .latency)? = rest.last?.reply else {
      Issue.record("the figures are not complete")
      return
    }
    #expect(measurement.recipe == recipe)
  }

  @Test func anotherNetworkEndsWhatWasAskedOfTheOneBefore() async throws {
    let inbox = Inbox()
    let gate = DispatchSemaphore(value: 0)
    let ready = Mutex<[LaboratorySource]>([])
    let scheduler = BackgroundScheduler(
      status: { status in
        if case .ready(let facts) = status { ready.withLock { $0.append(facts.source) } }
      },
      reply: inbox.put,
      open: { source in
        if source.model == "missing" { throw FileError(path: "missing", problem: "no such file") }
        if !source.isBuiltIn { gate.wait() }
        return LabSupport.laboratory(images: source.isBuiltIn ? 1_200 : 40)
      })
    // Without a network nothing is measured.
    scheduler.ask(.measure(Recipe()), 1)
    scheduler.ask(.open(.builtIn), 2)
    await inbox.wait { $0.kind == "opened" }
    scheduler.ask(.open(LaboratorySource(model: "missing")), 3)
    await inbox.wait { $0.kind == "refused" }
    let mine = LaboratorySource(model: "mine")
    scheduler.ask(.open(mine), 4, asker: 2)
    scheduler.ask(.measure(Recipe()), 5)
    // Files are opened even when their screen is gone.
    scheduler.cancel(nil, of: AskerID(2))
    gate.signal()
    await inbox.wait { $0.kind == "opened" }
    let before = inbox.received.count
    #expect(ready.withLock { $0 } == [.builtIn, mine])
    scheduler.ask(.measure(Recipe()), 6)
    await inbox.wait { $0.number == 6 && $0.kind == "timed" }
    #expect(inbox.received.dropFirst(before).allSatisfy { $0.number == 6 })
    #expect(!inbox.received.contains { $0.number == 1 })
  }

  @Test func cancellingEndsTheRecipe() async throws {
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory, reply: inbox.put)
    scheduler.ask(.measure(try Recipe(line: "weights.bits=1")), 1)
    scheduler.cancel(.measurement, of: AskerID(1))
    let count = inbox.received.count
    scheduler.ask(.measure(Recipe()), 2)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.dropFirst(count).allSatisfy { $0.number == 2 })
  }

  @Test func aFailureIsTold() async throws {
    struct NoData: Error, CustomStringConvertible { let description = "no training set" }
    let laboratory = Laboratory(
      network: LabSupport.network(), test: LabSupport.images(20), threads: 1
    ) { throw NoData() }
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory, reply: inbox.put)
    scheduler.ask(.measure(try Recipe(line: "activations.bits=4")), 1)
    await inbox.wait { $0.kind == "refused" }
    guard case .refused(.measurement, let error) = inbox.received[0].reply else {
      Issue.record("the refusal is the only reply")
      return
    }
    #expect("\(error)" == "no training set")
    scheduler.ask(.measure(try Recipe(line: "prune.pattern=filter prune.scope=dense")), 2)
    await inbox.wait { $0.number == 2 }
    #expect(inbox.received.map(\.kind) == ["refused", "refused"])
  }
}
