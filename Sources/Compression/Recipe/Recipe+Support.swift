package import NeuralNetwork

extension Recipe {
  /// Refuses what the engine does for the baseline CNN's layers alone when a network has others.
  ///
  /// Structured patterns, criteria and roundings that look at a layer's inputs, smoothing, and
  /// fine-tuning with rounding or a ramp know a 3×3 convolution, a pooling and two dense layers.
  package func checkSupport(by network: Network) throws(RecipeError) {
    try checkNames(in: network)
    guard !network.hasSeedLayers else { return }
    let needs = "a network of other layers than the seed's needs"
    guard prune.changesNothing || !prune.pattern.shrinks else {
      throw .contradiction(
        "\(needs) a prune.pattern that sets weights to zero, not \(prune.pattern.rawValue)")
    }
    guard prune.changesNothing || !prune.criterion.isCalibrated else {
      throw .contradiction(
        "\(needs) prune.criterion to be one of magnitude, random, not \(prune.criterion.rawValue)")
    }
    for (_, weights) in roundedLayers where weights.rounding.isCalibrated {
      throw .contradiction(
        "\(needs) weights.rounding to be one of nearest, stochastic, not "
          + weights.rounding.rawValue)
    }
    guard activations.smooth == .off else {
      throw .contradiction("\(needs) activations.smooth=off")
    }
    guard disturbance.weightOutlier == 1, disturbance.activationOutlier == 1 else {
      throw .contradiction("\(needs) weights.outlier=1 and activations.outlier=1")
    }
    guard ![.channelFirstFlatten, .int16Accumulator, .saturatedBias].contains(disturbance.fault)
    else {
      throw .contradiction("\(needs) a fault other than \(disturbance.fault.rawValue)")
    }
    guard finetune.epochs > 0 else { return }
    guard finetune.mode == .float else {
      throw .contradiction("\(needs) finetune.mode=float, or finetune.epochs=0")
    }
    guard finetune.schedule == .constant || prune.changesNothing else {
      throw .contradiction("\(needs) finetune.schedule=constant")
    }
  }
}

extension Recipe {
  /// Refuses layers that the network does not have, whose settings would do nothing.
  private func checkNames(in network: Network) throws(RecipeError) {
    let layers = network.layerOrigins
    func check(_ key: String, _ layer: String) throws(RecipeError) {
      guard !layers.contains(layer) else { return }
      throw .contradiction(
        "\(key) names \(layer), but the network's layers are \(layers.joined(separator: ", "))")
    }
    if case .named(let layer) = prune.scope, !prune.changesNothing {
      try check("prune.scope", layer)
    }
    if case .named(let names) = weights.layers, !roundedLayers.isEmpty {
      for layer in names { try check("weights.layers", layer) }
    }
    for override in overrides { try check("\(override.key)@\(override.layer)", override.layer) }
  }
}

extension Network {
  /// The layers with kernels, factors under the layer that they came from, in file order.
  fileprivate var layerOrigins: [String] {
    kernels.map { LowRank.origin(of: $0.name.layer) }
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// Whether the layers with weights are the baseline CNN's, in any sizes, factorised or not.
  fileprivate var hasSeedLayers: Bool {
    layerOrigins == BaselineCNN.layerNames
  }
}
