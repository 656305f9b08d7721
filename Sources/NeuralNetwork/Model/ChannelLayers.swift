/// A convolution of each channel with a filter of its own, without padding and with stride 1.
///
/// Howard et al. 2017, "MobileNets"; Keras' `DepthwiseConv2D` with a depth multiplier of 1.
package struct DepthwiseConv2D: Sendable, Equatable {
  /// The layer's name in interchange files, such as `depthwise_conv2d`.
  package let name: String
  /// Weights of shape [height, width, channels]; Keras writes a fourth dimension of 1.
  package var kernel: Tensor
  /// One bias for each channel.
  package var bias: Tensor
  /// What is applied to each sum.
  package let activation: Activation

  /// Makes a depthwise convolution from its parameters.
  package init(name: String, kernel: Tensor, bias: Tensor, activation: Activation) {
    precondition(kernel.shape.count == 3, "A depthwise kernel has three dimensions.")
    precondition(bias.shape == [kernel.shape[2]], "A depthwise layer needs a bias a channel.")
    self.name = name
    self.kernel = kernel
    self.bias = bias
    self.activation = activation
  }
}

/// The normalization of each channel by its mean and variance (Ioffe and Szegedy 2015).
///
/// output = activation(gamma · (input − mean) / √(variance + epsilon) + beta). In training mean and
/// variance are those of the batch; elsewhere the moving averages that training left.
package struct BatchNormalization: Sendable, Equatable {
  /// The layer's name in interchange files, such as `batch_normalization`.
  package let name: String
  /// The factor of each channel.
  package var gamma: Tensor
  /// The summand of each channel.
  package var beta: Tensor
  /// The moving mean of each channel.
  package var mean: Tensor
  /// The moving variance of each channel, biased (divided by the count).
  package var variance: Tensor
  /// What is applied to each normalized value.
  package let activation: Activation

  /// What keeps the divisor from zero; the value of Keras.
  package static let epsilon: Float = 0.001
  /// How much of a moving average stays at each training step.
  package static let momentum: Float = 0.9

  /// Makes a normalization that has seen nothing: gamma and variance 1, beta and mean 0.
  package init(name: String, channels: Int, activation: Activation) {
    self.name = name
    self.activation = activation
    let ones = Tensor(shape: [channels], elements: [Float](repeating: 1, count: channels))
    (gamma, variance) = (ones, ones)
    (beta, mean) = (Tensor(zeros: [channels]), Tensor(zeros: [channels]))
  }

  /// The factor and summand of each channel that the layer amounts to outside training.
  package var affine: (factors: [Float], summands: [Float]) {
    let factors = gamma.elements.indices.map {
      gamma.elements[$0] / (variance.elements[$0] + Self.epsilon).squareRoot()
    }
    let summands = factors.indices.map { beta.elements[$0] - mean.elements[$0] * factors[$0] }
    return (factors, summands)
  }
}
