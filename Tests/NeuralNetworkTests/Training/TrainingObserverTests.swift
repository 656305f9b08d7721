import Synchronization
import Testing

@testable import NeuralNetwork

@Suite struct TrainingObserverTests {
  private let network = BaselineCNN.make(
    seed: 2, imageSide: 28, filters: 3, hidden: 6, classes: 10)
  private let images = ImageDataset(
    height: 28, width: 28,
    pixels: (0..<300 * 784).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) },
    labels: (0..<300).map { UInt8($0 % 10) })
  private let options = TrainingOptions(epochs: 2, batchSize: 64, seed: 4, threads: 2)

  private func tune(_ observer: TrainingObserver) -> Network? {
    FineTuner.tune(
      network, on: images, rules: FineTuningRules(), options: options, isCancelled: { false },
      progress: { _ in }, observer: observer)
  }

  @Test func everyStepIsSeenAndNoneIsChanged() throws {
    let seen = Mutex<[(step: Int, epoch: Int, network: Network)]>([])
    let watched = tune(
      TrainingObserver(look: { moment in
        #expect(moment.steps == 10 && moment.epochs == 2)
        #expect((moment.loss == nil) == (moment.step == 0))
        seen.withLock { $0.append((moment.step, moment.epoch, moment.network)) }
      }))
    #expect(watched == tune(TrainingObserver()))
    let moments = seen.withLock { $0 }
    #expect(moments.map(\.step) == Array(0...10))
    #expect(moments.map(\.epoch) == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    #expect(moments[0].network == network)
    #expect(moments[10].network == watched)

    // Ended before the fourth step, the training gives what was there after the third.
    let asked = Mutex(0)
    let ended = tune(
      TrainingObserver(isEnded: {
        asked.withLock { asked in
          asked += 1
          return asked == 4
        }
      }))
    #expect(ended == moments[3].network)
  }
}
