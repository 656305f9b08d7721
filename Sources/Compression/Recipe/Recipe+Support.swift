package import NeuralNetwork

extension Recipe {
  /// Refuses what the engine does for the seed network's layers alone when a network has others.
  ///
  /// Structured patterns, criteria and roundings that look at a layer's inputs, smoothing, and
  /// fine-tuning with rounding or a ramp know a 3×3 convolution, a pooling and two dense layers.
  package func checkSupport(by network: Sequential) throws(RecipeError) {
    try checkNames(in: network)
    guard !network.hasSeedLayers else { return }
    let needs = "a network of other layers than the seed's needs"
    guard prune.isIdentity || !prune.pattern.isStructured else {
      throw .contradiction(
        "\(needs) a prune.pattern that sets weights to zero, not \(prune.pattern.rawValue)")
    }
    guard prune.isIdentity || !prune.criterion.isCalibrated else {
      throw .contradiction(
        "\(needs) prune.criterion to be one of magnitude, random, not \(prune.criterion.rawValue)")
    }
    for (_, weights) in quantizedLayers where weights.rounding.isCalibrated {
      throw .contradiction(
        "\(needs) weights.rounding to be one of nearest, stochastic, not "
          + weights.rounding.rawValue)
    }
    guard activations.smooth == .off else {
      throw .contradiction("\(needs) activations.smooth=off")
    }
    guard injection.weightOutlier == 1, injection.activationOutlier == 1 else {
      throw .contradiction("\(needs) weights.outlier=1 and activations.outlier=1")
    }
    guard ![.channelFirstFlatten, .int16Accumulator, .saturatedBias].contains(injection.fault)
    else {
      throw .contradiction("\(needs) a fault other than \(injection.fault.rawValue)")
    }
    guard finetune.epochs > 0 else { return }
    guard finetune.mode == .float else {
      throw .contradiction("\(needs) finetune.mode=float, or finetune.epochs=0")
    }
    guard finetune.schedule == .constant || prune.isIdentity else {
      throw .contradiction("\(needs) finetune.schedule=constant")
    }
  }
}

extension Recipe {
  /// Refuses layers that the network does not have, whose settings would do nothing.
  private func checkNames(in network: Sequential) throws(RecipeError) {
    let layers = network.layerOrigins
    func check(_ key: String, _ layer: String) throws(RecipeError) {
      guard !layers.contains(layer) else { return }
      throw .contradiction(
        "\(key) names \(layer), but the network's layers are \(layers.joined(separator: ", "))")
    }
    if case .named(let layer) = prune.scope, !prune.isIdentity {
      try check("prune.scope", layer)
    }
    if case .named(let names) = weights.layers, !quantizedLayers.isEmpty {
      for layer in names { try check("weights.layers", layer) }
    }
    for override in overrides { try check("\(override.key)@\(override.layer)", override.layer) }
  }
}

extension Sequential {
  /// The layers with kernels, factors under the layer that they came from, in file order.
  fileprivate var layerOrigins: [String] {
    kernels.map { LowRank.origin(of: String($0.name.dropLast("/kernel".count))) }
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// Whether the layers with weights are the seed network's, in any sizes, factorised or not.
  fileprivate var hasSeedLayers: Bool {
    layerOrigins == SeedNetwork.layerNames
  }
}
