/// A network run by the reference operations, one image at a time, in any precision.
///
/// It takes layers of any kind, order and size.
package struct ReferenceNetwork<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// The parameters, each in its flat order.
  package var parameters: [ParameterName: [Scalar]]

  private let network: Network
  private let sources: [[Int]]
  private let shapes: [(inputs: [[Int]], output: [Int])]
  private let sites: [String?]
  private let activationGrids: ActivationGrids

  /// Prepares a network; its values are rounded to the given grids as they pass.
  package init(_ network: Network, activationGrids: ActivationGrids = [:]) {
    self.network = network
    self.activationGrids = activationGrids
    parameters = network.parameters.reduce(into: [:]) {
      $0[$1.name] = $1.tensor.elements.map { Scalar($0) }
    }
    sources = network.sources
    shapes = network.shapes
    sites = network.activationSites
  }

  /// What one image became on its way through the network.
  package struct Trace {
    /// The input, then each layer's output after its activation and rounding.
    package fileprivate(set) var values: [[Scalar]]

    /// What the last layer gave.
    package var logits: [Scalar] { values.last ?? [] }
  }

  /// Runs one image: `input` holds its values in the order height, width, channel.
  package func forward(_ input: [Scalar]) -> Trace {
    var trace = Trace(values: [rounded(input, at: Network.inputSite)])
    for (index, layer) in network.layers.enumerated() {
      let output = layer.referenceForward(call(index, trace))
      trace.values.append(sites[index].map { rounded(output, at: $0) } ?? output)
    }
    return trace
  }

  /// The softmax cross-entropy of one traced image, and its gradients by the parameters.
  ///
  /// Gradients pass roundings to grids as if they were not there. Networks with normalizations have no
  /// gradient of a single image: one is a programmer's mistake.
  ///
  /// - Parameters:
  ///   - trace: What `forward` gave, by the same parameters.
  ///   - label: The image's class, below the number of logits.
  /// - Returns: The loss in nats, and a gradient of each parameter's length.
  package func backward(
    _ trace: Trace, label: Int
  ) -> (loss: Scalar, gradients: [ParameterName: [Scalar]]) {
    let (loss, probabilities) = Reference.softmaxCrossEntropyForward(
      logits: trace.logits, label: label)
    var gradients: [ParameterName: [Scalar]] = [:]
    // By the image and by each layer's output, as far as the layers behind have given it.
    var dValues = trace.values.map { [Scalar](repeating: 0, count: $0.count) }
    dValues[dValues.count - 1] = Reference.softmaxCrossEntropyBackward(
      probabilities: probabilities, label: label)
    for (index, layer) in network.layers.enumerated().reversed() {
      let gradient = layer.referenceBackward(
        call(index, trace), output: trace.values[index + 1], dOutput: dValues[index + 1])
      for (role, values) in gradient.parameters {
        gradients[ParameterName(layer.name, role)] = values
      }
      for (source, dInput) in zip(sources[index], gradient.inputs) {
        for place in dInput.indices { dValues[source][place] += dInput[place] }
      }
    }
    return (loss, gradients)
  }

  /// Calls body for the input and for each site, in the order of the layers.
  package func visitSites(of trace: Trace, _ body: (_ site: String, _ values: [Scalar]) -> Void) {
    body(Network.inputSite, trace.values[0])
    for (index, site) in sites.enumerated() {
      if let site { body(site, trace.values[index + 1]) }
    }
  }

  private func call(_ index: Int, _ trace: Trace) -> ReferenceCall<Scalar> {
    let layer = network.layers[index]
    return ReferenceCall(
      inputs: sources[index].map { trace.values[$0] }, inputShapes: shapes[index].inputs,
      parameters: layer.parameters.reduce(into: [:]) { $0[$1.name.role] = parameters[$1.name] })
  }

  private func rounded(_ values: [Scalar], at site: String) -> [Scalar] {
    guard let grid = activationGrids[site] else { return values }
    return values.map { Scalar(grid.rounded(Float($0))) }
  }
}
