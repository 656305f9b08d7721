/// A stage of the work on a recipe; each builds on what the one before it gave.
package enum CompressionStage: Int, Sendable, Comparable {
  /// Pruning, factorizing, fine-tuning: what happens before weights are rounded.
  case preparation
  /// The rounding of the weights, with what levels or smooths them for it.
  case weights
  /// The running of the network on images, with its activations' grids.
  case running

  /// Whether a stage comes before another.
  package static func < (left: CompressionStage, right: CompressionStage) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Recipe {
  /// The recipe with every knob at its default that has no effect up to the end of a stage.
  ///
  /// Recipes with the same key give the same result of the stage, so that what one found is taken
  /// for the other. The work of a stage is done by its key, not by the whole recipe.
  package func key(through stage: CompressionStage) -> Recipe {
    var key = self
    for knob in Knob.all {
      if let first = knob.firstStage(self), first <= stage { continue }
      knob.values.reset(&key)
      key.overrides.removeAll { $0.key == knob.name }
    }
    return key
  }

  /// The recipe with every knob at its default that has no effect at all.
  package var canonical: Recipe { key(through: .running) }

  /// What of the recipe decides the weights.
  package var weightsKey: Recipe { key(through: .weights) }

  /// What of the recipe decides the weights before they are rounded.
  package var preparationKey: Recipe { key(through: .preparation) }
}

extension Recipe {
  /// Whether fine-tuning computes on rounded values.
  var tunesQuantized: Bool { finetune.epochs > 0 && finetune.mode == .qat }

  /// Whether pruning looks at calibration images.
  var prunesByInputs: Bool { prune.criterion.isCalibrated && !prune.isIdentity }

  /// Whether the rounding of some layer looks at calibration images.
  var roundsByInputs: Bool { quantizedLayers.contains { $0.weights.rounding.isCalibrated } }

  /// The first stage that looks at calibration images; nil if none does.
  var calibrationStage: CompressionStage? {
    if prunesByInputs || (tunesQuantized && activations.bits < 32) { return .preparation }
    if roundsByInputs || activations.smooth != nil { return .weights }
    return activations.bits < 32 ? .running : nil
  }

  /// The first stage that draws at random; nil if none does.
  var drawingStage: CompressionStage? {
    if finetune.epochs > 0 || (prune.criterion == .random && !prune.isIdentity) {
      return .preparation
    }
    let draws = quantizedLayers.contains {
      [.stochastic, .adaround].contains($0.weights.rounding)
    }
    return draws ? .weights : nil
  }

  /// Whether anything of the recipe depends on its seed.
  package var drawsAtRandom: Bool { drawingStage != nil }
}
