package import Compression
import Dispatch
import NeuralNetwork
import Synchronization

/// Measures recipes on a thread of its own, the newest first.
///
/// A submitted recipe takes the place of the one before it, which stops at its next chunk of
/// images. A sweep goes on only while no recipe waits. Reports are sent from the runner's thread;
/// none is sent for a request once a newer one was made.
package final class BackgroundRunner: Sendable {
  /// What becomes known of a recipe, in this order.
  package enum Report: Sendable {
    /// The distribution of the weights.
    case histograms([WeightHistogram])
    /// The accuracy from the first images.
    case estimate(AccuracyEstimate)
    /// Everything but latency, from all images; and again with latency.
    case measurement(Measurement)
    /// The recipe cannot be measured.
    case refused(String)
  }

  /// One point of a sweep.
  package struct SweepPoint: Sendable, Hashable {
    /// The key's value.
    package let value: String
    /// The accuracy.
    package let accuracy: Double
    /// Whether all images were used.
    package let isExact: Bool
  }

  /// The images of the first estimate.
  package static let firstImages = 1000
  /// The images between two looks at whether something newer is wanted.
  package static let chunk = 500

  private let laboratory: Laboratory
  private let queue = DispatchQueue(label: "nibble.laboratory", qos: .userInitiated)
  // Counts requests; work of an older count stops.
  private let current = Atomic<Int>(0)

  /// Makes a runner for a laboratory.
  package init(laboratory: Laboratory) {
    self.laboratory = laboratory
  }

  /// Stops whatever is being measured.
  package func cancel() {
    current.wrappingAdd(1, ordering: .relaxed)
  }

  /// Measures a recipe in place of everything asked for before.
  package func submit(_ recipe: Recipe, report: @escaping @Sendable (Report) -> Void) {
    let request = current.wrappingAdd(1, ordering: .relaxed).newValue
    queue.async { [self] in
      do {
        try measure(recipe, request: request) { if isCurrent(request) { report($0) } }
      } catch {
        if isCurrent(request) { report(.refused("\(error)")) }
      }
    }
  }

  /// Measures the accuracy along a key, from the recipe's value outwards, point after point.
  ///
  /// It follows the last submitted recipe and stops when another one is submitted.
  package func sweep(
    _ key: RecipeKey, through recipe: Recipe, report: @escaping @Sendable (SweepPoint) -> Void
  ) {
    let request = current.load(ordering: .relaxed)
    let values = Self.sweepValues(of: key, around: recipe)
    // Every point is a task of its own, so that a submitted recipe never waits for a whole sweep.
    for value in values {
      queue.async { [self] in
        guard isCurrent(request) else { return }
        var changed = recipe
        guard key.write(&changed, value) else { return }
        guard let variant = try? laboratory.prepare(changed, isCancelled: { !isCurrent(request) }),
          let predictions = predictions(of: variant, request: request)
        else { return }
        let correct = zip(predictions, laboratory.testSet.labels).count { $0 == $1 }
        guard isCurrent(request) else { return }
        report(
          SweepPoint(
            value: value, accuracy: Double(correct) / Double(max(1, predictions.count)),
            isExact: true))
      }
    }
  }

  /// The values of a sweep, nearest to the recipe's own first.
  static func sweepValues(of key: RecipeKey, around recipe: Recipe) -> [String] {
    let own = key.read(recipe)
    if case .fraction(let range) = key.kind {
      let here = Double(own) ?? range.lowerBound
      let steps = stride(from: 0.0, through: 0.9, by: 0.1).map { $0 } + [0.95, 0.99]
      return steps.filter { range.contains($0) }
        .sorted { (abs($0 - here), $0) < (abs($1 - here), $1) }
        .map { value in
          let knob = Knob(key, for: recipe)
          return knob.value(at: (value - range.lowerBound) / (range.upperBound - range.lowerBound))
        }
    }
    let positions = Knob(key, for: recipe).positions
    let here = positions.firstIndex(of: own) ?? 0
    return positions.indices.sorted { (abs($0 - here), $0) < (abs($1 - here), $1) }
      .map { positions[$0] }
  }

  private func isCurrent(_ request: Int) -> Bool {
    current.load(ordering: .relaxed) == request
  }

  private func measure(
    _ recipe: Recipe, request: Int, report: (Report) -> Void
  ) throws {
    guard isCurrent(request) else { return }
    let start = ContinuousClock.now
    guard
      let variant = try laboratory.prepare(recipe, isCancelled: { !self.isCurrent(request) })
    else { return }
    let first = min(Self.firstImages, laboratory.testSet.count)
    var predictions = laboratory.predictions(of: variant, in: 0..<first)
    if first < laboratory.testSet.count { report(.estimate(estimate(from: predictions))) }
    guard isCurrent(request) else { return }
    report(.histograms(WeightHistogram.all(for: variant, of: laboratory.network)))
    guard
      let rest = self.predictions(of: variant, from: first, request: request)
    else { return }
    predictions += rest
    // The exact accuracy is there before the encoders of the storage formats are through.
    report(.estimate(estimate(from: predictions)))
    var measurement = try laboratory.measurement(of: variant, predictions: predictions)
    measurement.seconds = (ContinuousClock.now - start) / .seconds(1)
    report(.measurement(measurement))
    // Latency comes last and by itself, so that nothing of the measurement disturbs it.
    guard isCurrent(request) else { return }
    measurement.latency = LatencyMeter.measure(variant, on: laboratory.testSet)
    report(.measurement(measurement))
  }

  private func predictions(
    of variant: PreparedVariant, from start: Int = 0, request: Int
  ) -> [UInt8]? {
    var predictions: [UInt8] = []
    var next = start
    while next < laboratory.testSet.count {
      guard isCurrent(request) else { return nil }
      let end = min(next + Self.chunk, laboratory.testSet.count)
      predictions += laboratory.predictions(of: variant, in: next..<end)
      next = end
    }
    return isCurrent(request) ? predictions : nil
  }

  private func estimate(from predictions: [UInt8]) -> AccuracyEstimate {
    var gained = 0
    var lost = 0
    for (index, predicted) in predictions.enumerated() {
      let label = laboratory.testSet.labels[index]
      let isRight = predicted == label
      let wasRight = laboratory.baseline[index] == label
      if isRight, !wasRight { gained += 1 }
      if !isRight, wasRight { lost += 1 }
    }
    return ErrorBand.paired(
      baselineAccuracy: laboratory.baselineAccuracy, gained: gained, lost: lost,
      images: predictions.count, of: laboratory.testSet.count)
  }
}
