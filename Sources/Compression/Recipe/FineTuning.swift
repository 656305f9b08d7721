/// How a compressed network is trained further, so that it recovers.
///
/// Fine-tuning runs on the training images by Adam in batches of 128.
package struct FineTuning: Sendable, Hashable {
  /// Passes over the training images; 0 leaves the network as it is.
  package var epochs = 0
  /// What the forward pass computes with.
  package var mode = Mode.float
  /// When the weights that pruning removes become zero.
  package var schedule = Schedule.constant
  /// Adam's learning rate; 0.001 is the one that the baseline network was trained with.
  package var rate = 0.001
  /// The temperature T that the float network's logits are divided by where its answers are learnt
  /// from too; nil learns from the labels alone.
  ///
  /// Knowledge distillation (Hinton, Vinyals and Dean 2015, "Distilling the Knowledge in a Neural
  /// Network"): loss = (1 − mix) · CE + mix · T² · KL(softmax(teacher / T) ‖ softmax(student / T)).
  package var distill: Double?
  /// The weight of the float network's answers beside the labels, 0 … 1.
  package var mix = 0.9

  /// Makes the fine-tuning that changes nothing.
  package init() {}

  /// What the forward pass of fine-tuning computes with.
  package enum Mode: String, Sendable, Hashable, CaseIterable {
    /// The floats themselves; pruned weights stay zero (Han et al. 2015, "Learning both Weights and
    /// Connections for Efficient Neural Networks").
    case float
    /// Weights and activations rounded to the recipe's grids at every step, with a float master copy
    /// and a straight-through gradient (Jacob et al. 2018; Bengio et al. 2013).
    case qat
  }

  /// When the weights that pruning removes become zero.
  package enum Schedule: String, Sendable, Hashable, CaseIterable {
    /// All before the first step.
    case constant
    /// Along a cubic ramp: s(t) = S·(1 − (1 − t/T)³) over the first three quarters of the steps (Zhu
    /// and Gupta 2017, "To prune, or not to prune").
    case polynomial

    /// The share of the final sparsity at a part of the ramp.
    package func share(at progress: Double) -> Double {
      switch self {
      case .constant: return 1
      case .polynomial:
        let rest = 1 - min(max(progress, 0), 1)
        return 1 - rest * rest * rest
      }
    }
  }
}

/// Which of pruning and rounding comes first.
package enum CompressionOrder: String, Sendable, Hashable, CaseIterable {
  /// Prune, fine-tune, then round what is left, so that grids fit the weights that stay.
  case pruneFirst = "prune-first"
  /// Fine-tune and round all weights, then prune the rounded ones; nothing recovers afterwards.
  case quantizeFirst = "quantize-first"
}
