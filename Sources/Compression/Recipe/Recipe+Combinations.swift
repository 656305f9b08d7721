extension Recipe {
  /// Refuses settings that are each allowed but that contradict one another.
  package func checkCombination() throws(RecipeError) {
    try checkScope()
    try checkOrder()
    try checkSchedule()
    try checkCriterion()
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

  private func checkCriterion() throws(RecipeError) {
    guard prune.criterion == .obs, prune.pattern.shrinks else { return }
    throw .contradiction(
      "prune.criterion=obs needs a prune.pattern that sets weights to zero, not "
        + prune.pattern.rawValue)
  }

  private func checkOrder() throws(RecipeError) {
    guard order == .quantizeFirst, prune.pattern.shrinks, !prune.changesNothing else { return }
    throw .contradiction(
      "order=quantize-first needs a prune.pattern that sets weights to zero, not "
        + prune.pattern.rawValue + ", which makes the network smaller")
  }

  private func checkSchedule() throws(RecipeError) {
    guard finetune.schedule == .polynomial, finetune.epochs > 0, !prune.changesNothing else {
      return
    }
    guard order == .pruneFirst else {
      throw .contradiction("finetune.schedule=polynomial needs order=prune-first")
    }
    guard prune.pattern.followsSparsity, !prune.pattern.shrinks else {
      throw .contradiction(
        "finetune.schedule=polynomial needs a prune.pattern with a sparsity that can grow, not "
          + prune.pattern.rawValue)
    }
    guard !prune.criterion.isCalibrated else {
      throw .contradiction(
        "finetune.schedule=polynomial needs prune.criterion to be one of magnitude, random, not "
          + prune.criterion.rawValue)
    }
  }
}
