extension Recipe {
  /// Refuses a mistake that the recipe gives no occasion for.
  func checkFault() throws(RecipeError) {
    let fault = injection.fault
    if let need = need(of: fault) {
      throw .contradiction("fault=\(fault.rawValue) needs \(need)")
    }
  }

  /// What a recipe would have to do for a mistake to be possible; nil if it does.
  private func need(of fault: Fault) -> String? {
    switch fault {
    case .none, .int8Bias, .channelFirstFlatten: return nil
    case .unscaledCalibration, .blackCalibration, .oneClassCalibration:
      return calibrates
        ? nil
        : "activations.bits below 32, or another setting that looks at calibration images"
    case .droppedMask:
      return tunesUnderMask
        ? nil
        : "finetune.epochs of at least 1 with finetune.schedule=constant after a pruning that sets "
          + "weights to zero"
    case .noGradient:
      return finetune.epochs > 0 && finetune.mode == .qat
        && (!quantizedLayers.isEmpty || activations.bits < 32)
        ? nil : "finetune.mode=qat with finetune.epochs of at least 1 and something to round"
    case .int16Accumulator, .saturatedBias:
      return runsInIntegers
        ? nil
        : "the integer network: weights.bits and activations.bits of at most 8, symmetric uniform "
          + "weights of all layers without groups"
    case .scale128:
      return quantizedLayers.contains { $0.weights.wrapsAtPowerOfTwo }
        ? nil
        : "weights.bits from 2 to 16 with weights.scheme=symmetric, weights.codebook=uniform and "
          + "weights.rounding=nearest"
    case .shiftedZeroPoint:
      return quantizedLayers.contains { $0.weights.hasZeroPoint }
        ? nil : "weights.bits below 32 with weights.scheme=asymmetric and weights.codebook=uniform"
    case .transposedPattern:
      guard case .kept = prune.pattern, !prune.criterion.isCalibrated else {
        return "an n:m prune.pattern with prune.criterion to be one of magnitude, random"
      }
      return nil
    }
  }

  private var calibrates: Bool {
    activations.bits < 32 || activations.smooth != .off
      || (prune.criterion.isCalibrated && !prune.isIdentity)
      || quantizedLayers.contains { $0.weights.rounding.isCalibrated }
  }

  private var tunesUnderMask: Bool {
    finetune.epochs > 0 && finetune.schedule == .constant && order == .pruneFirst
      && !prune.isIdentity && !prune.pattern.isStructured
  }

  /// Whether all layers are rounded so that the integer network runs.
  private var runsInIntegers: Bool {
    activations.bits <= 8 && factorize.rank == .off
      && Recipe.layerNames.allSatisfy { layer in
        quantizedLayers.contains { $0.layer == layer && $0.weights.hasBytes }
      }
  }
}

extension WeightQuantization {
  /// Whether codes have a zero point.
  fileprivate var hasZeroPoint: Bool { scheme == .asymmetric && codebook == .uniform }

  /// Whether codes fit in a byte, with a scale for a tensor or channel.
  fileprivate var hasBytes: Bool {
    guard bits <= 8, scheme == .symmetric, codebook == .uniform else { return false }
    if case .group = granularity { return false }
    return true
  }
}
