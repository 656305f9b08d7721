import NeuralNetwork

/// Times training on the training set.
enum TrainingBench {
  /// The floating-point operations of one image's step: forward, the gradients by the inputs of both
  /// dense layers, and by all weights.
  ///
  /// Of the convolution's gradient a quarter counts: pooling passes
  /// it on for one place of each window.
  private static func operations(_ network: Network) -> Double {
    let dense = network.kernels.dropFirst().reduce(0) { $0 + $1.tensor.count }
    let convolution = network.macs - dense
    return 2 * (Double(network.macs) + 2 * Double(dense) + Double(convolution) / 4)
  }

  /// Times an epoch at two batch sizes.
  ///
  /// - Parameter images: As many of the first images make the timed part of an epoch; times are scaled
  ///   to all of them.
  static func run(
    _ report: inout BenchReport, on training: ImageDataset, images: Int, threads: [Int],
    clock: BenchClock
  ) {
    let part = training.prefix(images)
    let scale = Double(part.count) / Double(training.count)
    let network = BaselineCNN.make(seed: 1)
    for threads in threads {
      for batchSize in [32, 128] {
        let options = TrainingOptions(epochs: 1, batchSize: batchSize, threads: threads)
        let times = clock.times {
          _ = Trainer.train(
            network, on: part, options: options, isCancelled: { false }, progress: { _ in })
        }
        report.addTime(
          "training an epoch, batch \(batchSize)", unit: "s", threads: threads, seconds: times,
          dividedBy: scale,
          work: (1e-9 * operations(network) * Double(part.count), CeilingBench.floats))
      }
    }
  }
}
