import Compression
import NeuralNetwork

/// A network on which requests are carried out, with what is remembered of its trainings.
struct Bench: Sendable {
  /// What measures.
  let laboratory: Laboratory
  /// What else the program does, which no measurement of time shall overlap.
  let activity: ForegroundActivity
  /// How the latest trainings went.
  let curves = TrainingCurves()

  init(laboratory: Laboratory, activity: ForegroundActivity) {
    self.laboratory = laboratory
    self.activity = activity
  }

  /// The work that meets a request.
  func work(on request: LabRequest) -> any BackgroundWork {
    let laboratory = laboratory
    switch request {
    case .measure(let recipe):
      return RecipeMeasuring(
        laboratory: laboratory, recipe: recipe, curves: curves, activity: activity)
    case .draw(let pictures, let recipe):
      return SeriesWork(pictures) { picture, control in
        do {
          return try picture.draw(in: laboratory, of: recipe, isCancelled: control.isCancelled)
            .map { .picture($0) }
        } catch let error where (error as? LabError) != .cancelled {
          // The other pictures may still be drawn.
          return .refused(.pictures, error)
        }
      }
    case .sweep(let name, let recipe):
      let points = Knob.named(name).map { $0.variations(of: recipe, to: $0.sweepValues) }
      return CurveWork(laboratory, points ?? []) { .point($0) }
    case .scanLayers(let recipe):
      let scan = LayerScan.points(of: laboratory.network, under: recipe)
      return CurveWork(laboratory, scan.map { ($0.name, $0.recipe) }) { point in
        let scanned = scan.first { $0.name == point.value }
        return .layerPoint(layer: scanned?.layer ?? "", bits: scanned?.bits ?? 0, point)
      }
    case .weigh(let name, let values, let recipe):
      let points = Knob.named(name)?.variations(of: recipe, to: values) ?? []
      return SeriesWork(points.filter { (try? $0.recipe.checkCombination()) != nil }) {
        let size = try laboratory.size(of: $0.recipe, isCancelled: $1.isCancelled)
        return .bytes(at: $0.name, size.bytes)
      }
    case .compareSeeds(let recipe):
      return SeedWork(laboratory: laboratory, comparison: SeedComparison(of: recipe))
    case .inspect(let recipe, let image):
      return SingleStepWork {
        .inspection(try laboratory.inspect(recipe, image: image, isCancelled: $0.isCancelled))
      }
    case .survey(let recipe, let images):
      return SingleStepWork { control in
        .survey(
          try laboratory.accumulators(
            of: recipe, images: min(images, laboratory.test.count),
            isCancelled: control.isCancelled
          ) { control.reply(.survey($0)) })
      }
    case .report(let recipe):
      return SingleStepWork { control in
        .report(
          try laboratory.faultReport(of: recipe, isCancelled: control.isCancelled) {
            control.reply(.tuning(share: $0.share))
          })
      }
    case .probe(let probe, let recipe):
      return SingleStepWork {
        .reading(try laboratory.probe(probe, on: recipe, isCancelled: $0.isCancelled))
      }
    case .open:
      preconditionFailure("Files are opened by the scheduler, which may have no network yet.")
    }
  }
}

extension TrainingProgress {
  /// The share of all epochs that is done.
  fileprivate var share: Double {
    let done = Double(epoch - 1) + Double(imagesSeen) / Double(max(1, imagesTotal))
    return done / Double(max(1, epochs))
  }
}

extension Knob {
  /// The values that a curve along the key tries: its own positions, or for a fraction 0, 0.1 … 0.9,
  /// 0.95, 0.99.
  package var sweepValues: [String] {
    guard case .fraction(let range) = kind else { return positions }
    return ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "0.99"]
      .filter { range.contains(Double($0) ?? .infinity) }
  }

  /// A recipe with the key at some values, each under its value; what the key does not take is left out.
  func variations(of recipe: Recipe, to values: [String]) -> [(name: String, recipe: Recipe)] {
    values.compactMap { value in
      var varied = recipe
      return write(&varied, value) ? (value, varied) : nil
    }
  }
}
