/// A network whose layers are applied one after another.
///
/// A value: compressing a network makes another one and leaves the first untouched.
package struct Network: Sendable, Equatable {
  /// The shape of one input image: [height, width, channels].
  package let inputShape: [Int]

  /// The layers in order.
  package var layers: [Layer]

  /// Makes a network of the given layers.
  package init(inputShape: [Int], layers: [Layer]) {
    precondition(inputShape.count == 3, "An input image has height, width and channels.")
    self.inputShape = inputShape
    self.layers = layers
  }
}

/// A parameter tensor with the name it has in interchange files, such as `dense/kernel`.
package struct NamedParameter: Sendable, Equatable {
  /// The layer's name, a slash, and `kernel` or `bias`.
  package let name: String
  /// The values.
  package var tensor: Tensor

  /// Makes a named parameter.
  package init(name: String, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }

  /// Whether this is a kernel; only kernels are pruned and quantized.
  package var isKernel: Bool { name.hasSuffix("/kernel") }

  /// Whether this is a moving mean or variance, which is gathered and not trained.
  package var isStatistic: Bool {
    name.hasSuffix("/moving_mean") || name.hasSuffix("/moving_variance")
  }
}

extension Network {
  /// All parameters in file order: for each layer its kernel, then its bias; for a normalization
  /// gamma, beta, and the moving mean and variance.
  package var parameters: [NamedParameter] { layers.flatMap(\.parameters) }

  /// The kernels alone, in file order.
  package var kernels: [NamedParameter] { parameters.filter(\.isKernel) }

  /// Replaces the parameter of a name by another of the same shape.
  package mutating func setParameter(_ name: String, to tensor: Tensor) {
    for index in layers.indices where layers[index].setParameter(name, to: tensor) { return }
    preconditionFailure("The network has no parameter \(name).")
  }

  /// The number of trainable values; moving means and variances are not trained.
  package var parameterCount: Int {
    parameters.filter { !$0.isStatistic }.reduce(0) { $0 + $1.tensor.count }
  }

  /// The multiply-accumulate operations of one image, dense arithmetic assumed.
  ///
  /// A normalization counts one for each value, though it vanishes when it is folded.
  package var macs: Int {
    zip(layers, outputShapes).reduce(0) { total, pair in
      let (layer, shape) = pair
      if case .batchNormalization = layer { return total + shape.reduce(1, *) }
      guard let weights = layer.weights else { return total }
      // Every weight is used once for each place of the output.
      let places = shape.count == 3 ? shape[0] * shape[1] : 1
      return total + places * weights.kernel.count
    }
  }
}
