extension Reference {
  /// A batch normalized channel by channel (Ioffe and Szegedy 2015).
  ///
  /// output = gamma · x̂ + beta with x̂ = (input − mean) / √(variance + epsilon), mean and biased
  /// variance over all rows.
  ///
  /// - Parameter input: [rows, channels]; a row is a place of an image of the batch.
  /// - Returns: The output, x̂, and the mean and variance of each channel.
  package static func batchNormalizationForward<Scalar: BinaryFloatingPoint>(
    input: [Scalar], gamma: [Scalar], beta: [Scalar], epsilon: Scalar
  ) -> (output: [Scalar], normalized: [Scalar], mean: [Scalar], variance: [Scalar]) {
    let channels = gamma.count
    let rows = Scalar(input.count / channels)
    var mean = [Scalar](repeating: 0, count: channels)
    for (index, value) in input.enumerated() { mean[index % channels] += value / rows }
    var variance = [Scalar](repeating: 0, count: channels)
    for (index, value) in input.enumerated() {
      let difference = value - mean[index % channels]
      variance[index % channels] += difference * difference / rows
    }
    let normalized = input.enumerated().map { index, value in
      (value - mean[index % channels]) / (variance[index % channels] + epsilon).squareRoot()
    }
    let output = normalized.enumerated().map { index, value in
      gamma[index % channels] * value + beta[index % channels]
    }
    return (output, normalized, mean, variance)
  }

  /// The gradients of `batchNormalizationForward` by its input, gamma and beta.
  ///
  /// With n rows: dInput = gamma / √(variance + epsilon) · (dOutput − Σ dOutput / n − x̂ · Σ (dOutput ·
  /// x̂) / n), the sums over a channel's rows.
  package static func batchNormalizationBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], normalized: [Scalar], variance: [Scalar], gamma: [Scalar], epsilon: Scalar
  ) -> (dInput: [Scalar], dGamma: [Scalar], dBeta: [Scalar]) {
    let channels = gamma.count
    let rows = Scalar(dOutput.count / channels)
    var dGamma = [Scalar](repeating: 0, count: channels)
    var dBeta = dGamma
    for (index, gradient) in dOutput.enumerated() {
      dGamma[index % channels] += gradient * normalized[index]
      dBeta[index % channels] += gradient
    }
    let dInput = dOutput.enumerated().map { index, gradient in
      let channel = index % channels
      return gamma[channel] / (variance[channel] + epsilon).squareRoot()
        * (gradient - dBeta[channel] / rows - normalized[index] * dGamma[channel] / rows)
    }
    return (dInput, dGamma, dBeta)
  }
}
