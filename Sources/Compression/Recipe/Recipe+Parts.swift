extension Recipe {
  /// The recipe with everything at its default that has no effect, so that equal results are found
  /// under one key.
  package var essence: Recipe {
    var essence = self
    if prune.changesNothing { essence.prune = Pruning() }
    if roundedLayers.isEmpty {
      essence.weights = WeightQuantization()
      essence.overrides = []
    }
    if weights.bits < 32, overrides.isEmpty, weights.codebook != .uniform {
      essence.weights.scheme = .symmetric
      essence.weights.range = .minimumToMaximum
    }
    if activations.bits >= 32 { essence.activations = weightCalibration }
    if finetune.epochs == 0 { essence.finetune = FineTuning() }
    if finetune.distill == .off || finetune.mix == 0 {
      essence.finetune.distill = .off
      essence.finetune.mix = FineTuning().mix
    }
    if essence.prune == Pruning() {
      essence.finetune.schedule = .constant
      essence.order = .pruneFirst
    }
    if !essence.drawsAtRandom { essence.seed = 1 }
    return essence
  }

  /// Whether anything of the recipe depends on its seed.
  package var drawsAtRandom: Bool {
    drawsBeforeRounding || roundedLayers.contains { $0.weights.rounding == .stochastic }
  }

  private var drawsBeforeRounding: Bool {
    finetune.epochs > 0 || (prune.criterion == .random && !prune.changesNothing)
  }

  /// The essential part that decides the weights.
  package var weightPart: Recipe {
    var part = essence
    if !seesActivationsWhileTuning { part.activations = weightCalibration }
    return part
  }

  /// The essential part that decides the weights before they are rounded.
  package var preparationPart: Recipe {
    var part = weightPart
    if part.finetune.epochs == 0 || part.finetune.mode == .float {
      part.weights = WeightQuantization()
      part.overrides = []
    }
    if !part.seesActivationsWhileTuning {
      let samples = part.activations.samples
      part.activations = ActivationQuantization()
      if part.prunesByInputs { part.activations.samples = samples }
    }
    if !part.drawsBeforeRounding { part.seed = 1 }
    return part
  }

  private var prunesByInputs: Bool { prune.criterion.isCalibrated && !prune.changesNothing }

  /// What of the activations' settings decides the weights.
  private var weightCalibration: ActivationQuantization {
    var calibration = ActivationQuantization()
    calibration.smooth = activations.smooth
    let isRounded = roundedLayers.contains { $0.weights.rounding.isCalibrated }
    if prunesByInputs || isRounded || activations.smooth != .off {
      calibration.samples = activations.samples
    }
    return calibration
  }

  private var seesActivationsWhileTuning: Bool {
    finetune.epochs > 0 && finetune.mode == .qat && activations.bits < 32
  }
}
