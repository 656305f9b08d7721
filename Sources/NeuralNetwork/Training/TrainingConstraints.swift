/// Keeps a network in training to its rules: masks, rounded kernels, grids, and a ramp of sparsity.
final class TrainingConstraints {
  private let rules: FineTuningRules
  private let training: FusedTraining
  private let kernels: [ConstrainedKernel]
  private let names: [String]

  /// Prepares the rules for a training that has not begun.
  init(_ rules: FineTuningRules, of training: FusedTraining) {
    self.rules = rules
    self.training = training
    let shape = training.shape
    training.gridsPassGradient = rules.activationsPassGradient
    if rules.round != nil { training.running = training.running.copy }
    let running = training.running
    let initial = training.network.kernels
    names = initial.map(\.name)
    kernels = [
      ConstrainedKernel(
        training.convKernel, running: running.conv, shape: initial[0].tensor.shape,
        layout: .rows(stride: shape.filterStride)),
      ConstrainedKernel(
        training.firstKernel, running: running.first, shape: initial[1].tensor.shape,
        layout: .columns(stride: shape.featureStride)),
      ConstrainedKernel(
        training.lastKernel, running: running.last, shape: initial[2].tensor.shape,
        layout: .columns(stride: shape.hiddenStride)),
    ]
    if rules.keepsZeros {
      for (kernel, parameter) in zip(kernels, initial) { kernel.mask(parameter.tensor) }
    }
  }

  /// Does what comes before a step, counted from 1: pruning, rounding, calibration.
  func prepare(step: Int, of steps: Int) {
    if let prune = rules.prune { ramp(prune, step: step, of: steps) }
    guard let round = rules.round else {
      calibrate(step: step)
      return
    }
    let masters = zip(names, kernels).map { NamedParameter(name: $0, tensor: $1.tensor) }
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
    for (kernel, parameter) in zip(kernels, pruned.kernels) { kernel.mask(parameter.tensor) }
  }

  private func calibrate(step: Int) {
    guard let grids = rules.activationGrids, step % FineTuningRules.gridInterval == 1 else {
      return
    }
    var network = training.network
    for (name, kernel) in zip(names, kernels) {
      network.setParameter(name, to: kernel.runningTensor)
    }
    training.activationGrids = grids(network)
  }
}
