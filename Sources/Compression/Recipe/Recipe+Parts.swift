extension Recipe {
  /// The recipe with everything at its default that has no effect, so that equal results are found
  /// under one key.
  package var essence: Recipe {
    var essence = self
    if prune.changesNothing { essence.prune = Pruning() }
    if weights.bits >= 32 { essence.weights = WeightQuantization() }
    if activations.bits >= 32 {
      essence.activations = ActivationQuantization()
      if calibratesWeights { essence.activations.samples = activations.samples }
    }
    if finetune.epochs == 0 { essence.finetune = FineTuning() }
    if essence.prune == Pruning() {
      essence.finetune.schedule = .constant
      essence.order = .pruneFirst
    }
    return essence
  }

  /// The essential part that decides the weights.
  package var weightPart: Recipe {
    var part = essence
    if !seesActivationsWhileTuning {
      part.activations = ActivationQuantization()
      if calibratesWeights { part.activations.samples = activations.samples }
    }
    return part
  }

  /// The essential part that decides the weights before they are rounded.
  package var preparationPart: Recipe {
    var part = weightPart
    if part.finetune.epochs == 0 || part.finetune.mode == .float {
      part.weights = WeightQuantization()
    }
    return part
  }

  /// Whether calibration images decide the weights.
  package var calibratesWeights: Bool { prune.criterion.isCalibrated && !prune.changesNothing }

  private var seesActivationsWhileTuning: Bool {
    finetune.epochs > 0 && finetune.mode == .qat && activations.bits < 32
  }
}
