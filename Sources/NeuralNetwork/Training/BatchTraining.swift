/// A network in training, whichever way its steps are computed.
protocol BatchTraining: AnyObject {
  /// Learns from some images of a data set by one step of Adam on the mean cross-entropy.
  ///
  /// - Parameters:
  ///   - dataset: The images and labels.
  ///   - indices: The images of the batch, in the order in which their gradients are added.
  ///   - rate: Adam's learning rate with the bias corrections of this step.
  ///   - threads: The threads to use; the result does not depend on them.
  func step(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, rate: Float, threads: Int
  ) -> BatchResult

  /// The network as it is now.
  var network: Network { get }
}

/// How a batch did before the step that learnt from it.
struct BatchResult: Equatable {
  /// The sum of the images' cross-entropies, in nats.
  var loss: Double = 0
  /// The images classified rightly.
  var correct: Int = 0
}
