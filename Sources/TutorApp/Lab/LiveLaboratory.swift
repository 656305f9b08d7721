package import Compression
import Dispatch
package import Lab
import NeuralNetwork
import Synchronization

/// The laboratory behind the tutor's screens: loads in the background and reports as news.
package final class LiveLaboratory: LaboratoryService, Sendable {
  private let makeLaboratory: @Sendable () throws -> Laboratory
  private let activity: ForegroundActivity
  private let deliver: @Sendable (LaboratoryNews) -> Void
  private let tools = Mutex<(Laboratory, BackgroundRunner)?>(nil)

  /// Makes a laboratory that has read nothing yet.
  ///
  /// - Parameters:
  ///   - activity: what the tutor does besides; no time is measured during it.
  ///   - deliver: is called on other threads.
  package convenience init(
    dataDirectory: String, modelFile: String, activity: ForegroundActivity = ForegroundActivity(),
    deliver: @escaping @Sendable (LaboratoryNews) -> Void
  ) {
    self.init(activity: activity, deliver: deliver) {
      let network = try NetworkFile.read(modelFile).foldingBatchNormalization
      return Laboratory(
        network: network, test: try FashionMNIST.test(in: dataDirectory),
        training: { try FashionMNIST.training(in: dataDirectory) })
    }
  }

  /// Makes a laboratory that is made by a closure, on another thread, when it is loaded.
  package init(
    activity: ForegroundActivity = ForegroundActivity(),
    deliver: @escaping @Sendable (LaboratoryNews) -> Void,
    makeLaboratory: @escaping @Sendable () throws -> Laboratory
  ) {
    self.activity = activity
    self.deliver = deliver
    self.makeLaboratory = makeLaboratory
  }

  package func load() {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      do {
        let laboratory = try makeLaboratory()
        let baseline = try laboratory.outcome(of: Recipe(), images: laboratory.test.count)
        let size = try laboratory.size(of: Recipe(), formats: [.dense])
        tools.withLock { $0 = (laboratory, BackgroundRunner(laboratory, activity: activity)) }
        deliver(
          .status(
            .ready(
              LaboratoryFacts(
                testSet: laboratory.test, network: laboratory.network,
                baselineCorrect: baseline.correct,
                baselineBytes: size.bytes[.dense] ?? 0))))
      } catch {
        deliver(.status(.failed("\(error)")))
      }
    }
  }

  package func measure(_ recipe: Recipe, generation: Int, timesBaseline: Bool) {
    guard let (_, runner) = tools.withLock({ $0 }) else { return }
    runner.cancelSweeps()
    runner.submit(recipe, generation: generation) { [deliver] update in
      switch update.content {
      case .estimate(let estimate):
        deliver(.estimated(estimate, generation: update.generation))
      case .histograms(let histograms):
        deliver(.histograms(histograms, generation: update.generation))
      case .training(let curve):
        deliver(.training(curve, generation: update.generation))
      case .stopped(let stopped):
        deliver(.stopped(stopped, generation: update.generation))
      case .exact(let measurement), .weighed(let measurement), .timed(let measurement):
        deliver(.measured(measurement, generation: update.generation))
      case .failed(let reason):
        deliver(.refused(reason, generation: update.generation))
      case .point, .sweepFinished:
        break
      }
    }
  }

  package func sweep(key: String, recipe: Recipe, generation: Int) {
    guard let (_, runner) = tools.withLock({ $0 }), let key = RecipeKey.named(key) else { return }
    runner.sweep(key, over: recipe, generation: generation) { [deliver] update in
      guard case .point(let point) = update.content else { return }
      deliver(
        .swept(
          key: key.name, value: point.value, accuracy: point.band.estimate,
          isExact: point.isExact, generation: update.generation))
      deliver(.sweepProgress(point.progress, of: .curve, generation: update.generation))
    }
  }

  package func scanLayers(of recipe: Recipe, generation: Int) {
    guard let (laboratory, runner) = tools.withLock({ $0 }) else { return }
    let points = LayerSensitivity.points(of: laboratory.network, under: recipe)
    runner.sweep(
      points.map { (value: $0.name, recipe: $0.recipe) }, in: .layers, generation: generation
    ) { [deliver] update in
      guard case .point(let point) = update.content,
        let scanned = points.first(where: { $0.name == point.value })
      else { return }
      deliver(
        .scanned(
          layer: scanned.layer, bits: scanned.bits,
          CurvePoint(accuracy: point.band.estimate, isExact: point.isExact),
          generation: update.generation))
      deliver(.sweepProgress(point.progress, of: .layers, generation: update.generation))
    }
  }

  package func endTraining() {
    tools.withLock { $0 }?.1.endTraining()
  }

  package func cancel() {
    guard let (_, runner) = tools.withLock({ $0 }) else { return }
    runner.cancel()
    runner.cancelSweeps()
  }
}
