package import NeuralNetwork

/// A network after pruning and rounding its weights, in both views: what runs and what is stored.
package struct CompressedNetwork: Sendable {
  /// The network that runs: its kernels hold the weights that the codes stand for.
  package let network: Network
  /// The network just before its weights were rounded: pruned and fine-tuned as the recipe says.
  package let unrounded: Network
  /// What a file stores, in file order: codes where kernels are rounded, floats elsewhere.
  package let tensors: [StoredTensor]
  /// What happened to each kernel, in file order.
  package let kernels: [KernelReport]

  /// The share of the kernels' weights that are exactly zero.
  package var sparsity: Double {
    let count = kernels.reduce(0) { $0 + $1.count }
    return count == 0 ? 0 : Double(kernels.reduce(0) { $0 + $1.zeroCount }) / Double(count)
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
    package let zeroCount: Int
    /// Decibels of the pruned kernel's energy over the rounding error's; infinite for float.
    package let signalToNoise: Double

    /// The number of weights.
    package var count: Int { shape.reduce(1, *) }
    /// The share of weights that are exactly zero.
    package var sparsity: Double { count == 0 ? 0 : Double(zeroCount) / Double(count) }
  }
}
