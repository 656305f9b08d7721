import NeuralNetwork

/// Levels the ranges of neighbouring layers' channels without changing what the network computes.
///
/// Cross-layer equalization (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and
/// Bias Correction", section 4.1): channel c leaves the first layer divided by s_c and meets weights of
/// the second multiplied by s_c, which ReLU and pooling let through. With r₁ and r₂ the greatest
/// magnitudes of the channel's weights in both layers, s = √(r₁ / r₂) gives both √(r₁ · r₂). Pairs are
/// gone through again until no factor is further from 1 than a thousandth, 40 times at most.
enum Equalizer {
  private static let maxSweeps = 40

  /// The equalized network; normalizations have to be folded.
  static func equalize(_ network: Network) -> Network {
    var equalized = network
    let indices = network.layers.indices.filter { network.layers[$0].weights != nil }
    for _ in 0..<maxSweeps {
      var farthest: Float = 0
      for (first, second) in zip(indices, indices.dropFirst()) {
        guard var before = equalized.layers[first].weights,
          var after = equalized.layers[second].weights
        else { continue }
        let factors = factors(before, after)
        farthest = max(farthest, factors.map { ($0 - 1).magnitude }.max() ?? 0)
        scale(&before, &after, by: factors)
        equalized.layers[first] = before
        equalized.layers[second] = after
      }
      if farthest < 0.001 { break }
    }
    return equalized
  }

  private static func factors(
    _ before: any WeightedLayer, _ after: any WeightedLayer
  ) -> [Float] {
    let channels = before.bias.count
    var (leaving, meeting) = (
      [Float](repeating: 0, count: channels), [Float](repeating: 0, count: channels)
    )
    for (index, weight) in before.kernel.elements.enumerated() {
      leaving[index % channels] = max(leaving[index % channels], weight.magnitude)
    }
    for (index, weight) in after.kernel.elements.enumerated() {
      let channel = input(of: index, after, channels: channels)
      meeting[channel] = max(meeting[channel], weight.magnitude)
    }
    // A channel without weights on one side has nothing to level.
    return zip(leaving, meeting).map { $0 > 0 && $1 > 0 ? ($0 / $1).squareRoot() : 1 }
  }

  private static func scale(
    _ before: inout any WeightedLayer, _ after: inout any WeightedLayer, by factors: [Float]
  ) {
    let channels = factors.count
    var (kernel, bias, next) = (before.kernel, before.bias, after.kernel)
    for index in kernel.elements.indices { kernel.elements[index] /= factors[index % channels] }
    for index in bias.elements.indices { bias.elements[index] /= factors[index] }
    for index in next.elements.indices {
      next.elements[index] *= factors[input(of: index, after, channels: channels)]
    }
    (before.kernel, before.bias, after.kernel) = (kernel, bias, next)
  }

  /// The channel that a weight meets; flattened images keep their channels innermost.
  private static func input(of index: Int, _ layer: any WeightedLayer, channels: Int) -> Int {
    layer.isDepthwise ? index % channels : index / layer.bias.count % channels
  }
}
