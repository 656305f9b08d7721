import Compression
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab

@Suite(.timeLimit(.minutes(4))) struct TrainingTests {
  /// Five steps an epoch.
  private func laboratory() -> Laboratory {
    Laboratory(network: LabSupport.network(), test: LabSupport.images(1_200), threads: 2) {
      LabSupport.images(600, seed: 9)
    }
  }

  private static let recipes = [
    "prune.sparsity=0.8 finetune.epochs=2 weights.bits=8",
    "weights.bits=2 activations.bits=4 finetune.epochs=2 finetune.mode=qat",
    "prune.sparsity=0.9 finetune.epochs=2 finetune.schedule=polynomial weights.codebook=kmeans "
      + "weights.bits=4",
    "weights.bits=3 weights.rounding=gptq finetune.epochs=2",
  ]

  @Test(arguments: recipes)
  func lookingOnChangesNothing(line: String) async throws {
    let recipe = try Recipe(line: line)
    let watched = laboratory()
    let inbox = Inbox()
    BackgroundScheduler(watched, reply: inbox.put).ask(.measure(recipe), 1)
    await inbox.wait { $0.kind == "timed" }
    let kinds = inbox.received.map(\.kind)
    #expect(kinds.first == "training")
    #expect(
      kinds.filter { $0 != "training" } == ["estimate", "histograms", "exact", "weighed", "timed"])
    let alone = laboratory()
    #expect(try watched.compressed(recipe).network == alone.compressed(recipe).network)
    #expect(
      try watched.measure(recipe, measuresLatency: false).evaluation
        == alone.measure(recipe, measuresLatency: false).evaluation)
  }

  @Test(arguments: recipes)
  func theLastLookIsTheResultOnItsImages(line: String) async throws {
    let recipe = try Recipe(line: line)
    let inbox = Inbox()
    BackgroundScheduler(laboratory(), reply: inbox.put).ask(.measure(recipe), 1)
    await inbox.wait { $0.kind == "estimate" }
    let curves = inbox.received.compactMap { arrival in
      if case .training(let curve) = arrival.reply { curve } else { nil }
    }
    let curve = try #require(curves.last)
    #expect(curve.isOver && curve.step == 10 && curve.steps == 10 && curve.epochs == 2)
    #expect(!curve.isStoppedEarly)
    #expect(curve.losses.map(\.step) == Array(1...10))
    #expect(curve.looks.first?.step == 0 && curve.looks.last?.step == 10)
    #expect(curves.map(\.step) == curves.map(\.step).sorted())
    let estimates = inbox.received.compactMap { arrival in
      if case .estimate(let estimate) = arrival.reply { estimate } else { nil }
    }
    let estimate = try #require(estimates.first)
    let last = try #require(curve.looks.last)
    #expect(last.images == 1_000)
    // A look rounds by nearest where the recipe would optimise.
    if !line.contains("gptq") {
      #expect(last.correct == estimate.evaluation.correct)
      #expect(last.sparsity == estimate.size.sparsity)
    }
    let changes = curve.looks.map(\.changedCodes)
    #expect(changes[0] == nil)
    if line.contains("kmeans") {
      #expect(changes.allSatisfy { $0 == nil })
      // The ramp begins with all weights.
      #expect(curve.looks[0].sparsity == 0 && last.sparsity > 0.89)
    } else {
      #expect(changes.dropFirst().allSatisfy { $0.map { 0...1 ~= $0 } ?? false })
    }
  }

  @Test func theLossIsARunningMean() throws {
    let laboratory = laboratory()
    let recipe = try Recipe(line: "weights.bits=8 finetune.epochs=3")
    let losses = Mutex<[Double]>([])
    let recorder = TrainingRecorder(
      laboratory, recipe: recipe, images: 10, isCancelled: { false }, publish: { _ in })
    let observer = TrainingObserver(look: { moment in
      if let loss = moment.loss { losses.withLock { $0.append(loss) } }
      recorder.record(moment)
    })
    #expect(try laboratory.train(recipe, observer: observer, isCancelled: { false }) == nil)
    let all = losses.withLock { $0 }
    let curve = recorder.finish()
    #expect(all.count == 15 && curve.losses.count == 15)
    #expect(abs(curve.losses[14].value - all.reduce(0, +) / 15) < 1e-12)
    #expect(curve.losses[0].value == all[0] && all[0] > 0)
  }

  @Test func aTrainingThatIsEndedIsMeasuredButNotKept() async throws {
    let laboratory = laboratory()
    let recipe = try Recipe(line: "prune.sparsity=0.9 finetune.epochs=2 weights.bits=8")
    let inbox = Inbox()
    let asked = Mutex<BackgroundScheduler?>(nil)
    let scheduler = BackgroundScheduler(laboratory) { reply, id in
      inbox.put(reply, id)
      if case .training = reply, id.number == 1 {
        asked.withLock { $0 }?.endTraining(of: id.asker)
      }
    }
    asked.withLock { $0 = scheduler }
    scheduler.ask(.measure(recipe), 1)
    await inbox.wait { arrival in
      if case .stopped(let stopped) = arrival.reply {
        !stopped.measurement.size.bytes.isEmpty
      } else {
        false
      }
    }
    #expect(Set(inbox.received.map(\.kind)) == ["training", "stopped", "histograms"])
    guard case .stopped(let stopped)? = inbox.received.last?.reply else {
      Issue.record("nothing follows what was learnt")
      return
    }
    #expect(stopped.step == 0 && stopped.steps == 10)
    // Nothing was learnt: this is the pruned network without fine-tuning.
    let untuned = try laboratory.measure(
      Recipe(line: "prune.sparsity=0.9 weights.bits=8"), measuresLatency: false)
    #expect(stopped.measurement.evaluation == untuned.evaluation)
    #expect(stopped.measurement.size.bytes == untuned.size.bytes)
    #expect(laboratory.willTrain(recipe))

    scheduler.ask(.measure(recipe), 2)
    await inbox.wait { $0.kind == "weighed" }
    let exact = inbox.received.compactMap { arrival in
      if case .measured(let whole, .accuracy) = arrival.reply { whole } else { nil }
    }
    let whole = try #require(exact.first)
    #expect(
      try whole.evaluation == self.laboratory().measure(recipe, measuresLatency: false).evaluation)
    #expect(!laboratory.willTrain(recipe))
  }

  @Test func aKnownTrainingShowsItsCurveAgainWithoutTraining() async throws {
    let inbox = Inbox()
    let scheduler = BackgroundScheduler(laboratory(), reply: inbox.put)
    let recipe = try Recipe(line: "prune.sparsity=0.5 finetune.epochs=1")
    scheduler.ask(.measure(recipe), 1)
    await inbox.wait { $0.kind == "timed" }
    scheduler.ask(.measure(recipe), 2)
    await inbox.wait { $0.number == 2 && $0.kind == "estimate" }
    let second = inbox.received.filter { $0.number == 2 }
    #expect(second.map(\.kind).prefix(2) == ["training", "estimate"])
    guard case .training(let curve)? = second.first?.reply else {
      Issue.record("the curve comes first")
      return
    }
    #expect(curve.isOver && curve.step == 5)
  }

  @Test func aCancelledTrainingTakesNoFurtherStep() throws {
    let laboratory = laboratory()
    let recipe = try Recipe(line: "prune.sparsity=0.5 finetune.epochs=5")
    let last = Mutex(0)
    let observer = TrainingObserver(look: { moment in last.withLock { $0 = moment.step } })
    #expect(throws: LabError.cancelled) {
      try laboratory.train(
        recipe, observer: observer, isCancelled: { last.withLock { $0 } >= 7 })
    }
    #expect(last.withLock { $0 } == 7)
    #expect(laboratory.willTrain(recipe))
  }

  @Test func anotherRecipeEndsATrainingAtOnce() async throws {
    let inbox = Inbox()
    let next = try Recipe(line: "weights.bits=4")
    let asked = Mutex<BackgroundScheduler?>(nil)
    let scheduler = BackgroundScheduler(laboratory()) { reply, id in
      inbox.put(reply, id)
      if inbox.received.count == 1 { asked.withLock { $0 }?.ask(.measure(next), 2) }
    }
    asked.withLock { $0 = scheduler }
    scheduler.ask(.measure(try Recipe(line: "prune.sparsity=0.5 finetune.epochs=5")), 1)
    await inbox.wait { $0.kind == "exact" }
    // Not even the end of the training is told of.
    #expect(inbox.received.filter { $0.number == 1 }.map(\.kind) == ["training"])
  }
}
