import NeuralNetwork

/// Plants outliers in a network before anything else happens to it.
enum Outliers {
  /// The network with a recipe's outliers.
  ///
  /// Both need the baseline CNN's layers (see `Recipe.checkSupport`).
  static func plant(in network: Network, _ injection: FaultInjection) -> Network {
    var changed = network
    if injection.weightOutlier > 1 {
      enlargeWeight(of: &changed, by: Float(injection.weightOutlier))
    }
    if injection.activationOutlier > 1 {
      enlargeChannel(of: &changed, by: Float(injection.activationOutlier))
    }
    return changed
  }

  /// Multiplies the most negative weight of the first dense layer.
  ///
  /// Its inputs are never negative, so that a more negative weight can only push its unit down to
  /// zero: what the network loses is that one unit on some images, whatever the factor.
  private static func enlargeWeight(of network: inout Network, by factor: Float) {
    guard let kernel = network.firstDenseKernel else { return }
    var tensor = kernel.tensor
    let elements = tensor.elements
    guard let place = elements.indices.min(by: { elements[$0] < elements[$1] }) else { return }
    tensor.elements[place] *= factor
    network.setParameter(kernel.name, to: tensor)
  }

  /// Multiplies the filter that can give the greatest output for pixels of 0 … 1, bias + Σ max(w, 0),
  /// and its bias, and divides the weights that read it.
  ///
  /// ReLU and pooling let a positive factor through, so that the network computes the same but for the
  /// rounding of floats; factors that are powers of two change no bit of an image's logits.
  private static func enlargeChannel(of network: inout Network, by factor: Float) {
    guard let filters = network.kernels.first, let dense = network.firstDenseKernel,
      let channels = filters.tensor.shape.last
    else { return }
    let biasName = ParameterName(filters.name.layer, .bias)
    let bias = network.parameters.first { $0.name == biasName }
    var kernel = filters.tensor
    let reaches = (0..<channels).map { channel in
      stride(from: channel, to: kernel.count, by: channels)
        .reduce(bias?.tensor.elements[channel] ?? 0) { $0 + max(kernel.elements[$1], 0) }
    }
    guard let channel = reaches.indices.max(by: { reaches[$0] < reaches[$1] }) else { return }
    for place in stride(from: channel, to: kernel.count, by: channels) {
      kernel.elements[place] *= factor
    }
    network.setParameter(filters.name, to: kernel)
    if let bias {
      var tensor = bias.tensor
      tensor.elements[channel] *= factor
      network.setParameter(bias.name, to: tensor)
    }
    var readers = dense.tensor
    let outputs = readers.shape.last ?? 1
    // Values are flattened in the order height, width, channel.
    for row in stride(from: channel, to: readers.count / outputs, by: channels) {
      for place in row * outputs..<(row + 1) * outputs { readers.elements[place] /= factor }
    }
    network.setParameter(dense.name, to: readers)
  }
}

extension Network {
  /// The kernel that reads the flattened image, a factor of it if it was factorised.
  var firstDenseKernel: NamedParameter? {
    kernels.first { $0.tensor.shape.count == 2 }
  }
}
