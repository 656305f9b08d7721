import Compression
import Testing

@testable import Lab

/// What is set, guessed and measured in a lab.
@Suite struct LabSessionTests {
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

  @Test func aSessionHasTheKnobsThatItNamesOneForEachSettingBeyondThemOrAll() {
    let named = LabSession(
      knobs: ["weights.bits", "no.such.knob"], changedBy: ["prune.sparsity": "0.5"])
    #expect(named.knobs.map(\.name) == ["weights.bits", "prune.sparsity"])
    #expect(named.recipe.prune.sparsity == 0.5 && named.startingRecipe == Recipe())
    #expect(LabSession().knobs.count == Knob.all.count)
    #expect(LabSession().curve.key.name == "weights.bits")
    #expect(LabSession(sweeping: "prune.sparsity").curve.key.name == "prune.sparsity")
  }

  @Test func aChangeAsksForTheNewRecipesFiguresAndForgetsTheOldOnesUndoAsksForTheOld() throws {
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

  @Test func theCurveStaysWhileItsOwnKnobMovesAndBeginsAnewWhenAnotherOneDoes() throws {
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

  @Test func whileAGuessIsPreparedNothingIsMeasuredOnceItIsMadeItsRecipeIs() throws {
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

  @Test func aGuessAboutAnotherRecipeShowsThatRecipeAlongTheExperimentsOwnKnob() throws {
    let target = try Recipe(line: "weights.bits=2")
    var session = LabSession(sweeping: "weights.bits", asking: target)
    #expect(session.prediction.isAsking && !session.prediction.hidesResults(of: session.recipe))
    let guessed = session.guess(0.5, at: 0)
    #expect(guessed == [.measure(target)])
    #expect(session.recipe == target && session.curve.contains(target))
    #expect(session.history.past == [Recipe()])
  }

  @Test func whatPanelsNeedIsAskedForOnceForARecipePicturesTogetherAndWhenTheyChange() throws {
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

  @Test func cancelingATrainingGoesBackToTheRecipeBeforeOrToTheOneThatDoesNotTrain() throws {
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

  @Test func runsWithSeveralSeedsThatTheLearnerAsksForAreNotAskedForAgainByTheirPanel() throws {
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

  @Test func anotherNetworkForgetsWhatWasMeasuredOnTheOneBeforeButNotWhatWasSet() throws {
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

  @Test func ofTheFiguresAnEstimateNeverReplacesAnExactOne() {
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
