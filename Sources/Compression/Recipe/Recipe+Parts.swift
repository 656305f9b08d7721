extension Recipe {
  /// The recipe with everything at its default that has no effect, so that equal results are found
  /// under one key.
  package var canonical: Recipe {
    var canonical = self
    if prune.isIdentity { canonical.prune = Pruning() }
    if quantizedLayers.isEmpty {
      canonical.weights = WeightQuantization()
      canonical.overrides = []
    }
    if weights.bits < 32, overrides.isEmpty, weights.codebook != .uniform {
      canonical.weights.scheme = .symmetric
      canonical.weights.range = .minimumToMaximum
    }
    if activations.bits >= 32 { canonical.activations = weightCalibration }
    if finetune.epochs == 0 { canonical.finetune = FineTuning() }
    if finetune.distill == .off || finetune.mix == 0 {
      canonical.finetune.distill = .off
      canonical.finetune.mix = FineTuning().mix
    }
    if canonical.prune == Pruning() {
      canonical.finetune.schedule = .constant
      canonical.order = .pruneFirst
    }
    if !canonical.drawsAtRandom { canonical.seed = 1 }
    return canonical
  }

  /// Whether anything of the recipe depends on its seed.
  package var drawsAtRandom: Bool {
    drawsBeforeRounding
      || quantizedLayers.contains { [.stochastic, .adaround].contains($0.weights.rounding) }
  }

  private var drawsBeforeRounding: Bool {
    finetune.epochs > 0 || (prune.criterion == .random && !prune.isIdentity)
  }

  /// The essential part that decides the weights.
  package var weightsKey: Recipe {
    var part = canonical
    if !seesActivationsWhileTuning { part.activations = weightCalibration }
    if !faultTouches(weightsOf: part) { part.injection.fault = .none }
    return part
  }

  /// The essential part that decides the weights before they are rounded.
  package var preparationKey: Recipe {
    var part = weightsKey
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
    if !faultTouches(preparationOf: part) { part.injection.fault = .none }
    return part
  }

  private func faultTouches(weightsOf part: Recipe) -> Bool {
    switch injection.fault {
    case .int16Accumulator, .saturatedBias: false
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      faultTouches(preparationOf: part) || part.activations.smooth != .off
        || part.quantizedLayers.contains { $0.weights.rounding.isCalibrated }
    default: true
    }
  }

  private func faultTouches(preparationOf part: Recipe) -> Bool {
    switch injection.fault {
    case .droppedMask, .noGradient, .transposedPattern: true
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      part.prunesByInputs || part.seesActivationsWhileTuning
    case .none, .int16Accumulator, .saturatedBias, .int8Bias, .scale128, .channelFirstFlatten,
      .shiftedZeroPoint:
      false
    }
  }

  private var prunesByInputs: Bool { prune.criterion.isCalibrated && !prune.isIdentity }

  /// What of the activations' settings decides the weights.
  private var weightCalibration: ActivationQuantization {
    var calibration = ActivationQuantization()
    calibration.smooth = activations.smooth
    let isRounded = quantizedLayers.contains { $0.weights.rounding.isCalibrated }
    if prunesByInputs || isRounded || activations.smooth != .off {
      calibration.samples = activations.samples
    }
    return calibration
  }

  private var seesActivationsWhileTuning: Bool {
    finetune.epochs > 0 && finetune.mode == .qat && activations.bits < 32
  }
}
