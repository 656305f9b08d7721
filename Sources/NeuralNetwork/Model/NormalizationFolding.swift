extension Network {
  /// Whether a normalization stands in the network.
  package var hasBatchNormalization: Bool {
    layers.contains { if case .batchNormalization = $0 { true } else { false } }
  }

  /// The same network with every normalization folded into the layer before it.
  ///
  /// With the normalization's factor f and summand s of an output channel, w' = w · f and
  /// b' = b · f + s: outside training the network computes the same but for float rounding. Quantizers
  /// must see these weights, since they are what runs (Jacob et al. 2018, section 3.2; Krishnamoorthi
  /// 2018). A normalization that follows no linear layer with weights is a programmer's mistake.
  package var foldingBatchNormalization: Network {
    var folded: [Layer] = []
    for layer in layers {
      guard case .batchNormalization(let norm) = layer else {
        folded.append(layer)
        continue
      }
      guard let weights = folded.last?.weights, weights.activation == .linear else {
        preconditionFailure("\(norm.name) follows a linear layer with weights.")
      }
      let (factors, summands) = norm.affine
      let channels = factors.count
      let kernel = Tensor(
        shape: weights.kernel.shape,
        elements: weights.kernel.elements.enumerated().map { $1 * factors[$0 % channels] })
      let bias = Tensor(
        shape: weights.bias.shape,
        elements: weights.bias.elements.enumerated().map { $1 * factors[$0] + summands[$0] })
      let isDepthwise = folded.last?.isDepthwise ?? false
      folded[folded.count - 1] =
        if isDepthwise {
          .depthwiseConv2d(
            DepthwiseConv2D(
              name: weights.name, kernel: kernel, bias: bias, activation: norm.activation))
        } else if kernel.shape.count == 4 {
          .conv2d(
            Conv2D(name: weights.name, kernel: kernel, bias: bias, activation: norm.activation))
        } else {
          .dense(Dense(name: weights.name, kernel: kernel, bias: bias, activation: norm.activation))
        }
    }
    return Network(inputShape: inputShape, layers: folded)
  }
}
