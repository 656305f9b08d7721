package import Compression
package import NeuralNetwork

/// A recipe with one layer rounded at a time, to every bit-width.
///
/// The other layers are as the recipe leaves them, unrounded. Source: Han, Pool, Tran and Dally 2015,
/// figure 6, where layers are pruned one at a time.
package enum LayerScan {
  /// The bit-widths, from the widest, whose loss is small, to the narrowest.
  package static let bits = Array((1...8).reversed())

  /// The recipe with one layer rounded, and what tells it from the others.
  package struct Point: Sendable {
    /// The layer.
    package let layer: String
    /// Its bits.
    package let bits: Int
    /// The recipe.
    package let recipe: Recipe

    /// A name of its own.
    package var name: String { "\(layer)/\(bits)" }
  }

  /// Every layer with a kernel at every bit-width, in the order in which a learner reads the plot.
  package static func points(of network: Network, under recipe: Recipe) -> [Point] {
    let layers = network.kernels.map { $0.name.layer }
    return bits.flatMap { bits in
      layers.compactMap { layer in
        var varied = recipe
        guard (try? varied.set("weights.bits", "\(bits)")) != nil,
          (try? varied.set("weights.layers", layer)) != nil
        else { return nil }
        return Point(layer: layer, bits: bits, recipe: varied)
      }
    }
  }
}
