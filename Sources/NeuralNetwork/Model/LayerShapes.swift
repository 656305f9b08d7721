extension Network {
  /// The shape of what each layer gives for one image, in the order of the layers.
  ///
  /// An image is [height, width, channels], a flat one [values]. Layers that do not fit together are
  /// a programmer's mistake.
  package var outputShapes: [[Int]] {
    var shape = inputShape
    return layers.map { layer in
      shape = layer.outputShape(for: shape)
      return shape
    }
  }

  /// The number of values that the last layer gives.
  package var outputCount: Int { (outputShapes.last ?? inputShape).reduce(1, *) }
}

extension Layer {
  /// The shape of this layer's output for an input of the given shape.
  package func outputShape(for input: [Int]) -> [Int] {
    switch self {
    case .conv2d(let conv):
      precondition(
        input.count == 3 && input[2] == conv.kernel.shape[2],
        "\(conv.name) needs an image of \(conv.kernel.shape[2]) channels, not \(input).")
      let height = input[0] - conv.kernel.shape[0] + 1
      let width = input[1] - conv.kernel.shape[1] + 1
      precondition(height > 0 && width > 0, "\(conv.name)'s kernel is larger than \(input).")
      return [height, width, conv.kernel.shape[3]]
    case .depthwiseConv2d(let conv):
      precondition(
        input.count == 3 && input[2] == conv.kernel.shape[2],
        "\(conv.name) needs an image of \(conv.kernel.shape[2]) channels, not \(input).")
      let height = input[0] - conv.kernel.shape[0] + 1
      let width = input[1] - conv.kernel.shape[1] + 1
      precondition(height > 0 && width > 0, "\(conv.name)'s kernel is larger than \(input).")
      return [height, width, input[2]]
    case .batchNormalization(let norm):
      precondition(
        input.last == norm.gamma.count, "\(norm.name) needs \(norm.gamma.count) channels.")
      return input
    case .maxPool2x2:
      precondition(input.count == 3, "Pooling needs an image, not \(input).")
      return [input[0] / 2, input[1] / 2, input[2]]
    case .flatten:
      return [input.reduce(1, *)]
    case .dense(let dense):
      precondition(
        input == [dense.kernel.shape[0]],
        "\(dense.name) needs \(dense.kernel.shape[0]) inputs, not \(input).")
      return [dense.kernel.shape[1]]
    }
  }
}
