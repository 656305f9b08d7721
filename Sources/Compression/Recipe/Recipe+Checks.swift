import Localization
package import NeuralNetwork

extension Recipe {
  /// Refuses settings that are each allowed but that contradict one another.
  package func checkCombination() throws(RecipeError) {
    for knob in Knob.all {
      if let error = knob.conflict(self) { throw error }
    }
  }

  /// Refuses what the engine does for the baseline network's layers alone when a network has others.
  ///
  /// Structured patterns, criteria and roundings that look at a layer's inputs, smoothing, and
  /// fine-tuning with rounding or a ramp know a 3×3 convolution, a pooling and two dense layers.
  package func checkSupport(by network: Network) throws(RecipeError) {
    try checkNames(in: network)
    guard network.layerOrigins != BaselineCNN.layerNames else { return }
    for knob in Knob.all {
      guard let need = knob.baselineNeed(self) else { continue }
      throw .needs(
        Phrase("a network of other layers than the baseline's"), need)
    }
  }

  /// Refuses layers that the network does not have, whose settings would do nothing.
  private func checkNames(in network: Network) throws(RecipeError) {
    let layers = network.layerOrigins
    func check(_ key: String, _ layer: String) throws(RecipeError) {
      guard !layers.contains(layer) else { return }
      throw .contradiction(
        Phrase("\(key) names \(layer), but the network's layers are \(Phrase.list(layers))"))
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

extension Network {
  /// The layers with kernels, factors under the layer that they came from, in file order.
  fileprivate var layerOrigins: [String] {
    kernels.map { LowRank.origin(of: $0.name.layer) }
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
