/// The normalization of each channel by its mean and variance (Ioffe and Szegedy 2015).
///
/// output = activation(gamma · (input − mean) / √(variance + epsilon) + beta). In training mean and
/// variance are those of the batch; elsewhere the moving averages that training left.
package struct BatchNormalization: NetworkLayer {
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

  package var parameterPaths: [(role: ParameterRole, path: WritableKeyPath<Self, Tensor>)] {
    [
      (.gamma, \.gamma), (.beta, \.beta), (.movingMean, \.mean), (.movingVariance, \.variance),
    ]
  }

  package func outputShape(for inputs: [[Int]]) -> [Int] {
    precondition(inputs[0].last == gamma.count, "\(name) needs \(gamma.count) channels.")
    return inputs[0]
  }

  /// One for each value, though the layer vanishes when it is folded.
  package func macs(for inputs: [[Int]]) -> Int { inputs[0].reduce(1, *) }

  /// The layer before with its weights and biases scaled channel by channel.
  ///
  /// With f = gamma / √(variance + epsilon) of an output channel, w' = w · f and
  /// b' = b · f + beta − mean · f. The layer before must be linear and have weights; another one is a
  /// programmer's mistake.
  package func folded(into previous: any NetworkLayer) -> (any NetworkLayer)? {
    guard var layer = previous.weights, layer.activation == .linear else {
      preconditionFailure("\(name) follows a linear layer with weights.")
    }
    let factors = gamma.elements.indices.map {
      gamma.elements[$0] / (variance.elements[$0] + Self.epsilon).squareRoot()
    }
    let summands = factors.indices.map { beta.elements[$0] - mean.elements[$0] * factors[$0] }
    layer.kernel = Tensor(
      shape: layer.kernel.shape,
      elements: layer.kernel.elements.enumerated().map { $1 * factors[$0 % factors.count] })
    layer.bias = Tensor(
      shape: layer.bias.shape,
      elements: layer.bias.elements.enumerated().map { $1 * factors[$0] + summands[$0] })
    layer.activation = activation
    return layer
  }

  package func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    let (gamma, beta) = (call[.gamma], call[.beta])
    let (mean, variance) = (call[.movingMean], call[.movingVariance])
    return activation.applied(
      to: call.input.enumerated().map { index, value in
        let channel = index % gamma.count
        let deviation = (variance[channel] + Scalar(Self.epsilon)).squareRoot()
        return gamma[channel] * (value - mean[channel]) / deviation + beta[channel]
      })
  }

  package func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    preconditionFailure("A normalization is trained on batches, not on single images.")
  }

  package func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    preconditionFailure("Normalizations are folded before a network runs.")
  }

  package func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    NormalizationStage(self, values: values)
  }
}
