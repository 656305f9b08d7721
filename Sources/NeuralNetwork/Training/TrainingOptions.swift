/// How a network is trained.
package struct TrainingOptions: Sendable, Equatable {
  /// How often every image is seen.
  package var epochs: Int
  /// The images of one step; the last step of an epoch takes what is left.
  package var batchSize: Int
  /// Adam's learning rate.
  package var learningRate: Float
  /// What the order of the images depends on.
  package var seed: UInt64
  /// The threads to use; the result does not depend on them.
  package var threads: Int

  /// Makes options; the defaults are those that the shipped network was trained with.
  package init(
    epochs: Int = 5, batchSize: Int = 32, learningRate: Float = 0.001, seed: UInt64 = 1,
    threads: Int = Parallel.processorCount
  ) {
    precondition(epochs >= 0, "The number of epochs is not negative.")
    precondition(batchSize > 0, "A batch has at least one image.")
    precondition(learningRate > 0, "A learning rate is positive.")
    precondition(threads > 0, "Training needs at least one thread.")
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.seed = seed
    self.threads = threads
  }
}

/// How far a training is.
package struct TrainingProgress: Sendable, Equatable {
  /// The epoch that is running, from 1.
  package let epoch: Int
  /// The epochs in all.
  package let epochs: Int
  /// Images seen in this epoch.
  package let imagesSeen: Int
  /// Images of an epoch.
  package let imagesTotal: Int
  /// The mean cross-entropy, in nats, of the images seen in this epoch, each before the step that
  /// learnt from it.
  package let loss: Double
  /// The share of the images seen in this epoch that were classified rightly, each before the step
  /// that learnt from it.
  package let accuracy: Double
  /// Images a second since the training began.
  package let imagesPerSecond: Double
  /// Seconds that the rest of the training will take at that speed.
  package let secondsLeft: Double
}
