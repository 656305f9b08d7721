package import NeuralNetwork

/// What compression needs beside the network and the recipe.
package struct CompressionContext: Sendable {
  /// Gives the training set, whose images calibrate and fine-tune.
  package var training: @Sendable () throws -> ImageDataset
  /// The threads to use; no result depends on them.
  package var threads: Int
  /// Asked from time to time; once it says so, `CompressionError.cancelled` is thrown.
  package var isCancelled: @Sendable () -> Bool
  /// Told from time to time how far fine-tuning is.
  package var progress: @Sendable (TrainingProgress) -> Void
  /// Looks on while fine-tuning goes on, and may end it with what was learnt.
  package var observer = TrainingObserver()

  /// Makes a context.
  package init(
    threads: Int, training: @escaping @Sendable () throws -> ImageDataset,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) {
    self.threads = threads
    self.training = training
    self.isCancelled = isCancelled
    self.progress = progress
  }

  /// The first images of the training set, or what a recipe's fault makes of them.
  func calibration(_ recipe: Recipe) throws -> ImageDataset {
    try recipe.injection.fault.calibrationImages(
      of: training(), count: recipe.activations.samples)
  }

  /// A context for recipes that need no images; asking for them is an error.
  package static let withoutImages = CompressionContext(threads: 1) {
    throw CompressionError.noImages
  }
}

/// Why a network was not compressed.
package enum CompressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Someone asked for it to stop.
  case cancelled
  /// The recipe needs training images, and there are none.
  case noImages

  /// One line that says what is wrong.
  package var description: String {
    switch self {
    case .cancelled: "the compression was cancelled"
    case .noImages: "this recipe needs training images to calibrate or fine-tune on"
    }
  }
}
