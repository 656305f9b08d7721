import Compression
import Foundation
import Localization
import Presentation
import Synchronization
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// The lab with a laboratory at work.
@Suite(.timeLimit(.minutes(4)))
struct LiveLabStories {
  private func lab(_ story: Story) -> LabScreen? { story.model.screen as? LabScreen }

  @Test func aDraggedSliderShowsNoResultOfAnotherSettingAndEndsOnTheExactFigure() throws {
    var live = try LiveStory { LiveStory.smallLaboratory() }
    live.wait { lab($0)?.session.results.measurement != nil }
    var shown = 0
    live.watch = { story in
      guard let screen = lab(story) else { return }
      if let measurement = screen.session.results.measurement {
        #expect(measurement.recipe == screen.session.recipe)
        story.expect("accuracy   \(QuantityFormat.percent(measurement.accuracy))")
        shown += 1
      } else if let estimate = screen.session.results.estimate {
        #expect(estimate.recipe == screen.session.recipe)
        story.expect("≈")
      } else {
        story.expect("accuracy   …")
      }
    }
    let sparsity = try #require(
      live.screen?.session.knobs.firstIndex { $0.name == "prune.sparsity" })
    let bits = try #require(live.screen?.focus.index)
    for _ in 0..<abs(sparsity - bits) { live.press(sparsity > bits ? .down : .up) }
    // From end to end and part of the way back.
    live.press(.home)
    for _ in 0..<20 {
      live.press(.character("L"))
      Thread.sleep(forTimeInterval: 0.004)
    }
    #expect(live.screen?.session.recipe.prune.sparsity == 0.99)
    for _ in 0..<30 { live.press(.left) }
    live.wait { lab($0)?.session.results.measurement?.size.bytes.isEmpty == false }
    let screen = try #require(live.screen)
    let measurement = try #require(screen.session.results.measurement)
    #expect(
      screen.session.recipe.prune.sparsity > 0.6 && screen.session.recipe.prune.sparsity < 0.75)
    let alone = try LiveStory.smallLaboratory().measure(
      screen.session.recipe, measuresLatency: false)
    #expect(measurement.evaluation == alone.evaluation && measurement.size == alone.size)
    #expect(shown > 0)
  }

  @Test func keysAreAnsweredWhileTheLaboratoryIsStuckInItsWork() throws {
    let gate = DispatchSemaphore(value: 0)
    let isLoading = Mutex(false)
    var live = try LiveStory {
      LiveStory.smallLaboratory {
        isLoading.withLock { $0 = true }
        gate.wait()
        return LiveStory.images(300)
      }
    }
    live.wait { lab($0)?.session.results.measurement != nil }
    let start = try #require(live.screen?.session.recipe)
    let epochs = try #require(
      live.screen?.session.knobs.firstIndex { $0.name == "finetune.epochs" })
    let focus = try #require(live.screen?.focus.index)
    for _ in 0..<abs(epochs - focus) { live.press(epochs > focus ? .down : .up) }
    live.press(.right)
    live.wait { _ in isLoading.withLock { $0 } }
    // The laboratory's thread waits for the gate; would a key wait for it, this would never end.
    for _ in 0..<40 {
      live.press(.left)
      live.story.expect("Fine-tuning")
      #expect(live.screen?.session.recipe.finetune.epochs == 0)
      live.press(.right)
      #expect(live.screen?.session.recipe.finetune.epochs == 1)
      live.press(.character("v"))
    }
    live.press(.character("u"))
    gate.signal()
    live.wait { lab($0)?.session.results.measurement != nil }
    #expect(live.screen?.session.recipe == start)
    #expect(live.screen?.session.results.measurement?.recipe == start)
  }

  @Test func aTrainingIsWatchedEndedTrainedAnewAndCancelled() throws {
    var live = try LiveStory { LiveStory.smallLaboratory() }
    live.wait { lab($0)?.session.results.measurement != nil }
    let start = try #require(live.screen?.session.recipe)
    let epochs = try #require(
      live.screen?.session.knobs.firstIndex { $0.name == "finetune.epochs" })
    let focus = try #require(live.screen?.focus.index)
    for _ in 0..<abs(epochs - focus) { live.press(epochs > focus ? .down : .up) }
    live.press(.end)
    let trained = try #require(live.screen?.session.recipe)
    #expect(trained.finetune.epochs == 5)
    live.wait { lab($0)?.session.results.training != nil }
    live.press(.character("e"))
    // A short training may be over before the key; then nothing is ended.
    live.wait {
      lab($0)?.session.results.stopped != nil || lab($0)?.session.results.measurement != nil
    }
    if live.screen?.session.results.stopped != nil {
      #expect(live.screen?.session.results.measurement == nil)
      live.press(.character("e"))
    }
    live.wait { lab($0)?.session.results.measurement != nil }
    let whole = try LiveStory.smallLaboratory().measure(trained, measuresLatency: false)
    #expect(live.screen?.session.results.measurement?.evaluation == whole.evaluation)
    #expect(live.screen?.session.results.training?.isStoppedEarly == false)
    #expect(live.screen?.session.results.training?.step == 25)

    // Another network has to be trained for another sparsity.
    let sparsity = try #require(
      live.screen?.session.knobs.firstIndex { $0.name == "prune.sparsity" })
    for _ in 0..<abs(epochs - sparsity) { live.press(epochs < sparsity ? .down : .up) }
    live.press(.character("L"))
    live.wait { lab($0)?.session.results.training != nil }
    live.press(.character("z"))
    live.wait { lab($0)?.session.results.measurement != nil }
    if live.screen?.session.recipe != trained {
      // The training was over before the key.
      #expect(live.screen?.session.recipe.prune.sparsity ?? 0 > 0)
    }
    #expect(start.finetune.epochs == 0)
  }
}
