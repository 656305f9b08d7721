package import NeuralNetwork

extension AffineKernel {
  /// The codes of a tensor; nil if they have more than 8 bits, or scales of groups.
  package init?(_ quantized: QuantizedTensor) {
    let layout = quantized.layout
    guard layout.bits <= 8,
      quantized.scales.count == 1 || quantized.scales.count == layout.columns
    else { return nil }
    self.init(codes: quantized.codes, scales: quantized.scales, zeroPoints: quantized.zeroPoints)
  }
}

extension CompressedNetwork {
  /// The kernels that are codes of at most 8 bits with a scale for a tensor or channel, by layer.
  package var affineKernels: [String: AffineKernel] {
    var kernels: [String: AffineKernel] = [:]
    for kernel in tensors where kernel.name.role == .kernel {
      guard case .quantized(let quantized) = kernel.values else { continue }
      kernels[kernel.name.layer] = AffineKernel(quantized)
    }
    return kernels
  }
}
