extension Network {
  /// The site of the values that the network is given.
  package static let inputSite = "input"

  /// For each layer, the site that its output is, or nil.
  ///
  /// A layer with ReLU is a site; if a pooling follows it, the pooling's output is that site instead.
  package var activationSites: [String?] {
    var sites = [String?](repeating: nil, count: layers.count)
    for (index, layer) in layers.enumerated() {
      switch layer {
      case .conv2d, .depthwiseConv2d, .dense:
        guard let weights = layer.weights, weights.activation == .relu else { continue }
        let isPooled = index + 1 < layers.count && layers[index + 1] == .maxPool2x2
        sites[isPooled ? index + 1 : index] = weights.name
      case .maxPool2x2, .flatten, .batchNormalization:
        continue
      }
    }
    return sites
  }
}
