package import NeuralNetwork

/// A network after pruning and rounding its weights, in both views: what runs and what is stored.
package struct CompressedNetwork: Sendable {
  /// The network that runs: its kernels hold the weights that the codes stand for.
  package let network: Sequential
  /// What a file stores, in file order: codes where kernels are rounded, floats elsewhere.
  package let tensors: [StoredTensor]
  /// What happened to each kernel, in file order.
  package let kernels: [KernelReport]

  /// The share of the kernels' weights that are exactly zero.
  package var sparsity: Double {
    let count = kernels.reduce(0) { $0 + $1.count }
    return count == 0 ? 0 : Double(kernels.reduce(0) { $0 + $1.zeros }) / Double(count)
  }

  /// What pruning and rounding did to a kernel.
  package struct KernelReport: Sendable, Hashable {
    /// The name, such as `dense/kernel`.
    package let name: String
    /// The shape after pruning.
    package let shape: [Int]
    /// The width of a weight: 32 for float.
    package let bits: Int
    /// How many weights are exactly zero.
    package let zeros: Int
    /// Decibels of the pruned kernel's energy over the rounding error's; infinite for float.
    package let signalToNoise: Double

    /// The number of weights.
    package var count: Int { shape.reduce(1, *) }
    /// The share of weights that are exactly zero.
    package var sparsity: Double { count == 0 ? 0 : Double(zeros) / Double(count) }
  }
}

/// Applies a recipe to a network's weights.
package enum Compressor {
  /// Prunes, then rounds what is left.
  ///
  /// Activations are not part of it: they are rounded while the network runs, on grids that
  /// `ActivationCalibrator` finds.
  package static func compress(
    _ network: Sequential, _ recipe: Recipe
  ) throws(RecipeError) -> CompressedNetwork {
    try recipe.checkCombination()
    return quantize(Pruner.prune(network, recipe.prune), recipe.weights)
  }

  /// Rounds the kernels of a network that may have been pruned.
  package static func quantize(
    _ network: Sequential, _ options: WeightQuantization
  ) -> CompressedNetwork {
    var rounded = network
    var tensors: [StoredTensor] = []
    var reports: [CompressedNetwork.KernelReport] = []
    for parameter in network.parameters {
      guard parameter.isKernel else {
        tensors.append(StoredTensor(name: parameter.name, values: .float(parameter.tensor)))
        continue
      }
      let layer = String(parameter.name.dropLast("/kernel".count))
      if options.bits < 32, options.layers.contains(layer) {
        let quantized = WeightQuantizer.quantize(parameter.tensor, options)
        rounded.setParameter(parameter.name, to: quantized.dequantized)
        tensors.append(StoredTensor(name: parameter.name, values: .quantized(quantized)))
        reports.append(
          CompressedNetwork.KernelReport(
            name: parameter.name, shape: parameter.tensor.shape, bits: options.bits,
            zeros: quantized.zeros,
            signalToNoise: QuantizationError.signalToNoise(
              of: parameter.tensor, rounded: quantized.dequantized)))
      } else {
        tensors.append(StoredTensor(name: parameter.name, values: .float(parameter.tensor)))
        reports.append(
          CompressedNetwork.KernelReport(
            name: parameter.name, shape: parameter.tensor.shape, bits: 32,
            zeros: parameter.tensor.zeros, signalToNoise: .infinity))
      }
    }
    return CompressedNetwork(network: rounded, tensors: tensors, kernels: reports)
  }
}
