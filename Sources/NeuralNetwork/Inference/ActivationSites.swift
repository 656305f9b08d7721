extension Sequential {
  /// The site of the values that the network is given.
  package static let inputSite = "input"

  /// For each layer, the site that its output is, or nil.
  ///
  /// A layer with ReLU is a site; if a pooling follows it, the pooling's output is that site instead.
  package var activationSites: [String?] {
    var sites = [String?](repeating: nil, count: layers.count)
    for (index, layer) in layers.enumerated() {
      switch layer {
      case .conv2d(let conv) where conv.activation == .relu:
        if index + 1 < layers.count, layers[index + 1] == .maxPool2x2 {
          sites[index + 1] = conv.name
        } else {
          sites[index] = conv.name
        }
      case .dense(let dense) where dense.activation == .relu:
        sites[index] = dense.name
      default:
        continue
      }
    }
    return sites
  }
}
