/// Training a compressed network further, under rules that keep it compressed.
package enum FineTuner {
  /// The images of a step.
  package static let batchSize = 128

  /// Trains a network by Adam on the mean cross-entropy of batches, in the manner of `Trainer`.
  ///
  /// The same network, data, rules and options give the same weights to the last bit, whatever the
  /// threads. With a ramp the weights are pruned to progress t/T at every `pruningInterval`-th step t
  /// of the first T steps, T being `rampShare` of all, and to 1 at step T.
  ///
  /// - Parameters:
  ///   - network: A 3×3 convolution with pooling and two dense layers (see `ConvNetShape`); networks of
  ///     other layers take a mask and a teacher, but neither rounding nor a ramp.
  ///   - options: Epochs, batch size, learning rate, seed and threads.
  ///   - isCancelled: Asked before every step; true ends the training.
  ///   - progress: Told from time to time how far the training is.
  ///   - observer: Looks on, and may end the training with what was learnt.
  /// - Returns: The floats behind the trained network, not rounded; nil if cancelled.
  package static func tune(
    _ network: Network, on dataset: ImageDataset, rules: FineTuningRules,
    options: TrainingOptions, isCancelled: () -> Bool, progress: (TrainingProgress) -> Void,
    observer: TrainingObserver = TrainingObserver()
  ) -> Network? {
    guard options.epochs > 0, dataset.count > 0 else { return isCancelled() ? nil : network }
    let batchSize = min(options.batchSize, dataset.count)
    guard let training = FusedTraining(network, batchSize: batchSize) else {
      precondition(
        rules.round == nil && rules.activationGrids == nil && rules.prune == nil,
        "Networks of other layers are fine-tuned in float, with masks that stay.")
      let training = GenericTraining(network, batchSize: batchSize)
      training.distillation = rules.distillation
      if rules.keepsZeros { training.keepZeros() }
      return Trainer.run(
        training, on: dataset, options: options, isCancelled: isCancelled, progress: progress,
        observer: observer)
    }
    training.distillation = rules.distillation
    let constraints = TrainingConstraints(rules, of: training)
    let stepsInAll = options.epochs * ((dataset.count + batchSize - 1) / batchSize)
    return Trainer.run(
      training, on: dataset, options: options, isCancelled: isCancelled, progress: progress,
      beforeStep: { constraints.prepare(step: $0, of: stepsInAll) },
      afterStep: { constraints.enforce(rate: $0) }, observer: observer)
  }
}
