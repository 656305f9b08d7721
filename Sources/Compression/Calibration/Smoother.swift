import Foundation
import NeuralNetwork

/// Moves range from activations to weights without changing what the network computes.
///
/// SmoothQuant (Xiao et al. 2022): input channel j of a layer is divided by
/// s_j = max|X_j|^α / max|W_j|^(1−α), and the weights that meet it are multiplied by s_j. The division
/// goes into the layer before, which ReLU and pooling let through. All places of a convolution's
/// filter share one factor, since they share its weights. The network's own input is left alone.
enum Smoother {
  /// The smoothed network.
  ///
  /// - Parameter inputs: what the network's kernels are multiplied with.
  static func smooth(
    _ network: Network, alpha: Double, inputs: LayerInputs
  ) -> Network {
    var smoothed = network
    let kernels = network.kernels
    for index in 1..<kernels.count {
      let kernel = kernels[index].tensor
      let before = kernels[index - 1]
      let channels = before.tensor.shape.last ?? 1
      let greatest = inputs.greatest(ofKernel: index)
      let outputs = kernel.shape.last ?? 1
      var (seen, weight) = (
        [Float](repeating: 0, count: channels), [Float](repeating: 0, count: channels)
      )
      for (input, value) in greatest.enumerated() {
        seen[input % channels] = max(seen[input % channels], value)
      }
      for (place, value) in kernel.elements.enumerated() {
        let channel = place / outputs % channels
        weight[channel] = max(weight[channel], value.magnitude)
      }
      let factors = zip(seen, weight).map { seen, weight -> Float in
        // A channel that is never active, or that nothing listens to, needs no smoothing.
        guard seen > 0, weight > 0 else { return 1 }
        return power(seen, alpha) / power(weight, 1 - alpha)
      }
      scale(&smoothed, before: index, by: factors)
    }
    return smoothed
  }

  private static func scale(_ network: inout Network, before index: Int, by factors: [Float]) {
    let channels = factors.count
    let kernels = network.kernels
    let (before, after) = (kernels[index - 1], kernels[index])
    network.setParameter(
      before.name,
      to: Tensor(
        shape: before.tensor.shape,
        elements: before.tensor.elements.enumerated().map { $1 / factors[$0 % channels] }))
    let biasName = ParameterName(before.name.layer, .bias)
    if let bias = network.parameters.first(where: { $0.name == biasName }) {
      network.setParameter(
        bias.name,
        to: Tensor(
          shape: bias.tensor.shape, elements: zip(bias.tensor.elements, factors).map { $0 / $1 }))
    }
    let outputs = after.tensor.shape.last ?? 1
    network.setParameter(
      after.name,
      to: Tensor(
        shape: after.tensor.shape,
        elements: after.tensor.elements.enumerated().map {
          $1 * factors[$0 / outputs % channels]
        }))
  }

  private static func power(_ base: Float, _ exponent: Double) -> Float {
    Float(pow(Double(base), exponent))
  }
}
