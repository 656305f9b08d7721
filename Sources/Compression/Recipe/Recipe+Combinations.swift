extension Recipe {
  /// Refuses settings that are each allowed but that contradict one another.
  package func checkCombination() throws(RecipeError) {
    try checkScope()
    try checkOrder()
    try checkSchedule()
    try checkCriterion()
    try checkRounding()
    try checkCodebook()
    try checkFactorization()
    try checkFault()
  }

  private func checkFactorization() throws(RecipeError) {
    guard case .rank = factorize.rank else { return }
    let name = "factorize.rank=\(factorize.rank.rawValue)"
    guard prune.isIdentity || prune.pattern.isStructured else {
      throw .contradiction(
        "\(name) needs prune.pattern to be one of filter, neuron, or prune.sparsity=0: the two "
          + "matrices would not keep single zeros")
    }
    guard finetune.epochs == 0 || finetune.mode == .float else {
      throw .contradiction("\(name) needs finetune.mode=float")
    }
    guard activations.smooth == .off else {
      throw .contradiction("\(name) needs activations.smooth=off")
    }
    for (_, weights) in quantizedLayers where weights.rounding.isCalibrated {
      throw .contradiction(
        "\(name) needs weights.rounding to be one of nearest, stochastic, not "
          + weights.rounding.rawValue)
    }
  }

  private func checkScope() throws(RecipeError) {
    guard case .named(let layer) = prune.scope else { return }
    let allowedLayers: [String]
    switch prune.pattern {
    case .unstructured: return
    case .kept, .block: allowedLayers = ["dense", "dense_1"]
    case .filter: allowedLayers = ["conv2d"]
    case .neuron: allowedLayers = ["dense"]
    }
    guard !allowedLayers.contains(layer) else { return }
    throw .contradiction(
      "prune.pattern=\(prune.pattern.rawValue) needs prune.scope to be one of "
        + (["global", "layer"] + allowedLayers).joined(separator: ", ") + ", not \(layer)")
  }

  private func checkRounding() throws(RecipeError) {
    guard finetune.epochs > 0, finetune.mode == .qat else { return }
    for (_, weights) in quantizedLayers { try checkRoundingWhileTuning(weights) }
    guard activations.smooth == .off else {
      throw .contradiction("finetune.mode=qat needs activations.smooth=off")
    }
    guard weights.equalize == .off || quantizedLayers.isEmpty else {
      throw .contradiction("finetune.mode=qat needs weights.equalize=off")
    }
  }

  private func checkRoundingWhileTuning(_ weights: WeightQuantization) throws(RecipeError) {
    guard weights.rounding == .nearest else {
      throw .contradiction(
        "finetune.mode=qat needs weights.rounding=nearest, not \(weights.rounding.rawValue)")
    }
    guard weights.codebook == .uniform else {
      throw .contradiction(
        "finetune.mode=qat needs weights.codebook=uniform, not \(weights.codebook.rawValue)")
    }
  }

  private func checkCodebook() throws(RecipeError) {
    for (_, weights) in quantizedLayers { try checkCodebook(weights) }
  }

  private func checkCodebook(_ weights: WeightQuantization) throws(RecipeError) {
    guard weights.codebook != .uniform, weights.bits < 32 else { return }
    let name = "weights.codebook=\(weights.codebook.rawValue)"
    guard weights.bits <= 8 else {
      throw .contradiction("\(name) needs weights.bits to be one of 1 … 8, 32, not \(weights.bits)")
    }
    if case .group = weights.granularity {
      throw .contradiction("\(name) needs weights.granularity to be one of tensor, channel")
    }
    guard weights.rounding == .nearest else {
      throw .contradiction(
        "\(name) needs weights.rounding=nearest, not \(weights.rounding.rawValue)")
    }
  }

  private func checkCriterion() throws(RecipeError) {
    guard prune.criterion == .obs, prune.pattern.isStructured else { return }
    throw .contradiction(
      "prune.criterion=obs needs a prune.pattern that sets weights to zero, not "
        + prune.pattern.rawValue)
  }

  private func checkOrder() throws(RecipeError) {
    guard order == .quantizeFirst, prune.pattern.isStructured, !prune.isIdentity else { return }
    throw .contradiction(
      "order=quantize-first needs a prune.pattern that sets weights to zero, not "
        + prune.pattern.rawValue + ", which makes the network smaller")
  }

  private func checkSchedule() throws(RecipeError) {
    guard finetune.schedule == .polynomial, finetune.epochs > 0, !prune.isIdentity else {
      return
    }
    guard order == .pruneFirst else {
      throw .contradiction("finetune.schedule=polynomial needs order=prune-first")
    }
    guard prune.pattern.followsSparsity, !prune.pattern.isStructured else {
      throw .contradiction(
        "finetune.schedule=polynomial needs a prune.pattern with a sparsity that can grow, not "
          + prune.pattern.rawValue)
    }
    guard [.magnitude, .random].contains(prune.criterion) else {
      throw .contradiction(
        "finetune.schedule=polynomial needs prune.criterion to be one of magnitude, random, not "
          + prune.criterion.rawValue)
    }
  }
}
