import Compression
package import NeuralNetwork

/// How a kernel's weights are distributed, and the values that rounding leaves of them.
package struct WeightHistogram: Sendable, Hashable {
  /// The kernel's name, such as `dense/kernel`.
  package let name: String
  /// The number of weights in each bin, from the least to the greatest value.
  package let counts: [Int]
  /// The values at the left end of the first bin and the right end of the last.
  package let range: ClosedRange<Double>
  /// The values that the codes of the grid stand for; empty when nothing is rounded.
  package let levels: [Double]
  /// The values between which the grid lies; weights outside are clipped.
  package let clipping: ClosedRange<Double>?

  /// The bins of a histogram.
  package static let bins = 160

  /// The histogram of a kernel's weights before rounding, with the grid of its codes.
  ///
  /// With more than one scale the grid shown is the widest: the one with the largest scale.
  init(of kernel: Tensor, name: String, stored: StoredTensor) {
    self.name = name
    let greatest = kernel.elements.reduce(into: Float(0)) { $0 = max($0, abs($1)) }
    let reach = greatest > 0 ? Double(greatest) : 1
    range = -reach...reach
    var counts = [Int](repeating: 0, count: Self.bins)
    let perUnit = Float(Double(Self.bins) / (2 * reach))
    for value in kernel.elements {
      let bin = Int((value + Float(reach)) * perUnit)
      counts[min(max(bin, 0), Self.bins - 1)] += 1
    }
    self.counts = counts
    guard case .quantized(let quantized) = stored.values,
      let widest = quantized.scales.indices.max(by: {
        quantized.scales[$0] < quantized.scales[$1]
      })
    else {
      levels = []
      clipping = nil
      return
    }
    let layout = quantized.layout
    let scale = Double(quantized.scales[widest])
    let zeroPoint =
      quantized.zeroPoints.isEmpty ? 0 : Double(quantized.zeroPoints[widest])
    let codes =
      layout.bits == 1 && layout.scheme == .symmetric
      ? [-1, 1]
      : Array(stride(from: Int(layout.leastCode), through: Int(layout.greatestCode), by: 1))
    let values = codes.map { (Double($0) - zeroPoint) * scale }
    // A grid of thousands of levels is a line; its ends say enough.
    levels = values.count <= 512 ? values : []
    clipping = (values.first ?? -reach)...(values.last ?? reach)
  }

  /// The histograms of all kernels of a variant.
  ///
  /// The weights are those that rounding meets: pruned, but not yet rounded. Zeros that pruning made
  /// are left out, because their number would hide all others; the layer table counts them.
  package static func all(for variant: PreparedVariant, of network: Sequential) -> [WeightHistogram]
  {
    let pruned = Pruner.prune(network, variant.recipe.prune)
    return pruned.kernels.compactMap { kernel in
      guard let stored = variant.compressed.tensors.first(where: { $0.name == kernel.name }) else {
        return nil
      }
      let remaining = kernel.tensor.elements.filter { $0 != 0 }
      return WeightHistogram(
        of: Tensor(shape: [remaining.count], elements: remaining), name: kernel.name,
        stored: stored)
    }
  }
}
