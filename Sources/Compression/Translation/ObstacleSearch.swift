/// Finds the settings of a recipe that a framework cannot do.
struct ObstacleSearch {
  /// The recipe, without settings that have no effect.
  let recipe: Recipe
  /// The framework.
  let dialect: CodeDialect

  /// The keys that the programs know how to carry out or to refuse.
  private static let knownKeys: Set<String> = [
    "prune.pattern", "prune.criterion", "prune.scope", "prune.sparsity", "weights.bits",
    "weights.granularity", "weights.scheme", "weights.range", "weights.rounding",
    "weights.codebook", "weights.layers", "activations.bits", "activations.range",
    "activations.samples", "activations.smooth", "finetune.epochs", "finetune.mode",
    "finetune.schedule", "finetune.rate", "order", "seed", "weights.outlier",
    "activations.outlier", "fault",
  ]

  private var isKeras: Bool { dialect == .keras }
  private var prunes: Bool { !recipe.prune.isIdentity }

  /// Every obstacle once, in the order of the key table.
  var obstacles: [RecipeCode.Obstacle] {
    let unknown = Knob.all
      .filter { !Self.knownKeys.contains($0.name) && $0.read(recipe) != $0.defaultValue }
      .map { obstacle($0.name, $0.read(recipe), .unknownKey) }
    var seen: Set<RecipeCode.Obstacle> = []
    return (pruning + weights + activations + tuning + injections + unknown).filter {
      seen.insert($0).inserted
    }
  }

  private func obstacle(
    _ key: String, _ value: String, _ reason: RecipeCode.Reason
  ) -> RecipeCode.Obstacle {
    RecipeCode.Obstacle(setting: "\(key)=\(value)", reason: reason)
  }

  private var injections: [RecipeCode.Obstacle] {
    Knob.all
      .filter { ["weights.outlier", "activations.outlier", "fault"].contains($0.name) }
      .filter { $0.read(recipe) != $0.defaultValue }
      .map { obstacle($0.name, $0.read(recipe), .injection) }
  }

  private var pruning: [RecipeCode.Obstacle] {
    guard prunes else { return [] }
    let prune = recipe.prune
    func criterion(_ reason: RecipeCode.Reason) -> [RecipeCode.Obstacle] {
      [obstacle("prune.criterion", prune.criterion.rawValue, reason)]
    }
    switch prune.criterion {
    case .wanda: return criterion(isKeras ? .kerasHasNoWanda : .torchaoRanksWholeLayers)
    case .largest: return criterion(.smallestFirst)
    case .obs: return criterion(.noSecondOrder)
    case .random where prune.pattern != .unstructured && !prune.pattern.isStructured:
      return criterion(.randomIsUnstructured)
    case .magnitude, .random: break
    }
    if !isKeras, prune.pattern == .block, prune.scope == .global {
      return [obstacle("prune.scope", "global", .blocksWithinALayer)]
    }
    return []
  }

  private var weights: [RecipeCode.Obstacle] {
    recipe.quantizedLayers.flatMap { _, weights -> [RecipeCode.Obstacle] in
      var found: [RecipeCode.Obstacle] = []
      if weights.codebook != .uniform {
        let reason: RecipeCode.Reason = isKeras ? .kerasClusters : .torchaoCodebooks
        return [obstacle("weights.codebook", weights.codebook.rawValue, reason)]
      }
      if weights.range == .leastSquaredError {
        found.append(obstacle("weights.range", "mse", .noLeastSquaredError))
      }
      switch weights.rounding {
      case .nearest: break
      case .stochastic: found.append(obstacle("weights.rounding", "stochastic", .noStochastic))
      case .adaround: found.append(obstacle("weights.rounding", "adaround", .noAdaRound))
      case .gptq:
        found.append(
          obstacle("weights.rounding", "gptq", isKeras ? .kerasGPTQ : .torchaoGPTQ))
      }
      return found
    }
  }

  private var activations: [RecipeCode.Obstacle] {
    var found: [RecipeCode.Obstacle] = []
    let activations = recipe.activations
    if activations.bits < 32 {
      switch activations.range {
      case .minimumToMaximum, .percentile: break
      case .leastSquaredError, .entropy:
        found.append(
          obstacle("activations.range", activations.range.rawValue, .noActivationSearch))
      }
    }
    if activations.smooth != .off {
      found.append(
        obstacle(
          "activations.smooth", activations.smooth.rawValue,
          isKeras ? .kerasHasNoSmoothing : .torchaoSmoothing))
    }
    return found
  }

  private var tuning: [RecipeCode.Obstacle] {
    guard recipe.finetune.epochs > 0 else { return [] }
    var found: [RecipeCode.Obstacle] = []
    if recipe.finetune.schedule == .polynomial, prunes {
      if recipe.prune.pattern != .unstructured {
        found.append(obstacle("finetune.schedule", "polynomial", .layerRampsOnly))
      } else if recipe.prune.criterion != .magnitude {
        found.append(obstacle("finetune.schedule", "polynomial", .rampsMagnitudes))
      }
    }
    return found + (isKeras && recipe.finetune.mode == .qat ? kerasTraining : [])
  }

  /// What TFMOT's quantization-aware training does not do.
  private var kerasTraining: [RecipeCode.Obstacle] {
    var found: [RecipeCode.Obstacle] = []
    if prunes, !recipe.prune.pattern.isStructured, recipe.order == .pruneFirst {
      found.append(obstacle("finetune.mode", "qat", .kerasPrunedTraining))
    }
    for (_, weights) in recipe.quantizedLayers {
      if weights.bits == 1 { found.append(obstacle("weights.bits", "1", .kerasTrainingGrid)) }
      if case .group = weights.granularity {
        found.append(
          obstacle("weights.granularity", weights.granularity.rawValue, .kerasTrainingGrid))
      }
      if weights.range != .minimumToMaximum {
        found.append(obstacle("weights.range", weights.range.rawValue, .kerasTrainingGrid))
      }
    }
    if recipe.activations.bits < 8 {
      found.append(
        obstacle("activations.bits", String(recipe.activations.bits), .kerasInputBits))
    }
    if recipe.activations.bits < 32, recipe.activations.range != .minimumToMaximum {
      found.append(
        obstacle("activations.range", recipe.activations.range.rawValue, .kerasTrainingGrid))
    }
    return found
  }
}
