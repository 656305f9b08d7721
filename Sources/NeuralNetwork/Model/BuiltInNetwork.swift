/// The networks that are trained and measured by name.
package enum BuiltInNetwork: String, Sendable, CaseIterable {
  /// The network that the tutor is about (see `BaselineCNN`).
  case baseline
  /// A smaller one with normalizations and a depthwise convolution (see `DepthwiseNetwork`).
  case depthwise

  /// An untrained network whose weights depend on the seed alone.
  package func make(seed: UInt64) -> Network {
    switch self {
    case .baseline: BaselineCNN.make(seed: seed)
    case .depthwise: DepthwiseNetwork.make(seed: seed)
    }
  }

  /// The names of the layers with kernels, in order.
  package var layerNames: [String] {
    switch self {
    case .baseline: BaselineCNN.layerNames
    case .depthwise: DepthwiseNetwork.layerNames
    }
  }

  /// The name of the file that holds its weights.
  package var fileName: String { "\(rawValue).safetensors" }
}
