/// A network whose layers are applied one after another.
///
/// A value: compressing a network makes another one and leaves the first untouched.
package struct Sequential: Sendable, Equatable {
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
}

extension Sequential {
  /// All parameters in file order: for each layer its kernel, then its bias.
  package var parameters: [NamedParameter] {
    layers.flatMap { layer -> [NamedParameter] in
      switch layer {
      case .conv2d(let conv):
        [
          NamedParameter(name: "\(conv.name)/kernel", tensor: conv.kernel),
          NamedParameter(name: "\(conv.name)/bias", tensor: conv.bias),
        ]
      case .dense(let dense):
        [
          NamedParameter(name: "\(dense.name)/kernel", tensor: dense.kernel),
          NamedParameter(name: "\(dense.name)/bias", tensor: dense.bias),
        ]
      case .maxPool2x2, .flatten:
        []
      }
    }
  }

  /// The kernels alone, in file order.
  package var kernels: [NamedParameter] { parameters.filter(\.isKernel) }

  /// Replaces the parameter of a name by another of the same shape.
  package mutating func setParameter(_ name: String, to tensor: Tensor) {
    for index in layers.indices {
      switch layers[index] {
      case .conv2d(var conv) where name == "\(conv.name)/kernel":
        precondition(conv.kernel.shape == tensor.shape, "\(name) keeps its shape.")
        conv.kernel = tensor
        layers[index] = .conv2d(conv)
        return
      case .conv2d(var conv) where name == "\(conv.name)/bias":
        precondition(conv.bias.shape == tensor.shape, "\(name) keeps its shape.")
        conv.bias = tensor
        layers[index] = .conv2d(conv)
        return
      case .dense(var dense) where name == "\(dense.name)/kernel":
        precondition(dense.kernel.shape == tensor.shape, "\(name) keeps its shape.")
        dense.kernel = tensor
        layers[index] = .dense(dense)
        return
      case .dense(var dense) where name == "\(dense.name)/bias":
        precondition(dense.bias.shape == tensor.shape, "\(name) keeps its shape.")
        dense.bias = tensor
        layers[index] = .dense(dense)
        return
      default:
        continue
      }
    }
    preconditionFailure("The network has no parameter \(name).")
  }

  /// The number of trainable values.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

  /// The multiply-accumulate operations of one image, dense arithmetic assumed.
  package var macs: Int {
    var (height, width) = (inputShape[0], inputShape[1])
    var total = 0
    for layer in layers {
      switch layer {
      case .conv2d(let conv):
        height -= conv.kernel.shape[0] - 1
        width -= conv.kernel.shape[1] - 1
        total += height * width * conv.kernel.count
      case .maxPool2x2:
        height /= 2
        width /= 2
      case .flatten:
        break
      case .dense(let dense):
        total += dense.kernel.count
      }
    }
    return total
  }
}
