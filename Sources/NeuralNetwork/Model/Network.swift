/// A network: layers in the order in which they run.
///
/// A layer reads the one before it unless it names others (see `LayerInput`), so a chain is a list of
/// layers, and a residual addition is a layer that names a second input. A value: compressing a network
/// makes another one and leaves the first untouched.
package struct Network: Sendable {
  /// The shape of one input image: [height, width, channels].
  package let inputShape: [Int]

  /// The layers in order.
  package var layers: [any NetworkLayer]

  /// Makes a network of the given layers.
  package init(inputShape: [Int], layers: [any NetworkLayer]) {
    precondition(inputShape.count == 3, "An input image has height, width and channels.")
    self.inputShape = inputShape
    self.layers = layers
  }
}

extension Network: Equatable {
  /// Whether both have the same layers with the same parameters.
  package static func == (first: Network, second: Network) -> Bool {
    first.inputShape == second.inputShape && first.layers.count == second.layers.count
      && zip(first.layers, second.layers).allSatisfy { $0.isEqual(to: $1) }
  }
}

extension Network {
  /// For each layer the places of its inputs: 0 is the image, i + 1 the output of layer i.
  ///
  /// An input that no layer before it gives is a programmer's mistake.
  package var sources: [[Int]] {
    layers.enumerated().map { index, layer in
      layer.inputs.map { input in
        switch input {
        case .previous: return index
        case .image: return 0
        case .output(let name):
          guard let source = layers[..<index].lastIndex(where: { $0.name == name }) else {
            preconditionFailure("\(layer.name) reads \(name), which is no layer before it.")
          }
          return source + 1
        }
      }
    }
  }

  /// For each layer the shapes of its inputs and of its output for one image.
  var shapes: [(inputs: [[Int]], output: [Int])] {
    var known = [inputShape]
    return zip(layers, sources).map { layer, sources in
      let inputs = sources.map { known[$0] }
      known.append(layer.outputShape(for: inputs))
      return (inputs, known[known.count - 1])
    }
  }

  /// The shape of what each layer gives for one image, in the order of the layers.
  package var outputShapes: [[Int]] { shapes.map(\.output) }

  /// The number of values that the last layer gives.
  package var outputCount: Int { (outputShapes.last ?? inputShape).reduce(1, *) }

  /// All parameters in file order: layer after layer, in each as `parameterPaths` lists them.
  package var parameters: [NamedParameter] { layers.flatMap(\.parameters) }

  /// The kernels alone, in file order.
  package var kernels: [NamedParameter] { parameters.filter(\.isKernel) }

  /// The parameter of a name, or nil if the network has none.
  package subscript(name: ParameterName) -> Tensor? {
    layers.lazy.filter { $0.name == name.layer }.flatMap(\.parameters)
      .first { $0.name == name }?.tensor
  }

  /// Replaces the parameter of a name by another of the same shape.
  package mutating func setParameter(_ name: ParameterName, to tensor: Tensor) {
    for index in layers.indices
    where layers[index].name == name.layer && layers[index].setParameter(name.role, to: tensor) {
      return
    }
    preconditionFailure("The network has no parameter \(name).")
  }

  /// The number of trainable values; moving means and variances are not trained.
  package var parameterCount: Int {
    parameters.filter { !$0.isStatistic }.reduce(0) { $0 + $1.tensor.count }
  }

  /// The multiply-accumulate operations of one image, dense arithmetic assumed.
  package var macs: Int {
    zip(layers, shapes).reduce(0) { $0 + $1.0.macs(for: $1.1.inputs) }
  }

  /// The site of the values that the network is given.
  package static let inputSite = "input"

  /// For each layer, the site that its output is, or nil.
  ///
  /// If a pooling follows a layer that is a site, the pooling's output is that site instead.
  package var activationSites: [String?] {
    var sites = [String?](repeating: nil, count: layers.count)
    for (index, layer) in layers.enumerated() {
      guard let site = layer.activationSite else { continue }
      let isPooled = index + 1 < layers.count && layers[index + 1].commutesWithRounding
      sites[isPooled ? index + 1 : index] = site
    }
    return sites
  }

  /// Whether a normalization stands in the network.
  package var hasBatchNormalization: Bool { layers.contains { $0 is BatchNormalization } }

  /// The same network with every normalization folded into the layer before it.
  ///
  /// Outside training the network computes the same but for float rounding. Quantizers must see these
  /// weights, since they are what runs (Jacob et al. 2018, section 3.2; Krishnamoorthi 2018).
  package var foldingBatchNormalization: Network {
    var folded: [any NetworkLayer] = []
    var names: [String: String] = [:]
    for layer in layers {
      if let last = folded.last, let joined = layer.folded(into: last) {
        folded[folded.count - 1] = joined
        names[layer.name] = joined.name
      } else {
        folded.append(layer)
        for (old, new) in names { folded[folded.count - 1].renameInput(old, to: new) }
      }
    }
    return Network(inputShape: inputShape, layers: folded)
  }
}
