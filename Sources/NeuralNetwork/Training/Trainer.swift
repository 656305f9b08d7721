import RandomNumbers

/// Training by Adam on the mean softmax cross-entropy of batches.
package enum Trainer {
  /// Progress is reported no more often than this, and at the end of each epoch.
  private static let reportInterval = Duration.milliseconds(50)

  /// Trains a network on a data set.
  ///
  /// Every epoch sees the images in a new order, drawn from the options' seed by `SplitMix64`. The
  /// same network, data and options give the same weights to the last bit, whatever the threads.
  ///
  /// An empty data set, images of another size than the network's, and labels beyond its classes are a
  /// programmer's mistake.
  ///
  /// - Parameters:
  ///   - network: Where the training starts; it is not changed. Its images have one channel.
  ///   - dataset: The images and labels to learn, at least one.
  ///   - options: Epochs, batch size, learning rate, seed and threads.
  ///   - isCancelled: Asked before every step; true ends the training.
  ///   - progress: Told from time to time how far the training is.
  /// - Returns: The trained network, or nil if the training was cancelled.
  package static func train(
    _ network: Network, on dataset: ImageDataset, options: TrainingOptions,
    isCancelled: () -> Bool, progress: (TrainingProgress) -> Void
  ) -> Network? {
    precondition(dataset.count > 0, "Training needs at least one image.")
    precondition(
      network.inputShape == [dataset.height, dataset.width, 1],
      "The network takes images of \(network.inputShape), not \(dataset.height)×\(dataset.width).")
    precondition(
      dataset.labels.allSatisfy { $0 < network.outputCount },
      "Every label is one of the network's \(network.outputCount) classes.")
    let batchSize = min(options.batchSize, dataset.count)
    let training: any BatchTraining =
      FusedTraining(network, batchSize: batchSize)
      ?? GenericTraining(network, batchSize: batchSize)
    return run(
      training, on: dataset, options: options, isCancelled: isCancelled, progress: progress)
  }

  /// Runs the steps of a training.
  ///
  /// - Parameters:
  ///   - beforeStep: Called with the number of each step, from 1, before it.
  ///   - afterStep: Called with Adam's corrected rate of each step, after it.
  ///   - observer: Looks on, and may end the training with what was learnt.
  static func run(
    _ training: any BatchTraining, on dataset: ImageDataset, options: TrainingOptions,
    isCancelled: () -> Bool, progress: (TrainingProgress) -> Void,
    beforeStep: (Int) -> Void = { _ in }, afterStep: (Float) -> Void = { _ in },
    observer: TrainingObserver = TrainingObserver()
  ) -> Network? {
    let batchSize = min(options.batchSize, dataset.count)
    let adam = Adam(learningRate: options.learningRate)
    // Another stream than the one that the same seed draws weights from.
    var generator = SplitMix64(seed: options.seed ^ 0x5368_7566_666c_6521)
    var step = 0
    let steps = options.epochs * ((dataset.count + batchSize - 1) / batchSize)
    func look(epoch: Int, loss: Double?) {
      observer.look(
        TrainingMoment(
          step: step, steps: steps, epoch: epoch, epochs: options.epochs, loss: loss,
          network: { training.network }))
    }
    look(epoch: 1, loss: nil)
    var reporter = Reporter(epochs: options.epochs, imagesTotal: dataset.count)
    for epoch in 1..<options.epochs + 1 {
      let order = generator.shuffled(Array(0..<dataset.count))
      reporter.begin(epoch)
      for first in stride(from: 0, to: dataset.count, by: batchSize) {
        if isCancelled() { return nil }
        if observer.isEnded() { return training.network }
        step += 1
        beforeStep(step)
        let indices = order[first..<min(first + batchSize, dataset.count)]
        let rate = adam.rate(atStep: step)
        let result = training.step(
          dataset, indices: indices, rate: rate, threads: options.threads)
        afterStep(rate)
        look(epoch: epoch, loss: result.loss / Double(indices.count))
        if let report = reporter.add(result, images: indices.count, interval: reportInterval) {
          progress(report)
        }
      }
    }
    return isCancelled() ? nil : training.network
  }
}

/// Sums up the batches of an epoch and knows when to report.
private struct Reporter {
  let epochs: Int
  let imagesTotal: Int
  private var epoch = 0
  private var imagesSeen = 0
  private var sum = BatchResult()
  private let start = ContinuousClock.now
  private var lastReport = ContinuousClock.now

  init(epochs: Int, imagesTotal: Int) {
    self.epochs = epochs
    self.imagesTotal = imagesTotal
  }

  mutating func begin(_ epoch: Int) {
    self.epoch = epoch
    imagesSeen = 0
    sum = BatchResult()
  }

  /// Counts a batch and gives a report if one is due.
  mutating func add(
    _ result: BatchResult, images: Int, interval: Duration
  ) -> TrainingProgress? {
    imagesSeen += images
    sum.loss += result.loss
    sum.correct += result.correct
    let now = ContinuousClock.now
    guard imagesSeen == imagesTotal || now - lastReport >= interval else { return nil }
    lastReport = now
    let done = (epoch - 1) * imagesTotal + imagesSeen
    let speed = Double(done) / max((now - start) / .seconds(1), 1e-9)
    return TrainingProgress(
      epoch: epoch, epochs: epochs, imagesSeen: imagesSeen, imagesTotal: imagesTotal,
      loss: sum.loss / Double(imagesSeen), accuracy: Double(sum.correct) / Double(imagesSeen),
      imagesPerSecond: speed, secondsLeft: Double(epochs * imagesTotal - done) / speed)
  }
}
