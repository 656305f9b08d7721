/// How a training has gone so far, as it is drawn while it goes on.
package struct TrainingCurve: Sendable, Equatable {
  /// The steps done.
  package var step = 0
  /// The steps of the whole training.
  package var steps = 0
  /// The running epoch, from 1.
  package var epoch = 1
  /// The epochs of the whole training.
  package var epochs = 0
  /// Seconds that the rest takes at the speed so far, looks included; nil before the first step.
  package var secondsLeft: Double?
  /// The running mean of the loss, in rising order of steps.
  package var losses: [Loss] = []
  /// What looks at the network said, in rising order of steps.
  package var looks: [Look] = []
  /// Whether the training has come to an end, by itself or by being stopped.
  package var isOver = false

  /// The steps over which the loss is averaged.
  package static let window = 32

  /// A running mean of the loss.
  package struct Loss: Sendable, Equatable {
    /// The steps done.
    package var step: Int
    /// The mean cross-entropy in nats over the images of the last 32 steps, each before the step that
    /// learnt from it.
    package var value: Double

    /// Makes a point.
    package init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// What the network would be if the training stopped here.
  package struct Look: Sendable, Equatable {
    /// The steps done.
    package var step: Int
    /// The images of the test set that were looked at, the first ones.
    package var images: Int
    /// How many of them are classified right with everything that the recipe does after training.
    package var correct: Int
    /// The share of the kernels' weights that are zero.
    package var sparsity: Double
    /// The share of rounded weights whose code is another than at the look before; nil at the first
    /// look and where weights stay float.
    package var changedCodes: Double?

    /// Correct over images.
    package var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }

    /// Makes a look.
    package init(
      step: Int, images: Int, correct: Int, sparsity: Double, changedCodes: Double? = nil
    ) {
      self.step = step
      self.images = images
      self.correct = correct
      self.sparsity = sparsity
      self.changedCodes = changedCodes
    }
  }

  /// Makes a curve without points.
  package init() {}

  /// Whether the training ended before its last step.
  package var isStoppedEarly: Bool { isOver && step < steps }
}

/// What a recipe's training had learnt when it was stopped before its end.
package struct StoppedTraining: Sendable, Equatable {
  /// The figures of the network at that step, which are not the recipe's.
  package var measurement: Measurement
  /// The steps done.
  package var step: Int
  /// The steps that the recipe asks for.
  package var steps: Int

  /// Makes a record.
  package init(measurement: Measurement, step: Int, steps: Int) {
    self.measurement = measurement
    self.step = step
    self.steps = steps
  }
}
