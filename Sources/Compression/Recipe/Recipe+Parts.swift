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
    drawsBeforeRounding
      || roundedLayers.contains { [.stochastic, .adaround].contains($0.weights.rounding) }
  }

  private var drawsBeforeRounding: Bool {
    finetune.epochs > 0 || (prune.criterion == .random && !prune.changesNothing)
  }

  /// The essential part that decides the weights.
  package var weightPart: Recipe {
    var part = essence
    if !seesActivationsWhileTuning { part.activations = weightCalibration }
    if !faultTouches(weightsOf: part) { part.disturbance.fault = .none }
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
    if !faultTouches(preparationOf: part) { part.disturbance.fault = .none }
    return part
  }

  private func faultTouches(weightsOf part: Recipe) -> Bool {
    switch disturbance.fault {
    case .int16Accumulator, .saturatedBias: false
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      faultTouches(preparationOf: part) || part.activations.smooth != .off
        || part.roundedLayers.contains { $0.weights.rounding.isCalibrated }
    default: true
    }
  }

  private func faultTouches(preparationOf part: Recipe) -> Bool {
    switch disturbance.fault {
    case .droppedMask, .noGradient, .transposedPattern: true
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      part.prunesByInputs || part.seesActivationsWhileTuning
    case .none, .int16Accumulator, .saturatedBias, .int8Bias, .scale128, .channelFirstFlatten,
      .shiftedZeroPoint:
      false
    }
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
