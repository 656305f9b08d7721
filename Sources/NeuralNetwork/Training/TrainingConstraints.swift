/// Keeps a network in training to its rules: masks, rounded kernels, grids, and a ramp of sparsity.
final class TrainingConstraints {
  private let rules: FineTuningRules
  private let training: FusedTraining
  private let kernels: [ConstrainedKernel]

  /// Prepares the rules for a training that has not begun.
  init(_ rules: FineTuningRules, of training: FusedTraining) {
    self.rules = rules
    self.training = training
    training.gridsPassGradient = rules.activationsPassGradient
    if rules.round != nil { training.running = training.running.copy }
    kernels = training.constrainedKernels
    if rules.keepsZeros {
      for kernel in kernels { kernel.mask(kernel.tensor) }
    }
  }

  /// Does what comes before a step, counted from 1: pruning, rounding, calibration.
  func prepare(step: Int, of steps: Int) {
    if let prune = rules.prune { ramp(prune, step: step, of: steps) }
    guard let round = rules.round else {
      calibrate(step: step)
      return
    }
    let masters = kernels.map { NamedParameter(name: $0.name, tensor: $0.tensor) }
    for (kernel, rounded) in zip(kernels, round(masters)) { kernel.run(rounded) }
    calibrate(step: step)
  }

  /// Does what comes after a step of Adam's given rate: what is masked becomes zero again, and what
  /// lay beyond its grid moves by its mean alone, as with a gradient of zero.
  func enforce(rate: Float) {
    for kernel in kernels { kernel.enforce(rate: rate) }
  }

  private func ramp(
    _ prune: @Sendable (Network, Double) -> Network, step: Int, of steps: Int
  ) {
    let last = max(1, Int(Double(steps) * FineTuningRules.rampShare))
    guard step <= last, step == last || step % FineTuningRules.pruningInterval == 1 else { return }
    let pruned = prune(training.network, Double(step) / Double(last))
    for kernel in kernels {
      if let tensor = pruned[kernel.name] { kernel.mask(tensor) }
    }
  }

  private func calibrate(step: Int) {
    guard let grids = rules.activationGrids, step % FineTuningRules.gridInterval == 1 else {
      return
    }
    var network = training.network
    for kernel in kernels { network.setParameter(kernel.name, to: kernel.runningTensor) }
    training.activationGrids = grids(network)
  }
}
