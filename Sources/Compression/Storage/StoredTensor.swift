package import NeuralNetwork

/// One tensor as a file stores it.
package struct StoredTensor: Sendable, Equatable {
  /// The name, such as `dense/kernel`.
  package let name: ParameterName
  /// The values.
  package let values: Values

  /// Floats, or codes with their scales.
  package enum Values: Sendable, Equatable {
    /// 32-bit floats.
    case float(Tensor)
    /// Integer codes.
    case quantized(QuantizedTensor)
    /// Indices into lists of values.
    case codebook(CodebookTensor)
  }

  /// Makes a stored tensor.
  package init(name: ParameterName, values: Values) {
    self.name = name
    self.values = values
  }

  /// The weights that the stored values stand for.
  package var tensor: Tensor {
    switch values {
    case .float(let tensor): tensor
    case .quantized(let quantized): quantized.dequantized
    case .codebook(let codebook): codebook.dequantized
    }
  }

  /// Whether the values are floats.
  package var isFloat: Bool {
    if case .float = values { return true }
    return false
  }

  /// The width of a weight: 32 for float.
  package var bits: Int {
    switch values {
    case .float: 32
    case .quantized(let quantized): quantized.layout.bits
    case .codebook(let codebook): codebook.bits
    }
  }

  /// The same tensor with zeros wherever another of its shape has them.
  ///
  /// A codebook without zero gets its value of least magnitude replaced by zero.
  func keepingZeros(of pruned: Tensor) -> StoredTensor {
    switch values {
    case .float: StoredTensor(name: name, values: .float(pruned))
    case .quantized(let quantized):
      StoredTensor(name: name, values: .quantized(quantized.keepingZeros(of: pruned)))
    case .codebook(let codebook):
      StoredTensor(name: name, values: .codebook(codebook.keepingZeros(of: pruned)))
    }
  }
}
