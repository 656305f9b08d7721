/// What a layer applies to its sums.
package enum Activation: String, Sendable, Equatable, Codable {
  /// The sums as they are; the last dense layer's are the logits.
  case linear
  /// max(0, x).
  case relu
}

/// A two-dimensional convolution without padding and with stride 1.
package struct Conv2D: Sendable, Equatable {
  /// The layer's name in interchange files, such as `conv2d`.
  package let name: String
  /// Weights of shape [height, width, input channels, filters] (Keras' HWIO).
  package var kernel: Tensor
  /// One bias for each filter.
  package var bias: Tensor
  /// What is applied to each sum.
  package let activation: Activation

  /// Makes a convolution from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 4, "A convolution's kernel has four dimensions.")
    precondition(bias.shape == [kernel.shape[3]], "A convolution needs one bias for each filter.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }
}

/// A fully connected layer: output = activation(input × kernel + bias).
package struct Dense: Sendable, Equatable {
  /// The layer's name in interchange files, such as `dense_1`.
  package let name: String
  /// Weights of shape [inputs, outputs].
  package var kernel: Tensor
  /// One bias for each output.
  package var bias: Tensor
  /// What is applied to each sum.
  package let activation: Activation
  /// Whether the bias is a parameter; if not it is zero, and neither stored nor counted.
  package private(set) var hasBias = true

  /// Makes a dense layer from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 2, "A dense layer's kernel has two dimensions.")
    precondition(bias.shape == [kernel.shape[1]], "A dense layer needs one bias for each output.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }

  /// Makes a dense layer that only multiplies: output = input × kernel.
  package init(name: String, product kernel: Tensor) {
    self.init(
      name: name, kernel: kernel, bias: Tensor(zeros: [kernel.shape.last ?? 0]),
      activation: .linear)
    hasBias = false
  }
}

/// One step of a sequential network.
package enum Layer: Sendable, Equatable {
  /// A convolution, with its activation.
  case conv2d(Conv2D)
  /// The maximum of each 2×2 window; an odd last row or column is dropped.
  case maxPool2x2
  /// All values of an image in the order height, width, channel.
  case flatten
  /// A fully connected layer, with its activation.
  case dense(Dense)
  /// A convolution of each channel by itself, with its activation.
  case depthwiseConv2d(DepthwiseConv2D)
  /// A normalization of each channel, with its activation.
  case batchNormalization(BatchNormalization)
}
