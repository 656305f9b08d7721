import Compression
import Dispatch
import Foundation
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab

@Suite(.timeLimit(.minutes(2))) struct BackgroundRunnerTests {
  private let laboratory = LabSupport.laboratory()

  @Test func aRecipeIsEstimatedMeasuredAndTimed() async throws {
    let inbox = Inbox()
    let recipe = try Recipe(line: "weights.bits=2 weights.granularity=tensor")
    BackgroundRunner(laboratory).submit(recipe, generation: 5, onResult: inbox.receiver)
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.map(\.kind) == ["estimate", "histograms", "exact", "weighed", "timed"])
    #expect(inbox.received.allSatisfy { $0.generation == 5 })
    let expected = try LabSupport.laboratory().measure(recipe, measuresLatency: false)
    guard case .estimate(let estimate) = inbox.received[0].content,
      case .histograms(let histograms) = inbox.received[1].content,
      case .exact(let exact) = inbox.received[2].content,
      case .weighed(let weighed) = inbox.received[3].content,
      case .timed(let timed) = inbox.received[4].content
    else { return }
    #expect(estimate.evaluation.images == 1_000 && estimate.size.bytes.isEmpty)
    #expect(estimate.band.lower <= exact.accuracy && exact.accuracy <= estimate.band.upper)
    #expect(exact.evaluation == expected.evaluation && exact.size.bytes.isEmpty)
    #expect(weighed.evaluation == expected.evaluation && weighed.size == expected.size)
    #expect(weighed.latency.isEmpty && timed.latency["float32"] ?? 0 > 0)
    #expect(timed.evaluation == exact.evaluation)
    #expect(timed.baselineLatency ?? 0 > 0 && timed.latencySpread?.batches == [1, 64])
    #expect(histograms.keys.sorted() == ["conv2d/kernel", "dense/kernel", "dense_1/kernel"])
  }

  @Test func nothingOfASupersededRecipeComesAfterSubmitReturned() async throws {
    let runner = BackgroundRunner(laboratory)
    let latest = Mutex(0)
    let late = Mutex(0)
    let inbox = Inbox()
    let receiver: BackgroundRunner.Receiver = { update in
      if update.generation < latest.withLock({ $0 }) { late.withLock { $0 += 1 } }
      inbox.receiver(update)
    }
    for generation in 1...60 {
      let sparsity = Double(generation) / 100
      runner.submit(
        try Recipe(line: "prune.sparsity=\(sparsity)"), generation: generation, onResult: receiver)
      // From here on only this generation may be heard of.
      latest.withLock { $0 = generation }
      if generation % 7 == 0 { try await Task.sleep(for: .milliseconds(3)) }
    }
    await inbox.wait { $0.kind == "timed" && $0.generation == 60 }
    #expect(late.withLock { $0 } == 0)
    #expect(
      inbox.received.filter { $0.generation == 60 }.map(\.kind) == [
        "estimate", "histograms", "exact", "weighed", "timed",
      ])
  }

  @Test func aReceiverMaySubmitTheNextRecipe() async throws {
    let runner = BackgroundRunner(laboratory)
    let inbox = Inbox()
    let next = try Recipe(line: "weights.bits=3")
    runner.submit(try Recipe(line: "weights.bits=4"), generation: 1) { update in
      inbox.receiver(update)
      if update.kind == "estimate" {
        runner.submit(next, generation: 2, onResult: inbox.receiver)
      }
    }
    await inbox.wait { $0.kind == "timed" }
    #expect(inbox.received.map(\.generation) == [1, 2, 2, 2, 2, 2])
  }

  @Test func aSweepEstimatesAllPointsAndThenMeasuresThem() async throws {
    let inbox = Inbox()
    let key = try #require(RecipeKey.named("prune.sparsity"))
    let base = try Recipe(line: "weights.bits=8")
    BackgroundRunner(laboratory).sweep(
      key, over: base, values: ["0", "0.5", "0.9"], generation: 3, onResult: inbox.receiver)
    await inbox.wait { $0.kind == "finished" }
    #expect(
      inbox.received.map(\.kind)
        == ["point", "point", "point", "exact point", "exact point", "exact point", "finished"])
    for update in inbox.received.dropFirst(3) {
      guard case .point(let point) = update.content else { continue }
      var recipe = base
      try recipe.set("prune.sparsity", point.value)
      let expected = try LabSupport.laboratory().measure(recipe, measuresLatency: false)
      #expect(point.band.estimate == expected.accuracy)
      #expect(point.band.halfWidth == 0)
      #expect(point.sparsity == expected.size.sparsity)
    }
    let progress = inbox.received.compactMap { update in
      if case .point(let point) = update.content { point.progress } else { nil }
    }
    #expect(progress == (1...6).map { SweepProgress(done: $0, count: 3) })
    #expect(progress.map(\.doneInPass) == [1, 2, 0, 1, 2, 3])
    #expect(progress.map(\.isFinished) == [false, false, false, false, false, true])
  }

  @Test func aSubmittedRecipeGoesBeforeASweep() async throws {
    let inbox = Inbox()
    let runner = BackgroundRunner(laboratory)
    let key = try #require(RecipeKey.named("weights.bits"))
    let moved = try Recipe(line: "prune.sparsity=0.3")
    runner.sweep(key, over: Recipe(), generation: 1) { update in
      inbox.receiver(update)
      if case .point(let point) = update.content, point.index == 2, !point.isExact {
        runner.submit(moved, generation: 2, onResult: inbox.receiver)
      }
    }
    await inbox.wait { $0.kind == "timed" }
    let kinds = inbox.received.map { "\($0.generation) \($0.kind)" }
    // Right after the third point come the moved slider's figures, then the sweep goes on; the
    // latency waits until it has ended.
    #expect(Array(kinds[3...6]) == ["2 estimate", "2 histograms", "2 exact", "2 weighed"])
    #expect(kinds[7] == "1 point")
    #expect(Array(kinds.suffix(2)) == ["1 finished", "2 timed"])
    #expect(kinds.count { $0.hasPrefix("1 ") } == 2 * key.positions.count + 1)
  }

  @Test func anotherSweepAndCancellingEndASweep() async throws {
    let runner = BackgroundRunner(laboratory)
    let (first, second) = (Inbox(), Inbox())
    let bits = try #require(RecipeKey.named("weights.bits"))
    let scope = try #require(RecipeKey.named("prune.scope"))
    runner.sweep(bits, over: Recipe(), generation: 1, onResult: first.receiver)
    // With a pattern that conv2d cannot have, that value is left out of the curve.
    runner.sweep(
      scope, over: try Recipe(line: "prune.pattern=2:4"), generation: 2, onResult: second.receiver)
    let before = first.received.count
    await second.wait { $0.kind == "finished" }
    #expect(first.received.count == before)
    #expect(second.received.count == 2 * 4 + 1)
    runner.sweep(bits, over: Recipe(), generation: 3, onResult: first.receiver)
    runner.cancelSweeps()
    let after = first.received.count
    runner.submit(Recipe(), generation: 4, onResult: second.receiver)
    await second.wait { $0.kind == "timed" }
    #expect(first.received.count == after)
  }

  @Test func workOfOneSlotLeavesTheOtherSlotsAlone() async throws {
    let runner = BackgroundRunner(laboratory)
    let inbox = Inbox()
    let order = Mutex<[String]>([])
    let bits = try #require(RecipeKey.named("weights.bits"))
    let recipe = try Recipe(line: "weights.bits=3")
    // The first task holds the runner's thread until all others are there.
    let gate = DispatchSemaphore(value: 0)
    runner.perform(.crossings) { _ in gate.wait() }
    runner.sweep([("a", recipe)], in: .seeds, generation: 1) { update in
      if case .sweepFinished = update.content { order.withLock { $0.append("seeds") } }
      inbox.receiver(update)
    }
    runner.sweep(bits, over: recipe, values: ["8"], generation: 1) { update in
      if case .sweepFinished = update.content { order.withLock { $0.append("curve") } }
    }
    runner.perform(.pictures) { _ in order.withLock { $0.append("old pictures") } }
    runner.perform(.pictures) { isCancelled in
      order.withLock { $0.append(isCancelled() ? "cancelled" : "pictures") }
    }
    gate.signal()
    await inbox.wait { $0.kind == "finished" }
    #expect(order.withLock { $0 } == ["pictures", "curve", "seeds"])
  }

  @Test func aSubmittedRecipeEndsATaskThatRuns() async throws {
    let runner = BackgroundRunner(laboratory)
    let inbox = Inbox()
    let started = DispatchSemaphore(value: 0)
    let ended = Mutex(false)
    runner.perform(.pictures) { isCancelled in
      started.signal()
      while !isCancelled() { usleep(1000) }
      ended.withLock { $0 = true }
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        started.wait()
        continuation.resume()
      }
    }
    runner.submit(Recipe(), generation: 2, onResult: inbox.receiver)
    await inbox.wait { $0.kind == "timed" }
    #expect(ended.withLock { $0 })
  }

  @Test func cancellingEndsTheRecipe() async throws {
    let runner = BackgroundRunner(laboratory)
    let (first, second) = (Inbox(), Inbox())
    runner.submit(try Recipe(line: "weights.bits=1"), generation: 1, onResult: first.receiver)
    runner.cancel()
    let count = first.received.count
    runner.submit(Recipe(), generation: 2, onResult: second.receiver)
    await second.wait { $0.kind == "timed" }
    #expect(first.received.count == count)
  }

  @Test func aFailureIsTold() async throws {
    struct NoData: Error, CustomStringConvertible { let description = "no training set" }
    let laboratory = Laboratory(
      network: LabSupport.network(), test: LabSupport.images(20), threads: 1
    ) { throw NoData() }
    let inbox = Inbox()
    let runner = BackgroundRunner(laboratory)
    runner.submit(
      try Recipe(line: "activations.bits=4"), generation: 1, onResult: inbox.receiver)
    await inbox.wait { $0.kind == "failed" }
    guard case .failed(let message) = inbox.received[0].content else { return }
    #expect(message == "no training set")
    runner.submit(
      try Recipe(line: "prune.pattern=filter prune.scope=dense"), generation: 2,
      onResult: inbox.receiver)
    await inbox.wait { $0.generation == 2 }
    #expect(inbox.received.map(\.kind) == ["failed", "failed"])
  }
}
