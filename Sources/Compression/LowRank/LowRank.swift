import NeuralNetwork

/// Replaces the first dense layer by two thinner ones.
///
/// The kernel W [inputs, units] becomes the nearest product of [inputs, r] and [r, units] (truncated
/// singular value decomposition; Denton et al. 2014, "Exploiting Linear Structure Within Convolutional
/// Networks for Efficient Evaluation"). The first of the two has no bias and no activation; the second
/// keeps those of the layer. It pays while r < inputs · units / (inputs + units).
enum LowRank {
  /// What the two layers are named after the layer that they replace.
  static let suffixes = (first: "_u", second: "_v")

  /// The network with its first dense layer factorised; a rank above the layer's units means all.
  static func factorize(_ network: Network, rank: Int) -> Network {
    guard
      let index = network.layers.firstIndex(where: { $0 is Dense }),
      let dense = network.layers[index] as? Dense
    else { return network }
    let factors = SingularValues(dense.kernel).factors(rank: min(rank, dense.kernel.shape[1]))
    var factorized = network
    factorized.layers[index...index] = [
      Dense(name: dense.name + suffixes.first, product: factors.first),
      Dense(
        name: dense.name + suffixes.second, kernel: factors.second, bias: dense.bias,
        activation: dense.activation),
    ]
    return factorized
  }

  /// The layer that a layer's settings stand under: for a factor the layer that it came from.
  static func origin(of layer: String) -> String {
    for suffix in [suffixes.first, suffixes.second] where layer.hasSuffix(suffix) {
      return String(layer.dropLast(suffix.count))
    }
    return layer
  }
}
