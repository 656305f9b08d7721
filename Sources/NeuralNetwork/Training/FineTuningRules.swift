/// A kernel as the forward and the backward pass use it while the floats behind it learn.
package struct RoundedKernel: Sendable, Equatable {
  /// The values that the network computes with, in the kernel's shape.
  package let values: Tensor
  /// The flat indices of weights that lie beyond the grid, in rising order.
  ///
  /// The straight-through estimator gives them no gradient (Jacob et al. 2018; Bengio et al. 2013).
  package let clipped: [Int]
  /// Whether the gradient by the values reaches the floats at all.
  ///
  /// The derivative of rounding is zero almost everywhere, so that without an estimator nothing does.
  package let passesGradient: Bool

  /// Makes a rounded kernel.
  package init(values: Tensor, clipped: [Int], passesGradient: Bool = true) {
    self.values = values
    self.clipped = clipped
    self.passesGradient = passesGradient
  }
}

/// What a network has to keep to while it is trained further.
package struct FineTuningRules: Sendable {
  /// Whether kernel weights that are zero at the beginning stay exactly zero, their Adam means too.
  package var keepsZeros = false

  /// Rounds the kernels, given in file order, for a step: fake quantization with a float master copy
  /// and a straight-through gradient; nil trains the floats themselves.
  package var round: (@Sendable (_ kernels: [NamedParameter]) -> [RoundedKernel])?

  /// Finds the grids of the activations for a network of rounded kernels; nil leaves them float.
  ///
  /// Asked at the first step and then every `gridInterval` steps, so that ranges follow the weights.
  package var activationGrids: (@Sendable (_ running: Network) -> ActivationGrids)?

  /// Whether the gradient passes the rounding of activations where they lie within their grid.
  package var activationsPassGradient = true

  /// Prunes the network in training to a part of the way, 0 … 1; what is zero then stays zero.
  ///
  /// Asked every `pruningInterval` steps while the ramp lasts.
  package var prune: (@Sendable (_ network: Network, _ progress: Double) -> Network)?

  /// Learns from a teacher's answers too; nil learns from the labels alone.
  package var distillation: Distillation?

  /// Steps between two calibrations of the activations' grids.
  package static let gridInterval = 50
  /// Steps between two prunings of the ramp.
  package static let pruningInterval = 16
  /// The share of all steps over which the ramp reaches its end; the rest recovers at full sparsity.
  package static let rampShare = 0.75

  /// Makes rules that ask for nothing.
  package init() {}
}
