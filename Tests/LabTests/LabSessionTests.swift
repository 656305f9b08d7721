import Compression
import Testing

@testable import Lab

@Suite("What is set, guessed and measured in a lab")
struct LabSessionTests {
  private let bits = Knob.named("weights.bits")
  private let sparsity = Knob.named("prune.sparsity")

  /// A measurement with some of a hundred images right.
  private func measurement(of recipe: Recipe, right: Int) -> Measurement {
    let labels = (0..<100).map { UInt8($0 % 10) }
    let predictions = labels.enumerated().map { $0 < right ? $1 : ($1 + 1) % 10 }
    return Measurement(
      recipe: recipe,
      evaluation: Evaluation(
        predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(sparsity: 0, parameters: 10, macs: 10, bytes: [:], layers: []),
      latency: [:], seconds: 0)
  }

  @Test("A session has the knobs that it names, one for each setting beyond them, or all")
  func knobs() {
    let named = LabSession(
      knobs: ["weights.bits", "no.such.knob"], changedBy: ["prune.sparsity": "0.5"])
    #expect(named.knobs.map(\.name) == ["weights.bits", "prune.sparsity"])
    #expect(named.recipe.prune.sparsity == 0.5 && named.startingRecipe == Recipe())
    #expect(LabSession().knobs.count == Knob.all.count)
    #expect(LabSession().curve.key.name == "weights.bits")
    #expect(LabSession(sweeping: "prune.sparsity").curve.key.name == "prune.sparsity")
  }

  @Test(
    "A change asks for the new recipe's figures and forgets the old one's; undo asks for the old")
  func change() throws {
    let bits = try #require(bits)
    var session = LabSession()
    session.receive(.measured(measurement(of: Recipe(), right: 90), .accuracy))
    #expect(session.results.measurement != nil)
    let requests = session.set(bits, to: "4", at: 0)
    #expect(requests == [.measure(session.recipe)] && session.recipe.weights.bits == 4)
    #expect(session.results.measurement == nil && !session.kernels.isCurrent)
    let unchanged = session.set(bits, to: "4", at: 1)
    #expect(unchanged.isEmpty)
    let refused = session.set(bits, to: "many", at: 1)
    #expect(refused.isEmpty)
    let undone = session.undo()
    #expect(undone == [.measure(Recipe())])
    let redone = session.redo()
    #expect(redone == [.measure(session.recipe)] && session.recipe.weights.bits == 4)
  }

  @Test("The curve stays while its own knob moves and begins anew when another one does")
  func curve() throws {
    let (bits, sparsity) = (try #require(bits), try #require(sparsity))
    var session = LabSession()
    for value in ["8", "4"] {
      _ = session.set(bits, to: value, at: 0)
      session.receive(.measured(measurement(of: session.recipe, right: 80), .accuracy))
    }
    #expect(Set(session.curve.points.keys) == ["8", "4"])
    session.receive(.bytes(at: "8", [.dense: 100]))
    #expect(session.curve.bytes["8"]?[.dense] == 100)
    _ = session.set(sparsity, to: "0.5", at: 0)
    #expect(session.curve.key.name == "prune.sparsity")
    #expect(session.curve.points.isEmpty && session.curve.bytes.isEmpty)
  }

  @Test("While a guess is prepared nothing is measured; once it is made its recipe is")
  func guess() throws {
    let bits = try #require(bits)
    var session = LabSession()
    let armed = session.togglePrediction()
    #expect(armed.isEmpty)
    let moved = session.set(bits, to: "2", at: 0)
    #expect(moved.isEmpty)
    let asked = session.ask(for: [session.sweepRequest])
    let swept = session.sweep()
    #expect(asked.isEmpty && swept.isEmpty)
    session.askForGuess()
    let target = session.recipe
    #expect(session.prediction == .asking(target: target))
    #expect(session.prediction.hidesResults(of: target))
    let guessed = session.guess(0.85, at: 0)
    #expect(guessed == [.measure(target)])
    let isResolved = session.resolvePrediction(with: 0.1)
    #expect(isResolved)
    #expect(session.prediction == .resolved(target: target, guess: 0.85, truth: 0.1))
    let isResolvedAgain = session.resolvePrediction(with: 0.2)
    #expect(!isResolvedAgain)
    _ = session.undo()
    #expect(session.prediction == .none)
  }

  @Test("A guess about another recipe shows that recipe, along the experiment's own knob")
  func target() throws {
    let target = try Recipe(line: "weights.bits=2")
    var session = LabSession(sweeping: "weights.bits", asking: target)
    #expect(session.prediction.isAsking && !session.prediction.hidesResults(of: session.recipe))
    let guessed = session.guess(0.5, at: 0)
    #expect(guessed == [.measure(target)])
    #expect(session.recipe == target && session.curve.contains(target))
    #expect(session.history.past == [Recipe()])
  }

  @Test("What panels need is asked for once for a recipe, pictures together and when they change")
  func needs() throws {
    let bits = try #require(bits)
    var session = LabSession()
    let recipe = session.recipe
    let (storage, filters, mask) = (
      PictureRequest(StoragePicture()), PictureRequest(FilterPicture()),
      PictureRequest(MaskPicture(of: "dense/kernel"))
    )
    let needs: [LabRequest] = [
      .draw(StoragePicture(), of: recipe), session.sweepRequest,
      .draw(FilterPicture(), of: recipe),
    ]
    let early = session.ask(for: needs)
    #expect(early.isEmpty)
    session.receive(.measured(measurement(of: recipe, right: 90), .accuracy))
    let first = session.ask(for: needs)
    #expect(first == [session.sweepRequest, .draw([storage, filters], of: recipe)])
    let again = session.ask(for: needs)
    #expect(again.isEmpty)
    session.receive(.picture(DrawnPicture(StoragePicture(), [])))
    let later = session.ask(for: [.draw([mask], of: recipe)])
    #expect(later == [.draw([filters, mask], of: recipe)])
    _ = session.set(bits, to: "4", at: 0)
    session.receive(.measured(measurement(of: session.recipe, right: 80), .accuracy))
    let renewed = session.ask(for: [session.sweepRequest])
    #expect(renewed == [session.sweepRequest])
  }

  @Test("Canceling a training goes back to the recipe before, or to the one that does not train")
  func cancelTraining() throws {
    let epochs = try #require(Knob.named("finetune.epochs"))
    var session = LabSession(changedBy: ["finetune.epochs": "1"])
    let idle = session.cancelTraining()
    #expect(idle.isEmpty)
    session.receive(.training(TrainingCurve()))
    let canceled = session.cancelTraining()
    #expect(canceled == [.measure(Recipe())])
    _ = session.set(epochs, to: "2", at: 0)
    session.receive(.training(TrainingCurve()))
    _ = session.cancelTraining()
    #expect(session.recipe == Recipe() && !session.results.isTraining)
  }

  @Test("Runs with several seeds that the learner asks for are not asked for again by their panel")
  func seeds() throws {
    var session = LabSession(changedBy: ["weights.bits": "4"])
    session.receive(.measured(measurement(of: session.recipe, right: 80), .accuracy))
    let runs = session.runSeeds()
    #expect(runs == [.compareSeeds(of: session.recipe)])
    let again = session.ask(for: runs)
    #expect(again.isEmpty)
    let wasIdle = session.stopSeeds()
    #expect(!wasIdle)
    session.receive(.seeds(SeedRuns(comparison: SeedComparison(of: session.recipe))))
    let isStopped = session.stopSeeds()
    #expect(isStopped && session.seedRuns?.isRunning == false)
    var control = LabSession()
    let none = control.runSeeds()
    #expect(none.isEmpty)
  }

  @Test("Another network forgets what was measured on the one before, but not what was set")
  func network() throws {
    let bits = try #require(bits)
    var session = LabSession()
    _ = session.set(bits, to: "4", at: 0)
    session.receive(.measured(measurement(of: session.recipe, right: 80), .accuracy))
    session.receive(.bytes(at: "4", [.dense: 100]))
    let begun = session.begin()
    #expect(begun == [.measure(session.recipe)])
    #expect(session.curve.points.isEmpty && session.curve.bytes.isEmpty)
    #expect(session.recipe.weights.bits == 4 && session.history.canUndo)
  }

  @Test("Of the figures an estimate never replaces an exact one")
  func order() {
    var session = LabSession()
    session.receive(.measured(measurement(of: Recipe(), right: 90), .accuracy))
    let exact = session.curve.points["32"]
    session.receive(
      .point(
        SweepPoint(
          index: 0, value: "32", accuracy: 0.5, band: .wilson(correct: 50, images: 100),
          sparsity: 0, isExact: false, progress: SweepProgress(done: 1, count: 3))))
    #expect(session.curve.points["32"] == exact && exact?.isExact == true)
    #expect(session.results.sweepText(.curve) == "≈ 1/3")
  }
}
