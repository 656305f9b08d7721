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
  private let tools = Mutex<(Laboratory, BackgroundRunner)?>(nil)

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
        let network = try NetworkFile.read(modelFile).foldingBatchNormalization
        let data = dataDirectory
        let laboratory = Laboratory(
          network: network, test: try FashionMNIST.test(in: data),
          training: { try FashionMNIST.training(in: data) })
        let baseline = try laboratory.outcome(of: Recipe(), images: laboratory.test.count)
        let size = try laboratory.size(of: Recipe(), formats: [.dense])
        tools.withLock { $0 = (laboratory, BackgroundRunner(laboratory)) }
        deliver(
          .status(
            .ready(
              LaboratoryFacts(
                testSet: laboratory.test, network: network, baselineCorrect: baseline.correct,
                baselineBytes: size.bytes[.dense] ?? 0))))
      } catch {
        deliver(.status(.failed("\(error)")))
      }
    }
  }

  package func measure(_ recipe: Recipe, generation: Int, timesBaseline: Bool) {
    guard let (laboratory, runner) = tools.withLock({ $0 }) else { return }
    runner.cancelSweeps()
    runner.submit(recipe, generation: generation, timesBaseline: timesBaseline) {
      [deliver] update in
      switch update.content {
      case .estimate(let estimate):
        deliver(.estimated(estimate, generation: update.generation))
        deliver(
          .histograms(
            Self.histograms(of: recipe, in: laboratory), generation: update.generation))
      case .exact(let measurement), .weighed(let measurement), .timed(let measurement):
        deliver(.measured(measurement, generation: update.generation))
      case .failed(let reason):
        deliver(.refused(reason, generation: update.generation))
      case .point, .sweepFinished:
        break
      }
    }
  }

  /// The bins of a histogram: enough for the widest panel, few enough to be smooth.
  private static let histogramBins = 160

  private static func histograms(
    of recipe: Recipe, in laboratory: Laboratory
  ) -> [String: WeightHistogram] {
    var histograms: [String: WeightHistogram] = [:]
    let kernels = try? laboratory.compressed(recipe).kernels.map(\.name)
    for kernel in kernels ?? [] {
      // A recipe whose measurement began has all its kernels.
      histograms[kernel] = try? laboratory.weightHistogram(
        of: kernel, under: recipe, bins: histogramBins)
    }
    return histograms
  }

  package func sweep(key: String, recipe: Recipe, generation: Int) {
    guard let (_, runner) = tools.withLock({ $0 }), let key = RecipeKey.named(key) else { return }
    runner.sweep(key, over: recipe, generation: generation) { [deliver] update in
      guard case .point(let point) = update.content else { return }
      deliver(
        .swept(
          key: key.name, value: point.value, accuracy: point.band.estimate,
          isExact: point.isExact, generation: update.generation))
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
    }
  }

  package func compareSeeds(of recipe: Recipe, generation: Int) {
    guard let (laboratory, runner) = tools.withLock({ $0 }) else { return }
    runner.perform(.seeds) { [deliver] isCancelled in
      do {
        try laboratory.compareSeeds(of: recipe, isCancelled: isCancelled) { comparison, share in
          guard !isCancelled() else { return }
          deliver(
            .seeded(
              SeedRuns(
                comparison: comparison, share: share, isRunning: !comparison.isComplete),
              generation: generation))
        }
      } catch LabError.cancelled {
        return
      } catch {
        deliver(.refused("\(error)", generation: generation))
      }
    }
  }

  package func cancelSeeds() {
    guard let (_, runner) = tools.withLock({ $0 }) else { return }
    runner.cancel(.seeds)
  }

  package func cancel() {
    guard let (_, runner) = tools.withLock({ $0 }) else { return }
    runner.cancel()
    runner.cancelSweeps()
  }
}
