import NeuralNetwork

/// Mistakes of the step that turns a tuned network into the one that is shipped.
///
/// Calibration comes after that step, so that it sees the mistake too, as it does where a converted
/// network is calibrated.
enum ConversionFault {
  /// What the weights are rounded from.
  static func beforeRounding(_ network: Network, _ fault: Fault) -> Network {
    fault == .channelFirstFlatten ? readingChannelsFirst(network) : network
  }

  /// What a file stores of a tensor.
  static func afterRounding(_ stored: StoredTensor, _ fault: Fault) -> StoredTensor {
    switch (fault, stored.values) {
    case (.shiftedZeroPoint, .quantized(let quantized)) where !quantized.zeroPoints.isEmpty:
      StoredTensor(name: stored.name, values: .quantized(shiftingZeroPoints(of: quantized)))
    case (.int8Bias, .float(let tensor)) where stored.name.role == .bias:
      StoredTensor(name: stored.name, values: .float(roundingToBytes(tensor)))
    default: stored
    }
  }

  /// The first dense kernel with its rows where a flatten in the order channel, height, width would
  /// need them, while the network goes on flattening in the order height, width, channel.
  ///
  /// Row r of the kernel in use is the row that was learnt for channel r / (H·W) at place r mod (H·W).
  private static func readingChannelsFirst(_ network: Network) -> Network {
    guard let kernel = network.firstDenseKernel,
      let channels = network.kernels.first?.tensor.shape.last,
      kernel.tensor.shape[0] % channels == 0
    else { return network }
    let (rows, outputs) = (kernel.tensor.shape[0], kernel.tensor.shape[1])
    let places = rows / channels
    var elements: [Float] = []
    elements.reserveCapacity(kernel.tensor.count)
    for row in 0..<rows {
      let source = row % places * channels + row / places
      elements += kernel.tensor.elements[source * outputs..<(source + 1) * outputs]
    }
    var changed = network
    changed.setParameter(
      kernel.name, to: Tensor(shape: kernel.tensor.shape, elements: elements))
    return changed
  }

  /// The same codes with zero points one greater, or one less where there is none greater.
  private static func shiftingZeroPoints(of quantized: QuantizedTensor) -> QuantizedTensor {
    let greatest = quantized.layout.qmax
    return QuantizedTensor(
      layout: quantized.layout, codes: quantized.codes, scales: quantized.scales,
      zeroPoints: quantized.zeroPoints.map { $0 < greatest ? $0 + 1 : $0 - 1 })
  }

  /// Biases on a symmetric grid of 8 bits: scale = max|b| / 127.
  private static func roundingToBytes(_ bias: Tensor) -> Tensor {
    let scale = (bias.elements.map(\.magnitude).max() ?? 0) / 127
    guard scale.isNormal else { return bias }
    return Tensor(
      shape: bias.shape,
      elements: bias.elements.map { ($0 / scale).rounded(.toNearestOrEven) * scale })
  }
}
