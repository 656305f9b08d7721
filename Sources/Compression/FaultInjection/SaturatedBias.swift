package import NeuralNetwork

extension CompressedNetwork {
  /// The network that a runtime makes of this one, once the grids of the activations are known.
  ///
  /// It differs only by `Fault.saturatedBias`: each bias becomes a whole number of units
  /// input scale · weight scale, which is what sums count in, and is held to the −128 … 127 of 8 bits.
  package func running(_ fault: Fault, grids: ActivationGrids) -> Network {
    guard fault == .saturatedBias else { return network }
    let kernels = affineKernels
    var running = network
    var input = grids[Network.inputSite]
    for layer in network.layers {
      guard let weights = layer.weights else { continue }
      if let kernel = kernels[weights.name], let input {
        let units = weights.bias.elements.indices.map {
          Double(input.scale) * Double(kernel.scale($0))
        }
        running.setParameter(
          ParameterName(weights.name, .bias),
          to: Tensor(
            shape: weights.bias.shape,
            elements: zip(weights.bias.elements, units).map { bias, unit in
              let code = (Double(bias) / unit).rounded(.toNearestOrEven)
              return Float(min(max(code, -128), 127) * unit)
            }))
      }
      input = grids[weights.name]
    }
    return running
  }
}
