import VectorLanes

/// The sizes of a network that the fast kernels apply to, and how its values lie in memory.
///
/// The network is a 3×3 convolution of one channel with ReLU, a 2×2 pooling, a dense layer with ReLU
/// and a linear dense layer, in any sizes. Rows are padded with zeros to whole vectors:
/// * an image: height × width floats, no padding;
/// * features (the pooled, flattened convolution output): `featureStride` an image, in the order
///   row, column, filter;
/// * hidden values: `hiddenStride` an image; logits: `classStride` an image;
/// * convolution weights: [9][`filterStride`]; dense weights [outputs][inputs] with the outputs padded
///   too: [`hiddenStride`][`featureStride`] and [`classStride`][`hiddenStride`].
struct ConvNetShape: Sendable, Equatable {
  /// Rows of an image.
  let height: Int
  /// Columns of an image.
  let width: Int
  /// Filters of the convolution.
  let filters: Int
  /// Outputs of the first dense layer.
  let hidden: Int
  /// Outputs of the last dense layer.
  let classes: Int

  /// Rows after convolution and pooling.
  var pooledHeight: Int { (height - 2) / 2 }
  /// Columns after convolution and pooling.
  var pooledWidth: Int { (width - 2) / 2 }
  /// Values of one image between pooling and first dense layer.
  var features: Int { pooledHeight * pooledWidth * filters }

  /// The filters padded to whole vectors.
  var filterStride: Int { roundedUp(filters, to: laneCount) }
  /// The features padded to whole vectors, with room for the last window's unused lanes.
  var featureStride: Int { roundedUp(features + filterStride - filters, to: laneCount) }
  /// The hidden values padded to whole vectors.
  var hiddenStride: Int { roundedUp(hidden, to: laneCount) }
  /// The logits padded to whole vectors.
  var classStride: Int { roundedUp(classes, to: laneCount) }
}

/// The layers of a network that the fused kernels apply to.
struct ConvNetLayers {
  /// The 3×3 convolution of one channel, with ReLU.
  let convolution: Conv2D
  /// The dense layer with ReLU behind the pooling.
  let first: Dense
  /// The linear dense layer that gives the logits.
  let last: Dense
  /// Their sizes.
  let shape: ConvNetShape

  /// The layers of a network, or nil if they are of another kind or order.
  init?(_ network: Network) {
    let layers = network.layers
    guard layers.count == 5, layers.allSatisfy({ $0.inputs == [.previous] }),
      let convolution = layers[0] as? Conv2D, layers[1] is MaxPooling2D, layers[2] is Flatten,
      let first = layers[3] as? Dense, let last = layers[4] as? Dense,
      convolution.kernel.shape.prefix(3) == [3, 3, 1],
      first.hasBias, last.hasBias, convolution.activation == .relu, first.activation == .relu,
      last.activation == .linear,
      network.outputShapes.allSatisfy({ !$0.contains(0) })
    else { return nil }
    (self.convolution, self.first, self.last) = (convolution, first, last)
    shape = ConvNetShape(
      height: network.inputShape[0], width: network.inputShape[1],
      filters: convolution.bias.count, hidden: first.bias.count, classes: last.bias.count)
  }
}
