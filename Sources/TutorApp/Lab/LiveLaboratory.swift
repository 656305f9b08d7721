package import Compression
import Dispatch
package import Lab
import NeuralNetwork
import Synchronization

/// The laboratory behind the tutor's screens: loads in the background and reports as news.
package final class LiveLaboratory: LaboratoryService, Sendable {
  private let makeLaboratory: @Sendable (LaboratorySource) throws -> Laboratory
  private let activity: ForegroundActivity
  private let firstSource: LaboratorySource
  private let openings = Mutex(0)
  /// Where news go.
  let deliver: @Sendable (LaboratoryNews) -> Void
  private let tools = Mutex<(Laboratory, BackgroundRunner)?>(nil)
  private let examiner: Examiner

  /// Makes a laboratory that has read nothing yet.
  ///
  /// - Parameters:
  ///   - dataDirectory: the folder of the built-in images.
  ///   - modelFile: the file of the built-in network.
  ///   - source: what to begin with.
  ///   - activity: what the tutor does besides; no time is measured during it.
  ///   - deliver: takes the news; called on other threads.
  package convenience init(
    dataDirectory: String, modelFile: String, source: LaboratorySource = .builtIn,
    activity: ForegroundActivity = ForegroundActivity(),
    deliver: @escaping @Sendable (LaboratoryNews) -> Void
  ) {
    self.init(source: source, activity: activity, deliver: deliver) { source in
      let file = source.model ?? modelFile
      let network = try NetworkFile.read(file).foldingBatchNormalization
      guard network.macs <= OversizedNetwork.mostOperations else {
        throw OversizedNetwork(file: file, operations: network.macs)
      }
      let data = source.data ?? dataDirectory
      return Laboratory(
        network: network, test: try FashionMNIST.test(in: data),
        training: { try FashionMNIST.training(in: data) })
    }
  }

  /// Makes a laboratory that is made by a closure, on another thread, when it is loaded.
  package init(
    source: LaboratorySource = .builtIn, activity: ForegroundActivity = ForegroundActivity(),
    deliver: @escaping @Sendable (LaboratoryNews) -> Void,
    makeLaboratory: @escaping @Sendable (LaboratorySource) throws -> Laboratory
  ) {
    firstSource = source
    self.activity = activity
    self.deliver = deliver
    self.makeLaboratory = makeLaboratory
    examiner = Examiner(activity: activity, deliver: deliver)
  }

  /// The laboratory and its runner, once they are there.
  var equipment: (Laboratory, BackgroundRunner)? { tools.withLock { $0 } }

  package func load() { begin(opening: firstSource, isFirst: true) }

  package func open(_ source: LaboratorySource) { begin(opening: source, isFirst: false) }

  /// Reads network and images on another thread; only the latest call counts.
  private func begin(opening source: LaboratorySource, isFirst: Bool) {
    let number = openings.withLock { openings in
      openings += 1
      return openings
    }
    activity.begin()
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      defer { activity.end() }
      do {
        let laboratory = try makeLaboratory(source)
        let facts = try Self.facts(of: laboratory, from: source)
        guard openings.withLock({ $0 == number }) else { return }
        let before = tools.withLock { tools in
          let before = tools
          tools = (laboratory, BackgroundRunner(laboratory, activity: activity))
          // Under the lock, so that no result of the new network overtakes the news of it.
          deliver(.status(.ready(facts)))
          return before
        }
        // What it still tells belongs to a generation that is over.
        before?.1.cancel()
        before?.1.cancelSweeps()
      } catch {
        guard openings.withLock({ $0 == number }) else { return }
        deliver(
          isFirst ? .status(.failed("\(error)")) : .filesRefused(FileProblemText.phrase(for: error))
        )
      }
    }
  }

  private static func facts(
    of laboratory: Laboratory, from source: LaboratorySource
  ) throws -> LaboratoryFacts {
    let baseline = try laboratory.evaluation(of: Recipe(), images: laboratory.test.count)
    let size = try laboratory.size(of: Recipe(), formats: [.dense])
    return LaboratoryFacts(
      testSet: laboratory.test, network: laboratory.network, baselineCorrect: baseline.correct,
      baselineBytes: size.bytes[.dense] ?? 0, source: source)
  }

  package func measure(_ recipe: Recipe, generation: Int) {
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
    guard let (laboratory, runner) = tools.withLock({ $0 }), let key = RecipeKey.named(key)
    else { return }
    runner.sweep(key, over: recipe, generation: generation) { [deliver] update in
      guard case .point(let point) = update.content else { return }
      deliver(
        .swept(
          key: key.name, value: point.value, accuracy: point.band.estimate,
          isExact: point.isExact,
          band: point.isExact
            ? Self.sampling(point.band.estimate, images: laboratory.test.count) : point.band,
          generation: update.generation))
      deliver(.sweepProgress(point.progress, of: .curve, generation: update.generation))
    }
  }

  /// The band of an exact accuracy for other images like these.
  private static func sampling(_ accuracy: Double, images: Int) -> AccuracyBand {
    .wilson(correct: Int((accuracy * Double(images)).rounded()), images: images)
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

  package func examine(_ examination: Examination) {
    guard let (laboratory, _) = tools.withLock({ $0 }) else { return }
    examiner.examine(examination, in: laboratory)
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

  package func endTraining() {
    tools.withLock { $0 }?.1.endTraining()
  }

  package func cancel() {
    examiner.cancel()
    guard let (_, runner) = tools.withLock({ $0 }) else { return }
    runner.cancel()
    runner.cancelSweeps()
  }
}
