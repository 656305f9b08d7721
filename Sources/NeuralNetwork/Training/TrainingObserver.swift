/// Looks on while a network is trained and may end the training early.
///
/// What is learnt does not depend on the looking: weights after a step are the same to the last bit
/// with and without it.
package struct TrainingObserver: Sendable {
  /// Asked before every step; true ends the training, and what was learnt so far is kept.
  package var isEnded: @Sendable () -> Bool
  /// Called before the first step and after every one, on the thread that trains.
  package var look: @Sendable (TrainingMoment) -> Void

  /// Makes an observer; without arguments one that sees nothing.
  package init(
    isEnded: @escaping @Sendable () -> Bool = { false },
    look: @escaping @Sendable (TrainingMoment) -> Void = { _ in }
  ) {
    self.isEnded = isEnded
    self.look = look
  }
}

/// A training between two steps.
package struct TrainingMoment {
  /// The steps done.
  package let step: Int
  /// The steps of the whole training.
  package let steps: Int
  /// The epoch of the last step, from 1; 1 before the first.
  package let epoch: Int
  /// The epochs of the whole training.
  package let epochs: Int
  /// The mean loss, in nats, of the last step's images before they were learnt from; nil before the
  /// first step.
  package let loss: Double?

  private let makeNetwork: () -> Network

  /// Makes a moment of a training whose network is copied when it is asked for.
  init(
    step: Int, steps: Int, epoch: Int, epochs: Int, loss: Double?,
    network: @escaping () -> Network
  ) {
    self.step = step
    self.steps = steps
    self.epoch = epoch
    self.epochs = epochs
    self.loss = loss
    makeNetwork = network
  }

  /// The network as it is now, with the floats that the training moves; copied at every call.
  package var network: Network { makeNetwork() }
}
