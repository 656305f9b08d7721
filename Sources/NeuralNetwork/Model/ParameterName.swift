/// The name of a parameter in interchange files: its layer's name, a slash, and its role in the layer,
/// such as `dense/kernel`.
///
/// A file may hold any text as a name, so every text is a name, though perhaps not of this network.
package struct ParameterName: Hashable, Sendable, CustomStringConvertible {
  /// The whole name.
  package let text: String

  /// The name of a layer's parameter.
  package init(_ layer: String, _ role: ParameterRole) {
    text = "\(layer)/\(role.rawValue)"
  }

  /// The name that a file gives.
  package init(_ text: String) {
    self.text = text
  }

  /// The layer's name: what stands before the last slash.
  package var layer: String { slash.map { String(text[..<$0]) } ?? "" }

  /// The role in the layer: what stands behind the last slash.
  package var role: ParameterRole {
    ParameterRole(rawValue: slash.map { String(text[text.index(after: $0)...]) } ?? text)
  }

  private var slash: String.Index? { text.lastIndex(of: "/") }

  /// The whole name.
  package var description: String { text }
}

extension ParameterName: ExpressibleByStringInterpolation {
  /// The name that a literal spells.
  package init(stringLiteral text: String) {
    self.init(text)
  }
}

/// What a parameter is to its layer.
///
/// A new kind of layer may add roles of its own.
package struct ParameterRole: RawRepresentable, Hashable, Sendable {
  /// The last part of the parameter's name in interchange files.
  package let rawValue: String

  /// Makes a role of that name.
  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The weights that inputs are multiplied by; only kernels are pruned and quantized.
  package static let kernel = ParameterRole(rawValue: "kernel")
  /// What is added to each output channel's sums.
  package static let bias = ParameterRole(rawValue: "bias")
  /// A normalization's factor of each channel.
  package static let gamma = ParameterRole(rawValue: "gamma")
  /// A normalization's summand of each channel.
  package static let beta = ParameterRole(rawValue: "beta")
  /// The mean of each channel, gathered in training.
  package static let movingMean = ParameterRole(rawValue: "moving_mean")
  /// The variance of each channel, gathered in training.
  package static let movingVariance = ParameterRole(rawValue: "moving_variance")
}

/// A parameter tensor with the name that it has in interchange files.
package struct NamedParameter: Sendable, Equatable {
  /// The name, such as `dense/kernel`.
  package let name: ParameterName
  /// The values.
  package var tensor: Tensor

  /// Makes a named parameter.
  package init(name: ParameterName, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }

  /// Whether this is a kernel; only kernels are pruned and quantized.
  package var isKernel: Bool { name.role == .kernel }

  /// Whether this is a moving mean or variance, which is gathered and not trained.
  package var isStatistic: Bool { [.movingMean, .movingVariance].contains(name.role) }
}
