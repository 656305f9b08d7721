import Localization

extension Fault {
  /// The first stage that the mistake is made in; nil if none is.
  func firstStage(in recipe: Recipe) -> CompressionStage? {
    switch self {
    case .none: nil
    case .droppedMask, .noGradient, .transposedPattern: .preparation
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      recipe.calibrationStage ?? .running
    case .int8Bias, .scale128, .channelFirstFlatten, .shiftedZeroPoint: .weights
    case .int16Accumulator, .saturatedBias: .running
    }
  }

  /// What a recipe would have to do for the mistake to be possible; nil if it does.
  func need(in recipe: Recipe) -> Phrase? {
    switch self {
    case .none, .int8Bias, .channelFirstFlatten: return nil
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      return recipe.calibrationStage != nil
        ? nil
        : Phrase("activations.bits below 32, or another setting that looks at calibration images")
    case .droppedMask:
      return recipe.tunesUnderMask
        ? nil
        : Phrase(
          "finetune.epochs of at least 1 with finetune.schedule=constant after a pruning that sets "
            + "weights to zero")
    case .noGradient:
      return recipe.tunesQuantized
        && (!recipe.quantizedLayers.isEmpty || recipe.activations.bits < 32)
        ? nil
        : Phrase("finetune.mode=qat with finetune.epochs of at least 1 and something to round")
    case .int16Accumulator, .saturatedBias:
      return recipe.runsInIntegers
        ? nil
        : Phrase(
          "the integer network: weights.bits and activations.bits of at most 8, symmetric uniform "
            + "weights of all layers without groups")
    case .scale128:
      return recipe.quantizedLayers.contains { $0.weights.wrapsAtPowerOfTwo }
        ? nil
        : Phrase(
          "weights.bits from 2 to 16 with weights.scheme=symmetric, weights.codebook=uniform and "
            + "weights.rounding=nearest")
    case .shiftedZeroPoint:
      return recipe.quantizedLayers.contains {
        $0.weights.scheme == .asymmetric && $0.weights.codebook == .uniform
      }
        ? nil
        : Phrase(
          "weights.bits below 32 with weights.scheme=asymmetric and weights.codebook=uniform")
    case .transposedPattern:
      if case .kept = recipe.prune.pattern, !recipe.prune.criterion.isCalibrated { return nil }
      return Phrase("an n:m prune.pattern with prune.criterion to be one of magnitude, random")
    }
  }
}

extension Recipe {
  /// Whether fine-tuning holds pruned weights at zero.
  fileprivate var tunesUnderMask: Bool {
    finetune.epochs > 0 && finetune.schedule == .constant && order == .pruneFirst
      && !prune.isIdentity && !prune.pattern.isStructured
  }

  /// Whether all layers are rounded so that the integer network runs.
  fileprivate var runsInIntegers: Bool {
    activations.bits <= 8 && factorize.rank == nil
      && Recipe.layerNames.allSatisfy { layer in
        quantizedLayers.contains { $0.layer == layer && $0.weights.hasBytes }
      }
  }
}

extension WeightQuantization {
  /// Whether codes fit in a byte, with a scale for a tensor or channel.
  fileprivate var hasBytes: Bool {
    guard bits <= 8, scheme == .symmetric, codebook == .uniform else { return false }
    if case .group = granularity { return false }
    return true
  }
}
