package import Compression
import NeuralNetwork

/// The filters of a convolution before and after compression.
package struct FilterPictures: Sendable, Equatable {
  /// The kernel's name.
  package let kernel: String
  /// The rows of a filter.
  package let height: Int
  /// The columns of a filter.
  package let width: Int
  /// The weights of each filter row by row, before compression; the mean of its input channels.
  package let before: [[Float]]
  /// The same after compression; nil for a filter that left the network.
  package let after: [[Float]?]

  /// The largest magnitude before compression, which one scale of greys goes up to.
  package var limit: Float {
    before.reduce(0) { limit, filter in filter.reduce(limit) { max($0, $1.magnitude) } }
  }

  /// Whether a filter left or has only zeros.
  package func isGone(_ filter: Int) -> Bool {
    after[filter]?.allSatisfy { $0 == 0 } ?? true
  }
}

/// The filters of the first convolution.
package struct FilterPicture: LabPicture {
  /// Makes the picture.
  package init() {}

  package func content(
    in laboratory: Laboratory, of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> FilterPictures? {
    try laboratory.filters(under: recipe, isCancelled: isCancelled)
  }
}

extension Laboratory {
  /// The filters of the first convolution before and under a recipe; nil for a network without one.
  package func filters(
    under recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> FilterPictures? {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    guard let place = firstConvolution, let whole = network.layers[place].weights,
      let left = compressed.network.layers.lazy.compactMap(\.weights).first(where: {
        $0.name == whole.name
      })
    else { return nil }
    let name = "\(whole.name)/kernel"
    let kept =
      try placements(under: recipe, isCancelled: isCancelled)[name]?.keptColumns
      ?? Array(0..<(left.kernel.shape.last ?? 0))
    let filters = Self.filters(of: left.kernel)
    var after = [[Float]?](repeating: nil, count: whole.bias.count)
    for (filter, index) in zip(filters, kept) { after[index] = filter }
    return FilterPictures(
      kernel: name, height: whole.kernel.shape[0], width: whole.kernel.shape[1],
      before: Self.filters(of: whole.kernel), after: after)
  }

  /// The place of the first convolution among the layers.
  var firstConvolution: Int? {
    network.layers.firstIndex { $0 is Conv2D }
  }

  private static func filters(of kernel: Tensor) -> [[Float]] {
    let count = kernel.shape[3]
    let channels = kernel.shape[2]
    return (0..<count).map { filter in
      (0..<kernel.shape[0] * kernel.shape[1]).map { place in
        let sum = (0..<channels).reduce(Float(0)) {
          $0 + kernel.elements[(place * channels + $1) * count + filter]
        }
        return sum / Float(channels)
      }
    }
  }
}
