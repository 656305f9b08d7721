extension Layer {
  /// The layer's parameters in file order.
  package var parameters: [NamedParameter] {
    switch self {
    case .conv2d(let conv):
      Self.named(conv.name, [("kernel", conv.kernel), ("bias", conv.bias)])
    case .depthwiseConv2d(let conv):
      Self.named(conv.name, [("kernel", conv.kernel), ("bias", conv.bias)])
    case .dense(let dense):
      Self.named(
        dense.name, [("kernel", dense.kernel)] + (dense.hasBias ? [("bias", dense.bias)] : []))
    case .batchNormalization(let norm):
      Self.named(
        norm.name,
        [
          ("gamma", norm.gamma), ("beta", norm.beta), ("moving_mean", norm.mean),
          ("moving_variance", norm.variance),
        ])
    case .maxPool2x2, .flatten:
      []
    }
  }

  /// Replaces the parameter of a name, if the layer has it, by another of the same shape.
  mutating func setParameter(_ name: String, to tensor: Tensor) -> Bool {
    switch self {
    case .conv2d(var conv):
      guard
        Self.set(name, to: tensor, in: &conv, conv.name, [("kernel", \.kernel), ("bias", \.bias)])
      else { return false }
      self = .conv2d(conv)
    case .depthwiseConv2d(var conv):
      guard
        Self.set(name, to: tensor, in: &conv, conv.name, [("kernel", \.kernel), ("bias", \.bias)])
      else { return false }
      self = .depthwiseConv2d(conv)
    case .dense(var dense):
      guard
        Self.set(
          name, to: tensor, in: &dense, dense.name, [("kernel", \.kernel), ("bias", \.bias)])
      else { return false }
      self = .dense(dense)
    case .batchNormalization(var norm):
      guard
        Self.set(
          name, to: tensor, in: &norm, norm.name,
          [
            ("gamma", \.gamma), ("beta", \.beta), ("moving_mean", \.mean),
            ("moving_variance", \.variance),
          ])
      else { return false }
      self = .batchNormalization(norm)
    case .maxPool2x2, .flatten:
      return false
    }
    return true
  }

  private static func named(_ layer: String, _ tensors: [(String, Tensor)]) -> [NamedParameter] {
    tensors.map { NamedParameter(name: "\(layer)/\($0.0)", tensor: $0.1) }
  }

  private static func set<Value>(
    _ name: String, to tensor: Tensor, in value: inout Value, _ layer: String,
    _ fields: [(String, WritableKeyPath<Value, Tensor>)]
  ) -> Bool {
    for (field, path) in fields where name == "\(layer)/\(field)" {
      precondition(value[keyPath: path].shape == tensor.shape, "\(name) keeps its shape.")
      value[keyPath: path] = tensor
      return true
    }
    return false
  }
}
