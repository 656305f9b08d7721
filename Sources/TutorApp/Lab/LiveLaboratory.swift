package import Compression
import Dispatch
import Lab
import NeuralNetwork
import Synchronization

/// The laboratory behind the tutor's screens: loads in the background and reports as news.
package final class LiveLaboratory: LaboratoryService, Sendable {
  private let dataDirectory: String
  private let modelFile: String
  private let deliver: @Sendable (LaboratoryNews) -> Void
  private let runner = Mutex<BackgroundRunner?>(nil)

  /// Makes a laboratory that has read nothing yet.
  ///
  /// `deliver` is called on other threads.
  package init(
    dataDirectory: String, modelFile: String,
    deliver: @escaping @Sendable (LaboratoryNews) -> Void
  ) {
    self.dataDirectory = dataDirectory
    self.modelFile = modelFile
    self.deliver = deliver
  }

  package func load() {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      do {
        let network = try NetworkFile.read(modelFile)
        let data = dataDirectory
        let laboratory = try Laboratory(
          network: network, testSet: try FashionMNIST.test(in: data),
          trainingSet: { try FashionMNIST.training(in: data) })
        runner.withLock { $0 = BackgroundRunner(laboratory: laboratory) }
        deliver(
          .status(
            .ready(
              LaboratoryFacts(
                testSet: laboratory.testSet, network: network,
                baselineCorrect: laboratory.baselineCorrect))))
      } catch {
        deliver(.status(.failed("\(error)")))
      }
    }
  }

  package func measure(_ recipe: Recipe, generation: Int) {
    guard let runner = runner.withLock({ $0 }) else { return }
    runner.submit(recipe) { [deliver] report in
      switch report {
      case .histograms(let histograms): deliver(.histograms(histograms, generation: generation))
      case .estimate(let estimate): deliver(.estimated(estimate, generation: generation))
      case .measurement(let measurement):
        deliver(.measured(measurement, generation: generation))
      case .refused(let reason): deliver(.refused(reason, generation: generation))
      }
    }
  }

  package func sweep(key: String, recipe: Recipe, generation: Int) {
    guard let runner = runner.withLock({ $0 }), let key = RecipeKey.named(key) else { return }
    runner.sweep(key, through: recipe) { [deliver] point in
      deliver(
        .swept(
          key: key.name, value: point.value, accuracy: point.accuracy, isExact: point.isExact,
          generation: generation))
    }
  }

  package func cancel() {
    runner.withLock { $0 }?.cancel()
  }
}
